#include "auth0/identity_provider.hpp"

#include "auth0/account_parser.hpp"
#include "auth0/error_answer.hpp"
#include "auth0/secret_builder.hpp"
#include "auth0/tenant_log.hpp"
#include "auth0/user_id_path.hpp"
#include "handlers/core/log.hpp"

#include <algorithm>

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr std::size_t search_hits_max = 10;
// How far the tenant's clock may be behind ours, for log records.
constexpr std::chrono::minutes clock_skew_max{5};

std::string lower_case(std::string_view text)
{
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

// The search's syntax is Lucene's: within quotes, `"` and `\` are escaped.
std::string search_target(std::string_view address)
{
    std::string query = "email:\"";
    for (const char c : address)
    {
        if (c == '"' || c == '\\') query += '\\';
        query += c;
    }
    query += '"';
    return "api/v2/users?q=" + http::encode(query) + "&search_engine=v3&per_page=" + std::to_string(search_hits_max);
}

// An account with another address is none of ours, whatever the answer: a wrong person's password must not change.
void keep_only(std::vector<Account>& accounts, const std::string& address)
{
    const auto strangers =
        std::erase_if(accounts, [&address](const Account& account) { return lower_case(account.email) != address; });
    if (strangers > 0) log::warn("auth0_accounts_dropped", {{"count", strangers}});
}

bool holds(const std::vector<Account>& accounts, const Auth0UserId& id)
{
    return std::any_of(accounts.begin(), accounts.end(), [&id](const Account& account) { return account.id == id; });
}

// Whether the account may well be there although it could not be read now.
bool is_passing(const Problem& problem)
{
    return problem.code == Errc::rate_limited || problem.code == Errc::unreachable || problem.code == Errc::unavailable;
}

// {"password":..,"connection":..,"app_metadata":{"countersign":{..}}}: nothing else may travel with a password
// (contract/auth0.md section 6.1), and metadata merges at the first level only, so ours is one object.
Secret password_body(const PasswordChange& change, const Secret& password)
{
    const std::string reset_at = to_iso8601(change.at);
    const std::size_t texts = password.expose().size() + change.connection.size() + change.request.str().size();
    auth0::SecretBuilder body{6 * texts + reset_at.size() + 256};
    body.raw(R"({"password":)").json_string(password.expose());
    body.raw(R"(,"connection":)").json_string(change.connection);
    body.raw(R"(,"app_metadata":{"countersign":{"request_id":)").json_string(change.request.str());
    body.raw(R"(,"reset_at":)").json_string(reset_at);
    body.raw(R"(,"must_change":true}}})");
    return body.secret();
}

}  // namespace

Auth0IdentityProvider::Auth0IdentityProvider(Auth0Settings settings, http::Client& client, const Clock& clock)
    : settings_{std::move(settings)},
      clock_{clock},
      api_{settings_, client, clock}
{}

asio::awaitable<Outcome<std::vector<Account>>> Auth0IdentityProvider::find_by_email(Email email)
{
    const auth0::TimeBudget budget{clock_.now()};
    const std::string address = lower_case(email.str());

    std::string by_email = "api/v2/users-by-email?email=" + http::encode(address);
    Outcome<std::vector<Account>> found = co_await list("users_by_email", std::move(by_email), budget);
    if (!found) co_return found.error();
    keep_only(*found, address);

    std::string by_search = search_target(address);
    Outcome<std::vector<Account>> hits = co_await list("users_search", std::move(by_search), budget);
    if (!hits)
    {
        log::warn("auth0_search_skipped", {{"code", name_of(hits.error().code)}, {"reason", hits.error().reason}});
        co_return found;
    }
    keep_only(*hits, address);

    if (hits->size() > search_hits_max) hits->erase(hits->begin() + search_hits_max, hits->end());
    for (const Account& hit : *hits)
    {
        if (holds(*found, hit.id)) continue;
        Auth0UserId id = hit.id;
        Outcome<Account> confirmed = co_await read_within(std::move(id), budget);
        if (!confirmed && is_passing(confirmed.error())) co_return confirmed.error();
        // The index lags: an account that is gone, or has another address by now, is no account of this address.
        if (confirmed && lower_case(confirmed->email) == address) found->push_back(*std::move(confirmed));
    }
    co_return found;
}

