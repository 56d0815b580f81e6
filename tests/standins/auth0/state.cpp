#include "tests/standins/auth0/state.hpp"

#include "tests/standins/auth0/password_policy.hpp"

#include <algorithm>

namespace standins::auth0 {

namespace {

template <class Items, class Member>
auto* find_by(Items& items, Member member, std::string_view value)
{
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.*member == value; });
    return found == items.end() ? nullptr : &*found;
}

bool matches(const Credential& credential, std::string_view password)
{
    return sha256(credential.salt + std::string{password}) == credential.hash;
}

bool is_social(std::string_view strategy)
{
    return strategy == "google-oauth2" || strategy == "facebook" || strategy == "github" || strategy == "apple";
}

}  // namespace

User* find_user(TenantState& state, std::string_view user_id) { return find_by(state.users, &User::user_id, user_id); }

const User* find_user(const TenantState& state, std::string_view user_id)
{
    return find_by(state.users, &User::user_id, user_id);
}

Connection* find_connection(TenantState& state, std::string_view name)
{
    return find_by(state.connections, &Connection::name, name);
}

const Connection* find_connection(const TenantState& state, std::string_view name)
{
    return find_by(state.connections, &Connection::name, name);
}

json::object shown(const User& user)
{
    json::object object = user.profile;
    object["user_id"] = user.user_id;
    json::array identities;
    for (const Identity& identity : user.identities)
    {
        json::object entry{
            {"connection", identity.connection},
            {"provider", identity.provider},
            {"user_id", identity.user_id},
            {"isSocial", identity.is_social}};
        if (!identity.profile.empty()) entry["profileData"] = identity.profile;
        identities.push_back(std::move(entry));
    }
    object["identities"] = std::move(identities);
    return object;
}

bool is_too_large(const TenantState& state, const User& user)
{
    return json::serialize(shown(user)).size() > state.options.profile_bytes_max;
}

json::object shown(const Connection& connection)
{
    json::object object = connection.shown;
    object["id"] = connection.id;
    object["name"] = connection.name;
    object["strategy"] = connection.strategy;
    object["options"] = connection.options;
    object.emplace("is_domain_connection", false);
    object.emplace("authentication", json::object{{"active", true}});
    object.emplace("connected_accounts", json::object{{"active", false}});
    object.emplace("realms", json::array{connection.name});
    json::array clients;
    if (connection.enabled) clients.emplace_back("DemoApplication1");
    object.emplace("enabled_clients", std::move(clients));
    return object;
}

void index_later(TenantState& state, const std::string& user_id, TimeMs now)
{
    IndexUpdate update;
    update.at = now + state.options.search_delay_ms;
    update.user_id = user_id;
    if (const User* user = find_user(state, user_id)) update.shown = shown(*user);
    state.index_updates.push_back(std::move(update));
    ++state.revision;
}

void store_password(TenantState& state, Identity& identity, std::string_view password)
{
    constexpr std::size_t history_max = 25;
    Credential credential;
    credential.salt = state.ids.hex(16);
    credential.hash = sha256(credential.salt + std::string{password});
    identity.passwords.push_back(std::move(credential));
    if (identity.passwords.size() > history_max) identity.passwords.erase(identity.passwords.begin());
}

bool had_password(const Identity& identity, std::string_view password, std::size_t history_size)
{
    std::size_t seen = 0;
    for (auto credential = identity.passwords.rbegin(); credential != identity.passwords.rend(); ++credential)
    {
        if (seen++ == history_size) return false;
        if (matches(*credential, password)) return true;
    }
    return false;
}

bool has_password(const Identity& identity, std::string_view password)
{
    return !identity.passwords.empty() && matches(identity.passwords.back(), password);
}

void change_password(
    TenantState& state, User& user, Identity& identity, std::string_view password, TimeMs now, bool by_administrator)
{
    // The recordings show the profile's update 4 ms after the password's: two steps.
    constexpr TimeMs second_step_ms = 4;
    const Connection* connection = find_connection(state, identity.connection);
    const PasswordPolicy policy = connection ? policy_of(connection->options) : PasswordPolicy{};
    store_password(state, identity, effective_password(password, policy));
    user.profile["last_password_reset"] = to_iso(now);
    user.profile["updated_at"] = to_iso(now + second_step_ms);
    user.blocks.clear();
    user.failed_logins = 0;
    if (by_administrator && flag_at(user.profile, "blocked")) user.profile["blocked"] = false;
    end_grants(state.sessions, user.user_id, now);
}

void end_grants(std::vector<Grant>& grants, std::string_view user_id, TimeMs at)
{
    for (Grant& grant : grants)
        if (grant.user_id == user_id) grant.ends_at = std::min(grant.ends_at, at);
}

Identity* database_identity(User& user, std::string_view connection)
{
    for (Identity& identity : user.identities)
        if (identity.provider == "auth0" && (connection.empty() || identity.connection == connection)) return &identity;
    return nullptr;
}

bool erase_user(TenantState& state, std::string_view user_id, TimeMs now)
{
    const std::string id{user_id};
    const auto found =
        std::find_if(state.users.begin(), state.users.end(), [&](const User& user) { return user.user_id == id; });
    if (found == state.users.end()) return false;
    state.users.erase(found);
    end_grants(state.sessions, id, now);
    end_grants(state.refresh_tokens, id, now);
    index_later(state, id, now);
    return true;
}

Identity make_identity(TenantState& state, const Connection& connection, std::string id)
{
    Identity identity;
    identity.connection = connection.name;
    identity.provider = connection.strategy;
    identity.is_social = is_social(connection.strategy);
    if (id.empty()) id = state.ids.hex(24);
    // Enterprise protocols that are not tied to one provider name the connection in the id.
    const bool names_connection = connection.strategy == "samlp" || connection.strategy == "oidc";
    identity.user_id = names_connection ? connection.name + '|' + id : id;
    return identity;
}

std::string user_id_of(const Identity& identity) { return identity.provider + '|' + identity.user_id; }

void add_profile_defaults(json::object& profile)
{
    const std::string email = text_at(profile, "email");
    if (email.empty()) return;
    profile.emplace("name", email);
    profile.emplace("nickname", email.substr(0, email.find('@')));
    profile.emplace(
        "picture",
        "https://s.gravatar.com/avatar/" + md5_hex(to_lower(email)) +
            "?s=480&r=pg&d=https%3A%2F%2Fcdn.auth0.com%2Favatars%2F" + to_lower(email.substr(0, 2)) + ".png");
}

}  // namespace standins::auth0
