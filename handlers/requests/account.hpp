#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

// An account as the identity provider shows it (contract/auth0.md section 5). Absent fields are normal.
struct Account
{
    explicit Account(Auth0UserId id_) : id{std::move(id_)} {}

    Auth0UserId id;
    std::string email;  // as stored there, may be empty
    bool email_verified = false;
    std::string name;  // defaults to the e-mail in Auth0: never the source of a password
    std::string given_name;
    std::string family_name;
    std::vector<std::string> database_connections;  // names; empty: no password here, it is held elsewhere
    std::vector<std::string> other_providers;  // "google-oauth2", "samlp", ...: the identities that are no database's
    bool blocked = false;                      // by an administrator
    std::optional<TimePoint> created_at;
    std::optional<TimePoint> last_login;
    std::optional<TimePoint> last_password_reset;  // absent until the first change
    std::int64_t logins_count = 0;
    std::string marker;  // app_metadata.countersign.request_id, or empty

    friend bool operator==(const Account&, const Account&) = default;
};

}  // namespace countersign
