#include "auth0/error_answer.hpp"

#include "tests/support/auth0_tenant.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::auth0;
using countersign::test::answer;
using countersign::test::noon;

namespace {

struct Row
{
    int status;
    const char* code;  // errorCode; nullptr: none
    const char* message;
    Errc problem;
    const char* reason;
};

std::string body_of(const Row& row)
{
    std::string body =
        R"({"statusCode":)" + std::to_string(row.status) + R"(,"error":"In words","message":")" + row.message + '"';
    if (row.code != nullptr) body += std::string{R"(,"errorCode":")"} + row.code + '"';
    return body + '}';
}

// The errors that auth0/CONTRACT.md names, and those of a PATCH.
const Row rows[] = {
    {400, nullptr, "PasswordStrengthError: Password is too weak", Errc::refused, "password_too_weak"},
    {400, nullptr, "PasswordHistoryError: Password has previously been used", Errc::refused, "password_used_before"},
    {400, nullptr, "PasswordDictionaryError: Password is too common", Errc::refused, "password_too_common"},
    {400, nullptr, "PasswordNoUserInfoError: Password contains user information", Errc::refused,
     "password_has_personal_data"},
    {400, "invalid_body", "PasswordStrengthError: Password is too weak", Errc::refused, "password_too_weak"},
    {400, "invalid_body", "Payload validation error: 'String is too short' on property password.", Errc::refused,
     "invalid_request"},
    {400, "invalid_body", "Payload validation error: 'a disabled connection' on property x", Errc::refused,
     "invalid_request"},
    {400, "invalid_body", "Cannot update password and email simultaneously", Errc::refused, "invalid_request"},
    {400, "invalid_uri", "Path validation error: 'Object didn't pass' on property id", Errc::refused,
     "invalid_request"},
    {400, "invalid_query_string", "Query validation error: 'x' on property fields", Errc::refused, "invalid_request"},
    {400, "operation_not_supported", "The user's main connection does not support this operation", Errc::refused,
     "not_a_database_account"},
    {400, "inexistent_connection", "The connection does not exist.", Errc::refused, "not_a_database_account"},
    {400, "inexistent_connection", "x", Errc::refused, "not_a_database_account"},
    {400, "operation_not_supported", "x", Errc::refused, "not_a_database_account"},
    {400, nullptr, "No rule was broken: PasswordStrengthError is a name.", Errc::refused, "invalid_request"},
    {400, nullptr, "The connection does not exist.", Errc::refused, "not_a_database_account"},
    {400, nullptr, "Connection not supported for this operation", Errc::refused, "not_a_database_account"},
    {400, nullptr, "Cannot update email for non-database user.", Errc::refused, "not_a_database_account"},
    {400, nullptr, "Cannot change email or password for users in a disabled connection.", Errc::refused,
     "connection_disabled"},
    {400, "operation_not_supported", "Cannot change email or password for users in a disabled connection.",
     Errc::refused, "connection_disabled"},
    {400, "Bearer", "Bad HTTP authentication header format", Errc::forbidden, "auth0_audience_misconfigured"},
    {401, nullptr, "Expired token received for JSON Web Token validation", Errc::forbidden, "auth0_token_refused"},
    {401, nullptr, "Bad audience: https://x/api/v2/", Errc::forbidden, "auth0_token_refused"},
    {403, "insufficient_scope", "Insufficient scope, expected any of: update:users", Errc::forbidden,
     "auth0_scope_missing"},
    {403, "insufficient_entitlement", "Please upgrade your subscription", Errc::forbidden, "auth0_plan_missing"},
    {404, "inexistent_user", "The user does not exist.", Errc::not_found, "inexistent_user"},
    {404, "inexistent_connection", "The connection does not exist", Errc::not_found, "inexistent_connection"},
    {409, "auth0_idp_error", "The user already exists.", Errc::refused, "account_exists"},
    {409, "custom_domain_conflict", "The tenant has multiple verified custom domains.", Errc::forbidden,
     "custom_domain_conflict"},
    {409, nullptr, "The user already exists.", Errc::refused, "invalid_request"},
    {400, "auth0_idp_error", "The specified new email already exists", Errc::refused, "invalid_request"},
    {400, nullptr, "The user does not have an email address.", Errc::refused, "no_email_address"},
    {400, nullptr, "Connection is disabled.", Errc::refused, "connection_disabled"},
    {400, "user_profile_size_exceeded", "x", Errc::refused, "profile_full"},
    {413, "user_profile_size_exceeded", "x", Errc::refused, "profile_full"},
    {400, nullptr, "The user profile size exceeds the limit", Errc::refused, "profile_full"},
    {400, "invalid_body", "Payload validation error: 'profile size' on property x", Errc::refused, "invalid_request"},
    {402, nullptr, "Payment required", Errc::refused, "invalid_request"},
    {413, nullptr, "Payload too large", Errc::refused, "invalid_request"},
    {422, nullptr, "Unprocessable", Errc::refused, "invalid_request"},
    {429, "too_many_requests", "Global limit has been reached", Errc::rate_limited, "too_many_requests"},
};

}  // namespace

TEST_CASE("every error of the Management API is its row of the contract, for reads and for writes", "[auth0]")
{
    for (const Row& row : rows)
        for (const Effect effect : {Effect::none, Effect::change})
        {
            INFO(row.status << ' ' << row.message);
            const Problem problem = management_problem(answer(row.status, body_of(row)), effect, noon);
            CHECK(name_of(problem.code) == name_of(row.problem));
            CHECK(problem.reason == row.reason);
        }
}

