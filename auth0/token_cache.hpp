#pragma once

#include "auth0/config.hpp"
#include "auth0/rate_gate.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/core/time.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/http_client.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>

namespace countersign::auth0 {

// The client-credentials token of one tenant and application (auth0/CONTRACT.md, "Tokens"). In memory only. Call from
// one executor; the settings, the client and the clock outlive it.
class TokenCache
{
public:
    TokenCache(const Auth0Settings& settings, http::Client& client, const Clock& clock);

    // A token that is good for a while yet: refreshed min(60 s, 10 % of its lifetime) before its end. One request is
    // on its way at a time, of at most token_deadline; callers who come meanwhile wait for it, and one of them takes it
    // over when the caller who began it is cancelled. Problems: forbidden (remembered for 30 s: a refusal is permanent,
    // and asking again locks clients out), rate_limited (remembered for as long as asked), unreachable, unavailable.
    boost::asio::awaitable<Outcome<Secret>> get();

    // The service refused this token: forgotten, unless a newer one has taken its place.
    void invalidate(const Secret& token) noexcept;

private:
    struct Flight;
    class Landing;

    boost::asio::awaitable<Outcome<Secret>> fetch(std::shared_ptr<Flight> flight);
    http::ClientRequest token_request() const;
    Outcome<Secret> accept(http::ClientResponse& response);
    void remember(const Problem& problem);

    const Auth0Settings& settings_;
    http::Client& client_;
    const Clock& clock_;
    std::optional<Secret> token_;
    SteadyTime refresh_at_;
    RateGate door_;
    std::shared_ptr<Flight> flight_;  // the last one, landed or not
};

}  // namespace countersign::auth0
