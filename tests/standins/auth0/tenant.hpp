#pragma once

#include "tests/standins/auth0/tenant_data.hpp"
#include "tests/standins/faults.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace standins::auth0 {

struct TenantState;

// An Auth0 tenant as auth0/CONTRACT.md describes it: Authentication API (client credentials, reset mail) and the part
// of the Management API that a password-reset bot can meet. No socket, no clock, no thread: one call in, one answer
// out. Not safe for use by several threads.
class Tenant
{
public:
    explicit Tenant(Options options);
    ~Tenant();
    Tenant(const Tenant&) = delete;
    Tenant& operator=(const Tenant&) = delete;

    // The tenant's own answer, without faults.
    Response handle(const Request& request, TimeMs now);
    // The same under the fault plan, where a call's name is its method, a space and its path still percent-encoded:
    // "PATCH /api/v2/users/auth0%7C1", "PATCH /api/v2/users/*", "*" for the next call whatever it is.
    Exchange exchange(const Request& request, TimeMs now);
    FaultPlan& faults() noexcept { return faults_; }

    // Set-up. Both throw std::invalid_argument for a spec that contradicts itself.
    std::string add_connection(const ConnectionSpec& spec);  // its id
    std::string add_user(const UserSpec& spec, TimeMs now);  // its user_id
    // Objects exactly as the Management API shows them (JSON), for replaying recordings.
    void import_connection(std::string_view shown);
    void import_user(std::string_view shown, TimeMs now);
    void import_log(std::string_view shown);
    std::string add_session(const std::string& user_id, TimeMs now, std::string id = {});
    std::string add_refresh_token(const std::string& user_id, TimeMs now, std::string id = {});
    void add_brute_force_block(const std::string& user_id, const std::string& ip);

    // What others do to the tenant behind the bot's back.
    void set_password(const std::string& user_id, const std::string& password, TimeMs now);  // by its owner: scp
    void set_password_in_dashboard(
        const std::string& user_id, const std::string& password, const std::string& admin_email, TimeMs now);
    void set_blocked(const std::string& user_id, bool blocked, TimeMs now);
    void delete_user(const std::string& user_id, TimeMs now);
    void set_connection_enabled(const std::string& name, bool enabled);
    void replace_options(const std::string& connection, const std::string& options);
    void forget_tokens();  // a new signing key: every token issued so far is refused with 401
    void set_plan(Plan plan, bool revocation_in_plan);
    // Another application's calls of the Management API; how many the tenant admitted.
    int let_others_call(int calls, TimeMs now);
    void set_profile_limit(std::size_t bytes);  // of a whole profile as JSON
    void set_searches_time_out(bool time_out);  // GET /api/v2/users with q answers 503
    void commit_next_patch_partially(PartialCommit partial);
    // A database user at the log-in page, by the address of one of their database identities.
    Visit sign_in(const std::string& email, const std::string& password, TimeMs now, Flow flow = Flow::page);
    // GET /continue?state=...: the log-in that was led elsewhere goes on.
    Visit resume(const std::string& state, TimeMs now);
    Login log_in(const std::string& email, const std::string& password, TimeMs now)
    {
        return sign_in(email, password, now).outcome;
    }
    // Follows a ticket's URL to its page and sets a password there; false: no such ticket, used, expired or refused.
    bool redeem_ticket(const std::string& url, const std::string& password, TimeMs now);

    // What tests look at.
    bool exists(const std::string& user_id) const;
    bool accepts(const std::string& user_id, std::string_view password) const;
    std::string user_json(const std::string& user_id) const;  // as the Management API shows it; empty: no such user
    std::size_t session_count(const std::string& user_id, TimeMs now) const;
    std::size_t refresh_token_count(const std::string& user_id, TimeMs now) const;
    std::vector<std::string> reset_mails() const;  // addresses, in the order of sending
    const std::vector<ReceivedCall>& calls() const noexcept;
    std::string log_json() const;  // every record, also those that the log does not show yet

    // Grows with every change; a page redraws when it differs. No secret in the snapshot:
    // {"revision","domain","connections":[],"users":[],"log":[],"calls":[]}, log and calls newest first, at most 100.
    std::uint64_t revision() const noexcept;
    std::string snapshot(TimeMs now) const;

private:
    // The Action's own calls come from within the tenant: `calls` is of what arrived from outside.
    enum class From
    {
        outside,
        action,
    };
    Exchange exchange(const Request& request, TimeMs now, From from);
    std::string action_token(TimeMs now);
    std::string choosing_page(const std::string& user_id, const std::string& connection, TimeMs now);
    Visit let_in(const std::string& user_id, TimeMs now);
    Visit after_log_in(const std::string& user_id, const std::string& connection, Flow flow, TimeMs now);

    std::unique_ptr<TenantState> state_;
    FaultPlan faults_;
};

}  // namespace standins::auth0