asio::awaitable<Outcome<Account>> Auth0IdentityProvider::read(Auth0UserId id)
{
    const auth0::TimeBudget budget{clock_.now()};
    co_return co_await read_within(std::move(id), budget);
}

asio::awaitable<Outcome<Account>> Auth0IdentityProvider::change_password(PasswordChange change, Secret password)
{
    auth0::Write write{auth0::user_target(change.account), change.request.str(), password_body(change, password)};
    co_return co_await patch(std::move(change.account), "user_password", std::move(write));
}

asio::awaitable<Outcome<Account>> Auth0IdentityProvider::set_blocked(Auth0UserId id, bool blocked, RequestId request)
{
    Secret body{blocked ? R"({"blocked":true})" : R"({"blocked":false})"};
    auth0::Write write{auth0::user_target(id), request.str() + ".block", std::move(body)};
    co_return co_await patch(std::move(id), "user_blocked", std::move(write));
}

asio::awaitable<Outcome<LogEvidence>> Auth0IdentityProvider::find_in_log(
    Auth0UserId id, RequestId request, TimePoint since)
{
    const auth0::TimeBudget budget{clock_.now()};
    for (std::size_t number = 0; number < log_pages_max; ++number)
    {
        std::string target = auth0::log_search_target(number);
        const Outcome<auth0::Answer> answer = co_await api_.get("logs_search", std::move(target), budget);
        if (!answer) co_return answer.error();
        const Result<auth0::LogPage> page = auth0::read_log_page(answer->body, id, request);
        if (!page) co_return auth0::unreadable_answer(auth0::Effect::none);
        if (page->holds_change) co_return LogEvidence::found;
        const bool is_last = page->records != auth0::log_page_size;
        if (is_last || (page->oldest && *page->oldest < since - clock_skew_max)) break;
    }
    co_return LogEvidence::absent;
}

asio::awaitable<Outcome<std::vector<Account>>> Auth0IdentityProvider::list(
    std::string operation, std::string target, auth0::TimeBudget budget)
{
    const Outcome<auth0::Answer> answer = co_await api_.get(std::move(operation), std::move(target), budget);
    if (!answer) co_return answer.error();
    Result<std::vector<Account>> accounts = auth0::parse_accounts(answer->body);
    if (!accounts) co_return auth0::unreadable_answer(auth0::Effect::none);
    co_return *std::move(accounts);
}

asio::awaitable<Outcome<Account>> Auth0IdentityProvider::read_within(Auth0UserId id, auth0::TimeBudget budget)
{
    std::string target = auth0::user_target(id);
    const Outcome<auth0::Answer> answer = co_await api_.get("user_read", std::move(target), budget);
    if (!answer) co_return answer.error();
    Result<Account> account = auth0::parse_account(answer->body);
    if (!account || account->id != id) co_return auth0::unreadable_answer(auth0::Effect::none);
    co_return *std::move(account);
}

asio::awaitable<Outcome<Account>> Auth0IdentityProvider::patch(
    Auth0UserId id, std::string operation, auth0::Write write)
{
    const auth0::TimeBudget budget{clock_.now()};
    const Outcome<auth0::Answer> answer = co_await api_.patch(std::move(operation), std::move(write), budget);
    if (!answer) co_return answer.error();
    Result<Account> account = auth0::parse_account(answer->body);
    if (!account || account->id != id) co_return auth0::unreadable_answer(auth0::Effect::change);
    co_return *std::move(account);
}

}  // namespace countersign
