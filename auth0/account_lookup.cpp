#include "auth0/account_lookup.hpp"

#include "auth0/account_parser.hpp"
#include "auth0/error_answer.hpp"
#include "auth0/user_id_path.hpp"
#include "handlers/core/ascii.hpp"
#include "handlers/core/log.hpp"

#include <algorithm>
#include <string>

namespace countersign::auth0 {

namespace asio = boost::asio;

namespace {

constexpr std::size_t search_hits_max = 10;

// The search's syntax is Lucene's: within quotes, `"` and `\` are escaped.
std::string quoted(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text)
    {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
    return out;
}

// What the search is to look at besides the accounts' own addresses.
enum class Reach
{
    linked,  // the addresses of identities that were linked
    own,
};

std::string search_target(std::string_view address, Reach reach)
{
    std::string query = "email:" + quoted(address);
    if (reach == Reach::linked) query += " OR identities.profileData.email:" + quoted(address);
    return "api/v2/users?q=" + http::encode(query) + "&search_engine=v3&per_page=" + std::to_string(search_hits_max);
}

// An account with another address does not count, though Auth0 gave it: a wrong person's password must not change.
void keep_only(std::vector<Account>& accounts, const std::string& address)
{
    const auto strangers =
        std::erase_if(accounts, [&address](const Account& account) { return !account.is_reached_by(address); });
    if (strangers > 0) log::warn("auth0_accounts_dropped", {{"count", strangers}});
}

bool holds(const std::vector<Account>& accounts, const Auth0UserId& id)
{
    return std::any_of(accounts.begin(), accounts.end(), [&id](const Account& account) { return account.id == id; });
}

asio::awaitable<Outcome<std::vector<Account>>> list(
    ManagementApi& api, std::string operation, std::string target, TimeBudget& budget)
{
    const Outcome<ResponseBody> answer = co_await api.get(std::move(operation), std::move(target), budget);
    if (!answer) co_return answer.error();
    Result<std::vector<Account>> accounts = parse_accounts(answer->json);
    if (!accounts) co_return unreadable_answer(Effect::none);
    co_return *std::move(accounts);
}

// That linked addresses can be searched is practised, and documented nowhere: a tenant that refuses is asked without.
asio::awaitable<Outcome<std::vector<Account>>> search(ManagementApi& api, std::string address, TimeBudget& budget)
{
    std::string target = search_target(address, Reach::linked);
    Outcome<std::vector<Account>> hits = co_await list(api, "users_search", std::move(target), budget);
    if (hits || hits.error().code != Errc::refused) co_return hits;
    std::string narrower = search_target(address, Reach::own);
    co_return co_await list(api, "users_search", std::move(narrower), budget);
}

asio::awaitable<Outcome<Account>> read_one(ManagementApi& api, Auth0UserId id, TimeBudget& budget)
{
    std::string target = user_target(id);
    const Outcome<ResponseBody> answer = co_await api.get("user_read", std::move(target), budget);
    if (!answer) co_return answer.error();
    Result<Account> account = parse_account(answer->json);
    if (!account || account->id != id) co_return unreadable_answer(Effect::none);
    co_return *std::move(account);
}

}  // namespace

asio::awaitable<Outcome<std::vector<Account>>> find_accounts(ManagementApi& api, Email email, TimeBudget budget)
{
    const std::string address = ascii::lower(email.str());

    std::string by_email = "api/v2/users-by-email?email=" + http::encode(address);
    Outcome<std::vector<Account>> found = co_await list(api, "users_by_email", std::move(by_email), budget);
    if (!found) co_return found.error();
    keep_only(*found, address);

    Outcome<std::vector<Account>> hits = co_await search(api, address, budget);
    if (!hits) co_return hits.error();
    keep_only(*hits, address);

    if (hits->size() > search_hits_max) hits->erase(hits->begin() + search_hits_max, hits->end());
    for (const Account& hit : *hits)
    {
        if (holds(*found, hit.id)) continue;
        Auth0UserId id = hit.id;
        Outcome<Account> confirmed = co_await read_one(api, std::move(id), budget);
        // The index lags: an account that is gone, or has another address by now, is no account of this address.
        if (!confirmed && confirmed.error().code == Errc::not_found) continue;
        if (!confirmed) co_return confirmed.error();
        if (confirmed->is_reached_by(address)) found->push_back(*std::move(confirmed));
    }
    co_return found;
}

asio::awaitable<Outcome<Account>> read_account(ManagementApi& api, Auth0UserId id, TimeBudget budget)
{
    co_return co_await read_one(api, std::move(id), budget);
}

}  // namespace countersign::auth0
