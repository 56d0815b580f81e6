#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/time.hpp"
#include "handlers/ports/http_client.hpp"
#include "handlers/slack/payload.hpp"

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace countersign::slack {

// What doing a call twice would do.
enum class Effect
{
    idempotent,  // nothing more than once
    post,        // a second message
};

// No usable answer came: the call may have been applied. answer_lost for a post; unavailable for an idempotent call,
// which can simply be made again.
Problem lost(Effect effect, std::string reason);

// A failed exchange as the HTTP client reports it. too_large: what was to be read is over our limit.
Problem judge_failure(const Problem& problem, Effect effect);

// An answer of the Web API (handlers/slack/CONTRACT.md, "Web API"): the JSON object of an `ok:true`. Otherwise
// rate_limited (always with retry_after), forbidden, unavailable (Slack did nothing, later it may), answer_lost, or
// refused. `bytes_max`: of a body that is read at all.
Outcome<boost::json::value> judge(
    const http::ClientResponse& response, Effect effect, TimePoint now, std::size_t bytes_max = json_bytes_max);

// An answer to a post to a response_url: everything that is not 2xx, or says ok:false, means that the URL is spent; 429
// does not.
Outcome<void> judge_response_url(const http::ClientResponse& response, TimePoint now);

// An error code of Slack's as Problem::reason: [a-z0-9_]{1,64}.
std::string reason_of(std::string_view code);

}  // namespace countersign::slack
