#include "auth0/identity_provider.hpp"

#include "auth0/account_lookup.hpp"
#include "auth0/account_writes.hpp"
#include "auth0/change_mail.hpp"
#include "auth0/change_ticket.hpp"
#include "auth0/connection_parser.hpp"
#include "auth0/error_answer.hpp"
#include "auth0/revocation.hpp"
#include "auth0/tenant_log.hpp"

#include <utility>

namespace countersign {

namespace asio = boost::asio;

namespace {

// How far the tenant's clock may be behind ours, for log records.
constexpr std::chrono::minutes clock_skew_max{5};
// The smallest plan keeps its log for a day: older records may be missing for that reason.
constexpr std::chrono::hours log_kept_for{20};

}  // namespace

Auth0IdentityProvider::Auth0IdentityProvider(
    Auth0Settings settings, http::Client& client, const Clock& clock, Sleeper& sleeper)
    : settings_{std::move(settings)},
      client_{client},
      clock_{clock},
      api_{settings_, client, clock, sleeper},
      policies_{clock}
{}

asio::awaitable<Outcome<std::vector<Account>>> Auth0IdentityProvider::find_by_email(Email email)
{
    return auth0::find_accounts(api_, std::move(email), budget());
}

asio::awaitable<Outcome<Account>> Auth0IdentityProvider::read(Auth0UserId id)
{
    return auth0::read_account(api_, std::move(id), budget());
}

asio::awaitable<Outcome<Account>> Auth0IdentityProvider::change_password(PasswordChange change, Secret password)
{
    return auth0::patch_password(api_, std::move(change), std::move(password), budget());
}

asio::awaitable<Outcome<Account>> Auth0IdentityProvider::set_blocked(Auth0UserId id, bool blocked, RequestId request)
{
    return auth0::patch_blocked(api_, std::move(id), blocked, std::move(request), budget());
}

asio::awaitable<Outcome<LogEvidence>> Auth0IdentityProvider::find_in_log(SentChange change)
{
    auth0::TimeBudget within = budget();
    // The log shows records some time after what they tell of. One that is younger shows how far it is by now.
    std::string newest = auth0::newest_record_target();
    const Outcome<auth0::ResponseBody> front = co_await api_.get("logs_newest", std::move(newest), within);
    if (!front) co_return front.error();
    const Result<auth0::LogPage> reached = auth0::read_log_page(front->json, change);
    if (!reached) co_return auth0::unreadable_answer(auth0::Effect::none);
    const bool is_kept = clock_.now() - change.first_sent < log_kept_for;
    const bool is_past = is_kept && reached->newest && *reached->newest > change.last_sent;

    for (std::size_t number = 0; number < log_pages_max; ++number)
    {
        std::string target = auth0::log_search_target(number);
        const Outcome<auth0::ResponseBody> answer = co_await api_.get("logs_search", std::move(target), within);
        if (!answer) co_return answer.error();
        const Result<auth0::LogPage> page = auth0::read_log_page(answer->json, change);
        if (!page) co_return auth0::unreadable_answer(auth0::Effect::none);
        if (page->holds_change) co_return LogEvidence::found;
        const bool is_last = page->records != auth0::log_page_size;
        if (is_last || (page->oldest && *page->oldest < change.first_sent - clock_skew_max))
            co_return is_past ? LogEvidence::ruled_out : LogEvidence::absent;
    }
    co_return LogEvidence::absent;
}

asio::awaitable<Outcome<ConnectionPolicy>> Auth0IdentityProvider::read_policy(
    std::string connection, Freshness freshness)
{
    if (freshness == Freshness::recent)
        if (auto known = policies_.find(connection)) co_return *std::move(known);
    auth0::TimeBudget within = budget();
    within.answered();  // the caller has found an account, and would have to find it again
    std::string target = "api/v2/connections?name=" + http::encode(connection);
    const Outcome<auth0::ResponseBody> answer = co_await api_.get("connection_read", std::move(target), within);
    if (!answer) co_return answer.error();
    Outcome<ConnectionPolicy> policy = auth0::parse_connection(answer->json, connection);
    if (policy) policies_.keep(*policy);
    co_return policy;
}

asio::awaitable<Outcome<Account>> Auth0IdentityProvider::create_account(NewAccount account, Secret password)
{
    return auth0::post_account(api_, std::move(account), std::move(password), budget());
}

asio::awaitable<Outcome<Secret>> Auth0IdentityProvider::create_link(
    Auth0UserId id, std::chrono::seconds ttl, RequestId request)
{
    return auth0::post_ticket(api_, settings_, std::move(id), ttl, std::move(request), budget());
}

asio::awaitable<Outcome<void>> Auth0IdentityProvider::end_sessions(Auth0UserId id, RequestId request)
{
    return auth0::delete_sessions(api_, std::move(id), std::move(request), budget());
}

asio::awaitable<Outcome<void>> Auth0IdentityProvider::revoke_refresh_tokens(Auth0UserId id, RequestId request)
{
    return auth0::delete_refresh_tokens(api_, std::move(id), std::move(request), budget());
}

asio::awaitable<Outcome<void>> Auth0IdentityProvider::mark_must_change(MustChange mark)
{
    return auth0::patch_marker(api_, std::move(mark), budget());
}

asio::awaitable<Outcome<void>> Auth0IdentityProvider::send_change_mail(Email email, std::string connection)
{
    return auth0::request_change_mail(settings_, client_, clock_, std::move(email), std::move(connection));
}

}  // namespace countersign
