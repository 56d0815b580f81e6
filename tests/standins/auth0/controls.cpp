#include "tests/standins/auth0/api.hpp"
#include "tests/standins/auth0/password_policy.hpp"
#include "tests/standins/auth0/tenant.hpp"

#include <algorithm>
#include <stdexcept>

// Set-up of a tenant, and what happens to it behind the bot's back.
namespace standins::auth0 {

namespace {

json::object parse_object(std::string_view text)
{
    json::error_code failure;
    json::value value = json::parse(text, failure);
    if (failure || !value.is_object()) throw std::invalid_argument{"not a JSON object"};
    return std::move(value.get_object());
}

json::object database_defaults()
{
    return json::object{
        {"mfa", json::object{{"active", true}, {"return_enroll_settings", true}}},
        {"passkey_options",
         json::object{
             {"challenge_ui", "both"}, {"local_enrollment_enabled", true}, {"progressive_enrollment_enabled", true}}},
        {"strategy_version", 2},
        {"authentication_methods",
         json::object{{"passkey", json::object{{"enabled", false}}}, {"password", json::object{{"enabled", true}}}}},
        {"brute_force_protection", true}};
}

void merge(json::object& options, const json::object& over)
{
    for (const auto& member : over) options[member.key()] = member.value();
}

User& existing(TenantState& state, const std::string& user_id)
{
    User* user = find_user(state, user_id);
    if (user == nullptr) throw std::invalid_argument{"no such user: " + user_id};
    return *user;
}

Identity& existing_database_identity(User& user)
{
    Identity* identity = database_identity(user);
    if (identity == nullptr) throw std::invalid_argument{"not a database user: " + user.user_id};
    return *identity;
}

void set_text(json::object& profile, std::string_view field, const std::string& text)
{
    if (!text.empty()) profile[field] = text;
}

json::object profile_of(const UserSpec& spec, bool is_database, TimeMs now)
{
    json::object profile{
        {"created_at", to_iso(now)}, {"updated_at", to_iso(now)}, {"email_verified", spec.email_verified}};
    set_text(profile, "email", is_database ? to_lower(spec.email) : spec.email);
    set_text(profile, "given_name", spec.given_name);
    set_text(profile, "family_name", spec.family_name);
    set_text(profile, "name", spec.name);
    set_text(profile, "nickname", spec.nickname);
    set_text(profile, "username", spec.username);
    if (spec.blocked) profile["blocked"] = true;
    if (spec.logins_count > 0) profile["logins_count"] = spec.logins_count;
    if (spec.last_login)
    {
        profile["last_login"] = to_iso(*spec.last_login);
        profile["last_ip"] = "192.0.2.10";
    }
    if (spec.last_password_reset) profile["last_password_reset"] = to_iso(*spec.last_password_reset);
    if (!spec.app_metadata.empty()) profile["app_metadata"] = parse_object(spec.app_metadata);
    if (!spec.user_metadata.empty()) profile["user_metadata"] = parse_object(spec.user_metadata);
    add_profile_defaults(profile);
    return profile;
}

Grant make_grant(TenantState& state, const std::string& user_id, TimeMs now, std::string id)
{
    Grant grant;
    grant.id = id.empty() ? state.ids.alphanumeric(22) : std::move(id);
    grant.user_id = existing(state, user_id).user_id;
    grant.created_at = now;
    ++state.revision;
    return grant;
}

}  // namespace

std::string Tenant::add_connection(const ConnectionSpec& spec)
{
    if (find_connection(*state_, spec.name) != nullptr) throw std::invalid_argument{"connection exists: " + spec.name};
    Connection connection;
    connection.id = spec.id.empty() ? "con_" + state_->ids.alphanumeric(16) : spec.id;
    connection.name = spec.name;
    connection.strategy = spec.strategy;
    connection.enabled = spec.enabled;
    connection.requires_username = spec.requires_username;
    connection.unique_emails = spec.unique_emails;
    if (connection.is_database())
    {
        connection.options = database_defaults();
        merge(connection.options, parse_object(spec.options));
    }
    state_->connections.push_back(std::move(connection));
    ++state_->revision;
    return state_->connections.back().id;
}

std::string Tenant::add_user(const UserSpec& spec, TimeMs now)
{
    const Connection* connection = find_connection(*state_, spec.connection);
    if (connection == nullptr) throw std::invalid_argument{"no such connection: " + spec.connection};
    User user;
    user.profile = profile_of(spec, connection->is_database(), now);
    Identity primary = make_identity(*state_, *connection, spec.id);
    if (connection->is_database())
        store_password(*state_, primary, spec.password.empty() ? state_->ids.hex(32) : spec.password);
    user.user_id = user_id_of(primary);
    user.identities.push_back(std::move(primary));
    for (const LinkedIdentity& link : spec.linked)
    {
        const Connection* other = find_connection(*state_, link.connection);
        if (other == nullptr) throw std::invalid_argument{"no such connection: " + link.connection};
        Identity identity = make_identity(*state_, *other, {});
        identity.profile = json::object{{"email", link.email}, {"email_verified", true}};
        if (other->is_database()) store_password(*state_, identity, link.password);
        user.identities.push_back(std::move(identity));
    }
    if (find_user(*state_, user.user_id) != nullptr) throw std::invalid_argument{"user exists: " + user.user_id};
    state_->users.push_back(std::move(user));
    index_later(*state_, state_->users.back().user_id, now - state_->options.search_delay_ms);
    return state_->users.back().user_id;
}

void Tenant::import_connection(std::string_view text)
{
    Connection connection;
    connection.shown = parse_object(text);
    connection.id = text_at(connection.shown, "id");
    connection.name = text_at(connection.shown, "name");
    connection.strategy = text_at(connection.shown, "strategy");
    connection.options = connection.shown["options"].as_object();
    state_->connections.push_back(std::move(connection));
}

void Tenant::import_user(std::string_view text, TimeMs now)
{
    User user;
    user.profile = parse_object(text);
    user.user_id = text_at(user.profile, "user_id");
    for (const json::value& value : user.profile["identities"].as_array())
    {
        const json::object& entry = value.as_object();
        Identity identity;
        identity.connection = text_at(entry, "connection");
        identity.provider = text_at(entry, "provider");
        identity.user_id = text_at(entry, "user_id");
        identity.is_social = flag_at(entry, "isSocial");
        if (entry.contains("profileData")) identity.profile = entry.at("profileData").as_object();
        user.identities.push_back(std::move(identity));
    }
    user.profile.erase("identities");
    user.profile.erase("user_id");
    state_->users.push_back(std::move(user));
    index_later(*state_, state_->users.back().user_id, now - state_->options.search_delay_ms);
}

void Tenant::import_log(std::string_view text)
{
    LogRecord record;
    record.shown = parse_object(text);
    record.id = text_at(record.shown, "log_id");
    record.visible_at = 0;
    state_->options.log_retention_ms = never / 2;  // recordings are years old
    state_->log.push_back(std::move(record));
    std::sort(state_->log.begin(), state_->log.end(), [](const LogRecord& left, const LogRecord& right) {
        return left.id < right.id;
    });
}

std::string Tenant::add_session(const std::string& user_id, TimeMs now, std::string id)
{
    state_->sessions.push_back(make_grant(*state_, user_id, now, std::move(id)));
    return state_->sessions.back().id;
}

std::string Tenant::add_refresh_token(const std::string& user_id, TimeMs now, std::string id)
{
    state_->refresh_tokens.push_back(make_grant(*state_, user_id, now, std::move(id)));
    return state_->refresh_tokens.back().id;
}

void Tenant::add_brute_force_block(const std::string& user_id, const std::string& ip)
{
    User& user = existing(*state_, user_id);
    user.blocks.push_back({text_at(user.profile, "email"), ip, user.identities.front().connection});
    ++state_->revision;
}

void Tenant::set_password(const std::string& user_id, const std::string& password, TimeMs now)
{
    User& user = existing(*state_, user_id);
    Identity& identity = existing_database_identity(user);
    change_password(*state_, user, identity, password, now, false);
    log_password_change(*state_, now, user, identity);
    index_later(*state_, user_id, now);
}

void Tenant::set_password_in_dashboard(
    const std::string& user_id, const std::string& password, const std::string& admin_email, TimeMs now)
{
    User& user = existing(*state_, user_id);
    change_password(*state_, user, existing_database_identity(user), password, now, true);
    LogEntry entry;
    entry.type = "sapi";
    entry.description = "Update a User";
    entry.client_id = "DashboardClient1";
    entry.details["request"] = json::object{
        {"method", "patch"},
        {"path", "/api/v2/users/" + percent_encode(user_id)},
        {"query", json::object{}},
        {"body", json::object{{"password", "*****"}}},
        {"channel", "https://manage.auth0.com/"},
        {"ip", "192.0.2.20"},
        {"userAgent", "Mozilla/5.0"},
        {"auth",
         json::object{
             {"user",
              json::object{{"user_id", "auth0|dashboard-admin"}, {"name", admin_email}, {"email", admin_email}}},
             {"strategy", "jwt"},
             {"credentials", json::object{}}}}};
    entry.details["response"] = json::object{{"statusCode", 200}, {"body", shown(user)}};
    write_log(*state_, now, std::move(entry));
    index_later(*state_, user_id, now);
}

void Tenant::set_blocked(const std::string& user_id, bool blocked, TimeMs now)
{
    User& user = existing(*state_, user_id);
    user.profile["blocked"] = blocked;
    user.profile["updated_at"] = to_iso(now);
    index_later(*state_, user_id, now);
}

void Tenant::delete_user(const std::string& user_id, TimeMs now) { erase_user(*state_, user_id, now); }

void Tenant::set_connection_enabled(const std::string& name, bool enabled)
{
    if (Connection* connection = find_connection(*state_, name)) connection->enabled = enabled;
    ++state_->revision;
}

void Tenant::replace_options(const std::string& name, const std::string& options)
{
    if (Connection* connection = find_connection(*state_, name))
    {
        connection->options = database_defaults();
        merge(connection->options, parse_object(options));
    }
    ++state_->revision;
}

void Tenant::forget_tokens() { state_->signing_key = state_->ids.hex(64); }

void Tenant::set_plan(Plan plan, bool revocation_in_plan)
{
    state_->options.plan = plan;
    state_->options.revocation_in_plan = revocation_in_plan;
    state_->limiter = RateLimiter{plan};
}

int Tenant::let_others_call(int calls, TimeMs now)
{
    int admitted = 0;
    for (int i = 0; i < calls; ++i) admitted += state_->limiter.admit(RateGroup::read_users, now).admitted ? 1 : 0;
    return admitted;
}

void Tenant::set_profile_limit(std::size_t bytes) { state_->options.profile_bytes_max = bytes; }

void Tenant::set_searches_time_out(bool time_out) { state_->searches_time_out = time_out; }

void Tenant::commit_next_patch_partially(PartialCommit partial) { state_->partial = partial; }

}  // namespace standins::auth0
