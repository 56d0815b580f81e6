#include "tests/standins/auth0/api.hpp"
#include "tests/standins/auth0/password_policy.hpp"
#include "tests/standins/auth0/post_login.hpp"
#include "tests/standins/auth0/tenant.hpp"

#include <algorithm>

// People at the log-in and reset pages, and what tests may look at.
namespace standins::auth0 {

namespace {

constexpr int failed_logins_max = 10;

// The post-login Action has its say; true: it denies.
bool denies(User& user)
{
    const auto verdict = post_login(shown(user), "auth0");
    if (verdict == PostLogin::clear)
        user.profile["app_metadata"].get_object()["countersign"].get_object()["must_change"] = false;
    return verdict == PostLogin::deny;
}

json::object summary(const User& user, const TenantState& state, TimeMs now)
{
    json::object entry = shown(user);
    const auto count = [&](const std::vector<Grant>& grants) {
        return std::count_if(grants.begin(), grants.end(), [&](const Grant& grant) {
            return grant.user_id == user.user_id && grant.ends_at > now;
        });
    };
    entry["sessions"] = count(state.sessions);
    entry["refresh_tokens"] = count(state.refresh_tokens);
    entry["brute_force_blocks"] = user.blocks.size();
    return entry;
}

json::object summary(const ReceivedCall& call)
{
    json::array fields;
    for (const std::string& field : call.fields) fields.emplace_back(field);
    return json::object{{"at", to_iso(call.at)},    {"method", call.method},
                        {"path", call.path},        {"fields", std::move(fields)},
                        {"body", call.masked_body}, {"correlation_id", call.correlation_id},
                        {"status", call.status}};
}

std::size_t count_grants(const std::vector<Grant>& grants, const std::string& user_id, TimeMs now)
{
    return static_cast<std::size_t>(std::count_if(grants.begin(), grants.end(), [&](const Grant& grant) {
        return grant.user_id == user_id && grant.ends_at > now;
    }));
}

}  // namespace

Login Tenant::log_in(const std::string& email, const std::string& password, TimeMs now)
{
    for (User& user : state_->users)
    {
        Identity* identity = database_identity(user);
        if (identity == nullptr || text_at(user.profile, "email") != to_lower(email)) continue;
        if (!user.blocks.empty()) return Login::locked;
        const Connection* connection = find_connection(*state_, identity->connection);
        const PasswordPolicy policy = connection ? policy_of(connection->options) : PasswordPolicy{};
        if (!has_password(*identity, effective_password(password, policy)))
        {
            if (++user.failed_logins >= failed_logins_max) add_brute_force_block(user.user_id, "192.0.2.30");
            return Login::wrong_password;
        }
        if (flag_at(user.profile, "blocked")) return Login::blocked;
        if (denies(user)) return Login::must_change_password;
        user.failed_logins = 0;
        user.profile["last_login"] = to_iso(now);
        user.profile["last_ip"] = "192.0.2.30";
        const auto* logins = user.profile.if_contains("logins_count");
        user.profile["logins_count"] = logins && logins->is_int64() ? logins->get_int64() + 1 : 1;
        add_session(user.user_id, now);
        index_later(*state_, user.user_id, now);
        return Login::done;
    }
    return Login::wrong_password;
}

bool Tenant::redeem_ticket(const std::string& url, const std::string& password, TimeMs now)
{
    for (Ticket& ticket : state_->tickets)
    {
        if (url.find("ticket=" + ticket.token) == std::string::npos) continue;
        User* user = find_user(*state_, ticket.user_id);
        Identity* identity = user ? database_identity(*user, ticket.connection) : nullptr;
        const Connection* connection = find_connection(*state_, ticket.connection);
        if (ticket.is_used || ticket.expires_at <= now || identity == nullptr || connection == nullptr) return false;
        const PasswordPolicy policy = policy_of(connection->options);
        const auto was_used = [&](std::string_view candidate) {
            return had_password(*identity, candidate, policy.history_size);
        };
        if (!refusal(password, policy, user->profile, was_used).empty()) return false;
        ticket.is_used = true;
        set_password(ticket.user_id, password, now);
        return true;
    }
    return false;
}

bool Tenant::exists(const std::string& user_id) const { return find_user(*state_, user_id) != nullptr; }

bool Tenant::accepts(const std::string& user_id, std::string_view password) const
{
    const User* user = find_user(*state_, user_id);
    if (user == nullptr) return false;
    return std::any_of(user->identities.begin(), user->identities.end(), [&](const Identity& identity) {
        const Connection* connection = find_connection(*state_, identity.connection);
        return connection != nullptr &&
            has_password(identity, effective_password(password, policy_of(connection->options)));
    });
}

std::string Tenant::user_json(const std::string& user_id) const
{
    const User* user = find_user(*state_, user_id);
    return user == nullptr ? std::string{} : json::serialize(shown(*user));
}

std::size_t Tenant::session_count(const std::string& user_id, TimeMs now) const
{
    return count_grants(state_->sessions, user_id, now);
}

std::size_t Tenant::refresh_token_count(const std::string& user_id, TimeMs now) const
{
    return count_grants(state_->refresh_tokens, user_id, now);
}

std::vector<std::string> Tenant::reset_mails() const { return state_->reset_mails; }

const std::vector<ReceivedCall>& Tenant::calls() const noexcept { return state_->calls; }

std::string Tenant::log_json() const
{
    json::array records;
    for (const LogRecord& record : state_->log) records.push_back(record.shown);
    return json::serialize(records);
}

std::uint64_t Tenant::revision() const noexcept { return state_->revision; }

std::string Tenant::snapshot(TimeMs now) const
{
    constexpr std::size_t entries_max = 100;
    json::array connections;
    for (const Connection& connection : state_->connections) connections.push_back(shown(connection));
    json::array users;
    for (const User& user : state_->users) users.push_back(summary(user, *state_, now));
    json::array log;
    for (auto record = state_->log.rbegin(); record != state_->log.rend() && log.size() < entries_max; ++record)
        log.push_back(record->shown);
    json::array calls;
    for (auto call = state_->calls.rbegin(); call != state_->calls.rend() && calls.size() < entries_max; ++call)
        calls.push_back(summary(*call));
    return json::serialize(json::object{
        {"revision", state_->revision},
        {"domain", state_->options.domain},
        {"connections", std::move(connections)},
        {"users", std::move(users)},
        {"log", std::move(log)},
        {"calls", std::move(calls)}});
}

}  // namespace standins::auth0
