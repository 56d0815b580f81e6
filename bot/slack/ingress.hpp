#pragma once

#include "bot/http/message.hpp"
#include "bot/runtime/anchored_clock.hpp"
#include "bot/slack/signature.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <vector>

namespace countersign::slack {

// Where Slack posts (handlers/slack/CONTRACT.md, "Signatures"). Checks in this order: path and method, signature and
// freshness over the raw body, media type, form and JSON, our app id, replay; only then a handler sees anything. 401
// nothing provable, a replay, or any request while the clock is off; 400 malformed; 404, 405; 415; 503 when nothing
// could be made durable.
class Ingress
{
public:
    // `follow` is called with what is to be done once the answer is on its way; it only starts it.
    Ingress(
        const Services& services, const AnchoredClock& clock, const std::vector<Secret>& signing_secrets,
        std::string app_id, std::function<void(FollowUp)> follow);

    boost::asio::awaitable<http::ServerReply> handle(http::ServerRequest request);

private:
    Result<void> judge(const http::ServerRequest& request, TimePoint now) const;
    boost::asio::awaitable<http::ServerReply> from_slack(http::ServerRequest request);

    const Services& services_;
    const AnchoredClock& clock_;
    SignatureVerifier verifier_;
    std::string app_id_;
    std::function<void(FollowUp)> follow_;
};

}  // namespace countersign::slack