TEST_CASE("who asks too often is told how long to wait, whatever was asked", "[auth0]")
{
    const auto response = answer(429, "", {{"retry-after", "7"}});
    CHECK(management_problem(response, Effect::change, noon).retry_after == std::chrono::seconds{7});
    CHECK(token_problem(response, noon).retry_after == std::chrono::seconds{7});
    CHECK(mail_problem(response, noon).retry_after == std::chrono::seconds{7});
}

TEST_CASE("a 5xx, a 408 and a redirect leave a write open and fail a read", "[auth0]")
{
    const int status = GENERATE(301, 302, 307, 408, 500, 502, 503, 504, 599);
    for (const char* body : {"", "<html>Bad Gateway</html>", R"({"statusCode":500,"error":"x","message":"y"})"})
    {
        CHECK(management_problem(answer(status, body), Effect::change, noon).code == Errc::answer_lost);
        CHECK(management_problem(answer(status, body), Effect::none, noon).code == Errc::unavailable);
    }
}

TEST_CASE("only 401, and 400 with the code Bearer, refuse the token", "[auth0]")
{
    CHECK(refuses_token(answer(401, "Unauthorized")));
    CHECK(refuses_token(answer(401, "")));
    CHECK(refuses_token(answer(400, R"({"statusCode":400,"error":"Bad Request","errorCode":"Bearer"})")));
    CHECK_FALSE(refuses_token(answer(400, R"({"statusCode":400,"error":"Bearer","errorCode":"invalid_body"})")));
    CHECK_FALSE(refuses_token(answer(400, "Bearer")));
    CHECK_FALSE(refuses_token(answer(403, R"({"statusCode":403,"errorCode":"Bearer"})")));
    CHECK_FALSE(refuses_token(answer(200, R"({"errorCode":"Bearer"})")));
}

TEST_CASE("every error of the token endpoint is its row of the contract", "[auth0]")
{
    struct TokenRow
    {
        int status;
        const char* code;
        Errc problem;
        const char* reason;
    };
    const TokenRow token_rows[] = {
        {401, "access_denied", Errc::forbidden, "auth0_credentials_refused"},
        {401, "invalid_client", Errc::forbidden, "auth0_credentials_refused"},
        {403, "access_denied", Errc::forbidden, "auth0_client_grant_missing"},
        {403, "unauthorized_client", Errc::forbidden, "auth0_grant_type_not_allowed"},
        {403, "invalid_grant", Errc::forbidden, "auth0_credentials_refused"},
        {400, "invalid_request", Errc::forbidden, "auth0_token_request_refused"},
        {429, "too_many_requests", Errc::rate_limited, "too_many_requests"},
        {404, "not_found", Errc::unavailable, "http_404"},
        {408, "timeout", Errc::unavailable, "http_408"},
        {302, "", Errc::unavailable, "http_302"},
        {500, "server_error", Errc::unavailable, "http_500"},
        {503, "", Errc::unavailable, "http_503"},
    };
    for (const TokenRow& row : token_rows)
    {
        INFO(row.status << ' ' << row.code);
        const std::string body = std::string{R"({"error":")"} + row.code + R"(","error_description":"text"})";
        const Problem problem = token_problem(answer(row.status, body), noon);
        CHECK(name_of(problem.code) == name_of(row.problem));
        CHECK(problem.reason == row.reason);
    }
    CHECK(token_problem(answer(403, "<html>"), noon).reason == "auth0_credentials_refused");
}

TEST_CASE("an answer about a mail refuses, asks to wait, or leaves open whether one is on its way", "[auth0]")
{
    for (const int status : {400, 401, 403, 404, 409, 422})
    {
        CHECK(mail_problem(answer(status, R"({"error":"invalid_request"})"), noon).code == Errc::refused);
        CHECK(mail_problem(answer(status, "<html>"), noon).reason == "mail_refused");
    }
    const Problem limited = mail_problem(answer(429, "", {{"retry-after", "8"}}), noon);
    CHECK(limited.code == Errc::rate_limited);
    CHECK(limited.retry_after == std::chrono::seconds{8});
    for (const int status : {201, 204, 302, 408, 500, 503})
        CHECK(mail_problem(answer(status, ""), noon).code == Errc::answer_lost);
}

TEST_CASE("only a request that did not leave is unreachable", "[auth0]")
{
    for (const Effect effect : {Effect::none, Effect::change})
        CHECK(exchange_problem(Problem{Errc::unreachable, "tls"}, effect).code == Errc::unreachable);
    for (const Errc code : {Errc::answer_lost, Errc::unavailable, Errc::malformed, Errc::too_large})
    {
        CHECK(exchange_problem(Problem{code}, Effect::change).code == Errc::answer_lost);
        CHECK(exchange_problem(Problem{code}, Effect::none).code == Errc::unavailable);
    }
}

TEST_CASE("an error code goes into the log as a word, and a message never", "[auth0]")
{
    CHECK(
        error_code_in(answer(400, R"({"statusCode":400,"error":"Bad Request","errorCode":"invalid_body"})")) ==
        "invalid_body");
    CHECK(error_code_in(answer(401, R"({"error":"access_denied"})")) == "access_denied");
    CHECK(error_code_in(answer(400, R"({"statusCode":400,"error":"Bad Request","message":"secret"})")).empty());
    CHECK(error_code_in(answer(400, R"({"errorCode":"x\n\"y"})")) == "x__y");
    CHECK(error_code_in(answer(500, "<html>")).empty());
}
