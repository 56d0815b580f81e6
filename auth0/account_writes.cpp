#include "auth0/account_writes.hpp"

#include "auth0/account_parser.hpp"
#include "auth0/error_answer.hpp"
#include "auth0/marker.hpp"
#include "auth0/user_id_path.hpp"
#include "handlers/core/ascii.hpp"
#include "handlers/core/secret_text.hpp"

#include <string>

namespace countersign::auth0 {

namespace asio = boost::asio;

namespace {

constexpr std::size_t frame_bytes = 256;

Call write_call(http::Method method, std::string operation, std::string target, std::string correlation_id)
{
    Call call{method, std::move(operation), std::move(target)};
    call.effect = Effect::change;
    call.priority = Priority::change;
    call.correlation_id = std::move(correlation_id);
    return call;
}

// {"password":..,"connection":..,"app_metadata":{..}}: nothing else may travel with a password.
Secret password_body(const PasswordChange& change, const Secret& password)
{
    const std::size_t texts = password.expose().size() + change.connection.size();
    SecretText body{SecretText::json_bytes_each * texts + frame_bytes + marker_bytes_max};
    body.put(R"({"password":)").json_string(password.expose());
    body.put(R"(,"connection":)").json_string(change.connection);
    body.put(R"(,"app_metadata":)");
    append_marker(body, change.request, change.at, change.must_change, std::nullopt);
    body.put("}");
    return body.secret();
}

// "Given Family", or the one that there is. Without a name Auth0 takes the e-mail for it.
std::string full_name(const NewAccount& account)
{
    const char* between = account.given_name.empty() || account.family_name.empty() ? "" : " ";
    return account.given_name + between + account.family_name;
}

Secret new_account_body(const NewAccount& account, const Secret& password)
{
    const std::string name = full_name(account);
    const std::string email = ascii::lower(account.email.str());
    const std::size_t texts = password.expose().size() + account.connection.size() + email.size() + 2 * name.size();
    SecretText body{SecretText::json_bytes_each * texts + frame_bytes + marker_bytes_max};
    body.put(R"({"connection":)").json_string(account.connection);
    body.put(R"(,"email":)").json_string(email);
    body.put(R"(,"password":)").json_string(password.expose());
    // The schema wants at least one character.
    if (!account.given_name.empty()) body.put(R"(,"given_name":)").json_string(account.given_name);
    if (!account.family_name.empty()) body.put(R"(,"family_name":)").json_string(account.family_name);
    if (!name.empty()) body.put(R"(,"name":)").json_string(name);
    body.put(R"(,"email_verified":)").put(account.email_verified ? "true" : "false");
    // Left out, it would be "yes" for an address that is not verified.
    body.put(R"(,"verify_email":)").put(account.verify_email ? "true" : "false");
    body.put(R"(,"app_metadata":)");
    append_marker(body, account.request, account.at, account.must_change, std::nullopt);
    body.put("}");
    return body.secret();
}

// The connection is the configuration's here, and not an account's.
Problem of_connection(const Problem& problem)
{
    if (problem.reason != "not_a_database_account") return problem;
    return Problem{problem.code, "not_a_database_connection"};
}

asio::awaitable<Outcome<Account>> patch(ManagementApi& api, Auth0UserId id, Call call, TimeBudget budget)
{
    const Outcome<ResponseBody> answer = co_await api.perform(std::move(call), budget);
    if (!answer) co_return answer.error();
    Result<Account> account = parse_account(answer->json);
    if (!account || account->id != id) co_return unreadable_answer(Effect::change);
    co_return *std::move(account);
}

}  // namespace

asio::awaitable<Outcome<Account>> patch_password(
    ManagementApi& api, PasswordChange change, Secret password, TimeBudget budget)
{
    Call call = write_call(http::Method::patch, "user_password", user_target(change.account), change.request.str());
    call.body = password_body(change, password);
    co_return co_await patch(api, std::move(change.account), std::move(call), budget);
}

asio::awaitable<Outcome<Account>> patch_blocked(
    ManagementApi& api, Auth0UserId id, bool blocked, RequestId request, TimeBudget budget)
{
    Call call = write_call(http::Method::patch, "user_blocked", user_target(id), request.str() + ".block");
    call.body.emplace(blocked ? R"({"blocked":true})" : R"({"blocked":false})");
    co_return co_await patch(api, std::move(id), std::move(call), budget);
}

asio::awaitable<Outcome<Account>> post_account(
    ManagementApi& api, NewAccount account, Secret password, TimeBudget budget)
{
    Call call = write_call(http::Method::post, "user_create", "api/v2/users", account.request.str());
    call.body = new_account_body(account, password);
    const Outcome<ResponseBody> answer = co_await api.perform(std::move(call), budget);
    if (!answer) co_return of_connection(answer.error());
    Result<Account> made = parse_account(answer->json);
    if (!made || ascii::lower(made->email) != ascii::lower(account.email.str()))
        co_return unreadable_answer(Effect::change);
    co_return *std::move(made);
}

asio::awaitable<Outcome<void>> patch_marker(ManagementApi& api, MustChange mark, TimeBudget budget)
{
    SecretText body{frame_bytes + marker_bytes_max};
    body.put(R"({"app_metadata":)");
    append_marker(body, mark.request, mark.reset_at, true, mark.admin_lpr);
    body.put("}");

    Call call{http::Method::patch, "user_must_change", user_target(mark.account)};
    call.priority = Priority::after_change;
    call.wants_body = false;
    call.correlation_id = mark.request.str() + ".mark";
    call.body = body.secret();
    const Outcome<ResponseBody> answer = co_await api.perform(std::move(call), budget);
    if (!answer) co_return answer.error();
    co_return Outcome<void>{};
}

}  // namespace countersign::auth0
