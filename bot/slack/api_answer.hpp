#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/time.hpp"
#include "handlers/core/wiped_json.hpp"
#include "handlers/ports/http_client.hpp"

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace countersign::slack {

// What doing a call twice would do.
enum class Idempotency
{
    idempotent,  // nothing more than once
    once,        // a second message, or a refusal that hides the first success
};

// No usable answer came: the call may have been applied. answer_lost for what is done once; unavailable for an
// idempotent call, which can simply be made again.
Problem lost(Idempotency idempotency, std::string reason);

// A success as such, when nothing is read from the answer.
Outcome<void> done(const Outcome<boost::json::value>& answer);

// A failed exchange as the HTTP client reports it. too_large: what was to be read is over our limit.
Problem judge_failure(const Problem& problem, Idempotency idempotency);

// An answer of the Web API (handlers/slack/CONTRACT.md, "Web API"): the JSON object of an `ok:true`. Otherwise
// rate_limited (always with retry_after), forbidden, unavailable (Slack did nothing, later it may), answer_lost, or
// refused. `bytes_max`: of a body that is read at all.
Outcome<boost::json::value> judge(
    const http::ClientResponse& response, Idempotency idempotency, TimePoint now,
    std::size_t bytes_max = json_bytes_max);

// An answer to a post to a response_url: everything that is not 2xx, or says ok:false, means that the URL is spent; 429
// does not.
Outcome<void> judge_response_url(const http::ClientResponse& response, TimePoint now);

// An error code of Slack's as Problem::reason: [a-z0-9_]{1,64}.
std::string reason_of(std::string_view code);

}  // namespace countersign::slack
