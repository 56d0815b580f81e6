#include "bot/slack/api_answer.hpp"

#include "handlers/core/ascii.hpp"
#include "handlers/core/json_reader.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <span>

namespace countersign::slack {

namespace json = boost::json;

namespace {

constexpr std::chrono::seconds retry_after_default{10};  // when Slack names no time; its windows are of a minute

// Sorted: looked up by binary search. Errors about the token, the scopes and the plan.
constexpr std::array<std::string_view, 16> forbidden_codes = {
    "access_denied",
    "accesslimited",
    "account_inactive",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "invalid_auth",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "org_login_required",
    "plan_upgrade_required",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required"};
static_assert(std::is_sorted(forbidden_codes.begin(), forbidden_codes.end()));
// Slack may have done part of the work.
constexpr std::array<std::string_view, 3> ambiguous_codes = {"fatal_error", "internal_error", "request_timeout"};
// Slack did nothing.
constexpr std::array<std::string_view, 2> later_codes = {"service_unavailable", "team_added_to_org"};

bool contains(std::span<const std::string_view> sorted, std::string_view code)
{
    return std::binary_search(sorted.begin(), sorted.end(), code);
}

Problem rate_limited(const http::ClientResponse& response, TimePoint now)
{
    const auto wait = http::retry_after(response, std::chrono::floor<std::chrono::seconds>(now));
    return Problem{Errc::rate_limited, "ratelimited", wait.value_or(retry_after_default)};
}

Problem refusal(std::string_view code, const http::ClientResponse& response, Idempotency idempotency, TimePoint now)
{
    if (code == "ratelimited" || code == "rate_limited") return rate_limited(response, now);
    if (contains(forbidden_codes, code)) return Problem{Errc::forbidden, reason_of(code)};
    if (contains(ambiguous_codes, code)) return lost(idempotency, reason_of(code));
    if (contains(later_codes, code)) return Problem{Errc::unavailable, reason_of(code)};
    return Problem{Errc::refused, reason_of(code)};
}

}  // namespace

std::string reason_of(std::string_view code)
{
    std::string word = ascii::word_of(code);
    return word.empty() ? "unknown_error" : word;
}

Problem lost(Idempotency idempotency, std::string reason)
{
    return Problem{idempotency == Idempotency::once ? Errc::answer_lost : Errc::unavailable, std::move(reason)};
}

Outcome<void> done(const Outcome<json::value>& answer)
{
    if (!answer) return answer.error();
    return {};
}

Problem judge_failure(const Problem& problem, Idempotency idempotency)
{
    if (problem.code == Errc::unreachable || problem.code == Errc::rate_limited) return problem;
    // A read would be as large again. A post may have been made, and can be looked for.
    const bool is_too_large = problem.reason == "response_too_large" && idempotency == Idempotency::idempotent;
    if (is_too_large) return Problem{Errc::too_large, problem.reason};
    return lost(idempotency, problem.reason);
}

Outcome<json::value> judge(
    const http::ClientResponse& response, Idempotency idempotency, TimePoint now, std::size_t bytes_max)
{
    if (response.status == 429) return rate_limited(response, now);
    if (response.status >= 500) return lost(idempotency, "http_" + std::to_string(response.status));
    auto document = parse_wiped(response.body, bytes_max);
    if (!document || !document->is_object()) return lost(idempotency, "no_json");
    const JsonReader answer{*document};
    const auto ok = answer.boolean("ok");
    if (!ok) return lost(idempotency, "no_ok");
    if (!*ok) return refusal(answer.text_view("error"), response, idempotency, now);
    return std::move(*document);
}

Outcome<void> judge_response_url(const http::ClientResponse& response, TimePoint now)
{
    if (response.status == 429) return rate_limited(response, now);
    Problem spent{Errc::refused, "response_url_spent"};
    if (response.status < 200 || response.status > 299) return spent;
    // Success is the text "ok" or a JSON object: what is no JSON is judged by its status alone.
    const auto document = parse_wiped(response.body);
    if (!document || !document->is_object()) return {};
    const JsonReader answer{*document};
    if (answer.flag_or("ok", true)) return {};
    const std::string_view code = answer.text_view("error");
    if (code == "ratelimited" || code == "rate_limited") return rate_limited(response, now);
    return spent;
}

}  // namespace countersign::slack
