#include "auth0/error_answer.hpp"

#include "auth0/response_body.hpp"
#include "auth0/tenant_pacing.hpp"
#include "handlers/core/ascii.hpp"
#include "handlers/core/wiped_json.hpp"

#include <array>
#include <string_view>

namespace countersign::auth0 {

namespace {

// An error's body, as far as it decides something.
struct Envelope
{
    std::string code;     // errorCode or error, as sent
    std::string message;  // in lower case, cut
};

Envelope envelope_in(const http::ClientResponse& response)
{
    Envelope envelope;
    const auto body = parse_wiped(response.body);
    if (!body) return envelope;
    const JsonReader fields{*body};
    envelope.code = short_text(fields, "errorCode");
    // `error` is the code in the token endpoint's errors; in the Management API's it is the status in words.
    if (envelope.code.empty() && !fields.has("statusCode")) envelope.code = short_text(fields, "error");
    envelope.message = ascii::lower(short_text(fields, "message"));
    return envelope;
}

struct MessageRule
{
    std::string_view text;  // lower case
    std::string_view reason;
};

// Auth0 gives these no errorCode: the message begins with the name of the error.
constexpr std::array password_rules = {
    MessageRule{"passwordstrengtherror", "password_too_weak"},
    MessageRule{"passwordhistoryerror", "password_used_before"},
    MessageRule{"passworddictionaryerror", "password_too_common"},
    MessageRule{"passwordnouserinfoerror", "password_has_personal_data"},
};

// Found anywhere in the message: their exact sentences are not confirmed.
constexpr std::array sentence_rules = {
    MessageRule{"disabled connection", "connection_disabled"},
    MessageRule{"connection is disabled", "connection_disabled"},
    MessageRule{"connection does not exist", "not_a_database_account"},
    MessageRule{"support this operation", "not_a_database_account"},
    MessageRule{"not supported for this operation", "not_a_database_account"},
    MessageRule{"non-database user", "not_a_database_account"},
    MessageRule{"does not have an email address", "no_email_address"},
};

// The name that the tenant's log has for it; neither code nor sentence of the answer is documented.
bool is_about_size(const Envelope& envelope)
{
    return envelope.code == "user_profile_size_exceeded" ||
        (!envelope.code.starts_with("invalid_") && envelope.message.find("profile size") != std::string::npos);
}

std::string reason_of_400(const Envelope& envelope)
{
    if (is_about_size(envelope)) return "profile_full";
    for (const MessageRule& rule : password_rules)
        if (envelope.message.starts_with(rule.text)) return std::string{rule.reason};
    // Messages of the validator echo input, which can hold any of the sentences.
    if (!envelope.code.starts_with("invalid_"))
        for (const MessageRule& rule : sentence_rules)
            if (envelope.message.find(rule.text) != std::string::npos) return std::string{rule.reason};
    if (envelope.code == "operation_not_supported" || envelope.code == "inexistent_connection")
        return "not_a_database_account";
    return "invalid_request";
}

// 409 has two meanings: the account is there, or the tenant wants to be told one of its domains.
Problem conflict(const std::string& code)
{
    if (code == "custom_domain_conflict") return Problem{Errc::forbidden, "custom_domain_conflict"};
    return Problem{Errc::refused, code == "auth0_idp_error" ? "account_exists" : "invalid_request"};
}

// The answer leaves open what has happened.
Problem open_outcome(Effect effect, std::string reason)
{
    return Problem{effect == Effect::change ? Errc::answer_lost : Errc::unavailable, std::move(reason)};
}

}  // namespace

std::string error_code_in(const http::ClientResponse& response) { return ascii::word_of(envelope_in(response).code); }

bool refuses_token(const http::ClientResponse& response)
{
    return response.status == 401 || (response.status == 400 && envelope_in(response).code == "Bearer");
}

Problem management_problem(const http::ClientResponse& response, Effect effect, TimePoint now)
{
    const Envelope envelope = envelope_in(response);
    const int status = response.status;
    if (status == 429) return Problem{Errc::rate_limited, "too_many_requests", wait_asked(response, now)};
    if (status == 408 || status < 400 || status > 499) return open_outcome(effect, "http_" + std::to_string(status));
    if (status == 401) return Problem{Errc::forbidden, "auth0_token_refused"};
    if (status == 403)
        return Problem{
            Errc::forbidden,
            envelope.code == "insufficient_entitlement" ? "auth0_plan_missing" : "auth0_scope_missing"};
    if (status == 404) return Problem{Errc::not_found, ascii::word_of(envelope.code)};
    if (status == 409) return conflict(envelope.code);
    if (status != 400) return Problem{Errc::refused, is_about_size(envelope) ? "profile_full" : "invalid_request"};
    if (envelope.code == "Bearer") return Problem{Errc::forbidden, "auth0_audience_misconfigured"};
    return Problem{Errc::refused, reason_of_400(envelope)};
}

Problem token_problem(const http::ClientResponse& response, TimePoint now)
{
    const std::string code = envelope_in(response).code;
    switch (response.status)
    {
    case 400: return Problem{Errc::forbidden, "auth0_token_request_refused"};
    case 401: return Problem{Errc::forbidden, "auth0_credentials_refused"};
    case 403:
        if (code == "unauthorized_client") return Problem{Errc::forbidden, "auth0_grant_type_not_allowed"};
        // The sentence beside `access_denied` has changed over the years; the code has not.
        if (code == "access_denied") return Problem{Errc::forbidden, "auth0_client_grant_missing"};
        return Problem{Errc::forbidden, "auth0_credentials_refused"};
    case 429: return Problem{Errc::rate_limited, "too_many_requests", wait_asked(response, now)};
    default: return Problem{Errc::unavailable, "http_" + std::to_string(response.status)};
    }
}

Problem mail_problem(const http::ClientResponse& response, TimePoint now)
{
    const int status = response.status;
    if (status == 429) return Problem{Errc::rate_limited, "too_many_requests", wait_asked(response, now)};
    if (status == 408 || status < 400 || status > 499)
        return open_outcome(Effect::change, "http_" + std::to_string(status));
    return Problem{Errc::refused, "mail_refused"};
}

Problem exchange_problem(const Problem& problem, Effect effect)
{
    if (problem.code == Errc::unreachable) return problem;
    // Asked again, it would be as large. What a change did is not told by how it is answered.
    if (problem.reason == "response_too_large" && effect != Effect::change)
        return Problem{Errc::too_large, "auth0_answer_too_large"};
    return open_outcome(effect, problem.reason.empty() ? std::string{name_of(problem.code)} : problem.reason);
}

Problem unreadable_answer(Effect effect) { return open_outcome(effect, "unreadable_answer"); }

}  // namespace countersign::auth0
