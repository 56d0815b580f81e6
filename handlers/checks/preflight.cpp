#include "handlers/checks/preflight.hpp"

#include "handlers/passwords/passphrase.hpp"
#include "handlers/passwords/policy_words.hpp"
#include "handlers/passwords/standard_format.hpp"
#include "handlers/rules/personal_data.hpp"
#include "handlers/slack/block_kit.hpp"

namespace countersign::checks {

namespace asio = boost::asio;

namespace {

Preflight ended(StoredEnding ending, std::string detail = {})
{
    Preflight verdict;
    verdict.ending = std::move(ending);
    verdict.detail = std::move(detail);
    return verdict;
}

// Whether our own last change gave the account this very standard password. What others set is not known here.
bool was_given_before(const Request& request, const std::optional<Request>& last)
{
    return last && has_format(*last, PasswordFormat::sop) &&
        passwords::clean_name(last->given_name()) == passwords::clean_name(request.given_name()) &&
        passwords::clean_name(last->family_name()) == passwords::clean_name(request.family_name());
}

// The policy's demands that are not about characters.
Preflight connection_verdict(const ConnectionPolicy& connection)
{
    Preflight verdict;
    if (!connection.password_enabled) verdict.ending = Ending::password_disabled;
    if (connection.is_custom_database && !connection.imports_users)
        verdict.risk_notes.push_back(RiskNote{"custom_database", {}});
    return verdict;
}

// Whether nothing but capital letters is missing: then the names are offered back with them.
bool passes_in_usual_case(const Request& request, const passwords::PasswordPolicy& policy)
{
    const std::string given = passwords::in_usual_case(request.given_name()),
                      family = passwords::in_usual_case(request.family_name());
    if (given == request.given_name() && family == request.family_name()) return false;
    const auto password = passwords::standard_password(given, family);
    return password && faults_of(policy, *password, rules::personal_data_of(request), false).empty();
}

Preflight standard_verdict(
    const Request& request, const ConnectionPolicy& connection, const std::optional<Request>& last)
{
    Preflight verdict = connection_verdict(connection);
    if (!verdict.ending.is_none()) return verdict;
    const auto password = passwords::standard_password(request.given_name(), request.family_name());
    if (!password) return ended(ending_of(password.error()));
    const passwords::PasswordPolicy policy = passwords::password_policy_of(connection);
    const auto faults = faults_of(policy, *password, rules::personal_data_of(request), was_given_before(request, last));
    if (faults.empty()) return verdict;
    if (passes_in_usual_case(request, policy))
    {
        verdict.wants_names = true;
        return verdict;
    }
    return ended(
        Ending::policy_refuses, slack::escape_mrkdwn(passwords::explain(faults, policy, *password), 600) + ".");
}

Preflight passphrase_verdict(const Services& services, const Request& request, const ConnectionPolicy& connection)
{
    Preflight verdict = connection_verdict(connection);
    if (!verdict.ending.is_none()) return verdict;
    // Drawn to see whether one can be; wiped at once.
    const auto password = passwords::passphrase(
        services.random, passwords::password_policy_of(connection), rules::personal_data_of(request));
    return password ? verdict : ended(ending_of(password.error()));
}

Preflight verdict_of(
    const Services& services, const Request& request, const ConnectionPolicy& connection,
    const std::optional<Request>& last)
{
    switch (request.format)
    {
    case PasswordFormat::sop: return standard_verdict(request, connection, last);
    case PasswordFormat::passphrase: return passphrase_verdict(services, request, connection);
    case PasswordFormat::link: return connection_verdict(connection);
    }
    return ended(Ending::invalid_request);
}

// The policy cannot be read. Auth0 itself judges in the end, so that only what needs the policy is refused.
Outcome<Preflight> without_policy(const Request& request, const Problem& problem)
{
    const bool not_known = problem.code == Errc::unsupported || problem.reason == "auth0_options_scope_missing";
    if (not_known && request.format == PasswordFormat::passphrase)
        return ended(problem.code == Errc::unsupported ? Ending::policy_unknown : ending_of(problem));
    if (not_known)
    {
        Preflight verdict;
        if (request.format != PasswordFormat::link) verdict.risk_notes.push_back(RiskNote{"policy_unknown", {}});
        return verdict;
    }
    if (problem.code == Errc::not_found) return ended(Ending::connection_unknown);
    if (problem.code == Errc::refused) return ended(Ending::not_a_database_account);
    return problem;
}

}  // namespace

asio::awaitable<Outcome<Preflight>> preflight(const Services& services, Request request)
{
    const OperationRow operation = row_of(operation_of(request));
    // Auth0 would refuse the change, and with a link, its owner's log-ins.
    const std::int64_t added = operation.marks_account ? mark_bytes_max : 0;
    if (request.account && request.account->has_no_room_for(added)) co_return ended(Ending::profile_full);
    if (!operation.sets_password) co_return Preflight{};
    if (request.format == PasswordFormat::sop)
    {
        const auto password = passwords::standard_password(request.given_name(), request.family_name());
        if (!password && password.error().reason == "name_missing")
        {
            Preflight verdict;
            verdict.wants_names = true;
            co_return verdict;
        }
        if (!password) co_return ended(ending_of(password.error()));
    }
    std::optional<Request> last;
    if (request.account) last = co_await services.store.last_change_of(request.account->id);

    const auto remembered = co_await services.accounts.read_policy(request.connection, Freshness::recent);
    if (!remembered) co_return without_policy(request, remembered.error());
    const Preflight verdict = verdict_of(services, request, *remembered, last);
    if (verdict.ending.is_none()) co_return verdict;

    const auto fresh = co_await services.accounts.read_policy(request.connection, Freshness::now);
    if (!fresh) co_return without_policy(request, fresh.error());
    co_return verdict_of(services, request, *fresh, last);
}

}  // namespace countersign::checks
