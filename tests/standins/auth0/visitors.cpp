#include "tests/standins/auth0/api.hpp"
#include "tests/standins/auth0/password_policy.hpp"
#include "tests/standins/auth0/post_login.hpp"
#include "tests/standins/auth0/tenant.hpp"

#include <algorithm>

// People at the log-in and reset pages, and what tests may look at.
namespace standins::auth0 {

namespace {

constexpr int failed_logins_max = 10;

constexpr const char* no_page_words =
    "Your password was set by our support team. Sign in on the web page once, where you choose your own.";
constexpr const char* no_ticket_words =
    "Your password was set by our support team, and the page where you choose your own cannot be opened now. Try again "
    "in a few minutes.";
constexpr const char* still_ours_words =
    "You have not chosen a password of your own yet. Sign in again: you are led to the page for it.";
constexpr const char* too_large_words = "The user profile exceeds the size limit.";

Visit denied(const char* words) { return {Login::denied, {}, {}, words}; }

// A linked identity keeps the address that it had.
std::string address_of(const User& user, const Identity& identity)
{
    const std::string own = text_at(identity.profile, "email");
    return to_lower(own.empty() ? text_at(user.profile, "email") : own);
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

Visit Tenant::sign_in(const std::string& email, const std::string& password, TimeMs now, Flow flow)
{
    for (User& user : state_->users)
        for (Identity& identity : user.identities)
        {
            if (identity.provider != "auth0" || address_of(user, identity) != to_lower(email)) continue;
            if (!user.blocks.empty()) return {Login::locked, {}, {}, {}};
            const Connection* connection = find_connection(*state_, identity.connection);
            const PasswordPolicy policy = connection ? policy_of(connection->options) : PasswordPolicy{};
            if (!has_password(identity, effective_password(password, policy)))
            {
                if (++user.failed_logins >= failed_logins_max) add_brute_force_block(user.user_id, "192.0.2.30");
                return {Login::wrong_password, {}, {}, {}};
            }
            if (flag_at(user.profile, "blocked")) return {Login::blocked, {}, {}, {}};
            if (is_too_large(*state_, user)) return denied(too_large_words);
            const std::string id = user.user_id;
            const std::string name = identity.connection;
            return after_log_in(id, name, flow, now);
        }
    return {Login::wrong_password, {}, {}, {}};
}

Visit Tenant::resume(const std::string& state, TimeMs now)
{
    const auto found = state_->waiting.find(state);
    if (found == state_->waiting.end()) return {Login::wrong_password, {}, {}, {}};
    const Waiting waiting = found->second;
    state_->waiting.erase(found);
    const User* user = find_user(*state_, waiting.user_id);
    if (user == nullptr) return {Login::wrong_password, {}, {}, {}};
    // The same question as at the log-in; who has not answered it is not led to the page a second time.
    if (post_login(shown(*user), "auth0", now) == PostLogin::choose) return denied(still_ours_words);
    return after_log_in(waiting.user_id, waiting.connection, Flow::page, now);
}

// What deploy/auth0-actions/require-password-change.js does, where it is installed.
Visit Tenant::after_log_in(const std::string& user_id, const std::string& connection, Flow flow, TimeMs now)
{
    User* user = find_user(*state_, user_id);
    PostLogin verdict = PostLogin::nothing;
    if (state_->options.has_action) verdict = post_login(shown(*user), "auth0", now);
    if (verdict == PostLogin::clear)
        user->profile["app_metadata"].get_object()["countersign"].get_object()["must_change"] = false;
    if (verdict != PostLogin::choose) return let_in(user_id, now);
    if (flow == Flow::no_page) return denied(no_page_words);
    std::string page = choosing_page(user_id, connection, now);
    if (page.empty()) return denied(no_ticket_words);
    std::string state = state_->ids.alphanumeric(32);
    state_->waiting[state] = Waiting{user_id, connection};
    return {Login::must_change_password, std::move(page), std::move(state), {}};
}

Visit Tenant::let_in(const std::string& user_id, TimeMs now)
{
    User& user = *find_user(*state_, user_id);
    user.failed_logins = 0;
    user.profile["last_login"] = to_iso(now);
    user.profile["last_ip"] = "192.0.2.30";
    const auto* logins = user.profile.if_contains("logins_count");
    user.profile["logins_count"] = logins && logins->is_int64() ? logins->get_int64() + 1 : 1;
    add_session(user.user_id, now);
    index_later(*state_, user.user_id, now);
    return {Login::done, {}, {}, {}};
}

// The Action's own client, with the tenant's own rules and faults. Empty: refused.
std::string Tenant::action_token(TimeMs now)
{
    if (now < state_->action_token_ends) return state_->action_token;
    const ClientApp& app = state_->options.action_app;
    const json::object form{
        {"grant_type", "client_credentials"},
        {"client_id", app.client_id},
        {"client_secret", app.secrets.empty() ? std::string{} : app.secrets.front()},
        {"audience", "https://" + state_->options.domain + "/api/v2/"}};
    const Exchange answered = exchange(
        {"POST", "/oauth/token", {{"content-type", "application/json"}}, json::serialize(form)}, now, From::action);
    json::error_code failure;
    const json::value body = json::parse(answered.response.body, failure);
    if (answered.response.status != 200 || failure || !body.is_object()) return {};
    state_->action_token = text_at(body.get_object(), "access_token");
    state_->action_token_ends = now + state_->options.token_lifetime_s * 1000 - 60'000;
    return state_->action_token;
}

// A link of five minutes for the owner of this identity. Empty: there is none.
std::string Tenant::choosing_page(const std::string& user_id, const std::string& connection, TimeMs now)
{
    const std::string token = action_token(now);
    if (token.empty()) return {};
    json::object wanted{{"user_id", user_id}, {"ttl_sec", 300}, {"mark_email_as_verified", false}};
    if (user_id.substr(0, 6) != "auth0|")
        for (const Identity& identity : find_user(*state_, user_id)->identities)
            if (identity.connection == connection)
                wanted["identity"] = json::object{
                    {"user_id", identity.user_id},
                    {"provider", "auth0"},
                    {"connection_id", find_connection(*state_, connection)->id}};
    const Exchange answered = exchange(
        {"POST",
         "/api/v2/tickets/password-change",
         {{"content-type", "application/json"}, {"authorization", "Bearer " + token}},
         json::serialize(wanted)},
        now, From::action);
    json::error_code failure;
    const json::value body = json::parse(answered.response.body, failure);
    if (answered.response.status != 201 || failure || !body.is_object()) return {};
    return text_at(body.get_object(), "ticket");
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
