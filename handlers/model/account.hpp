#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

inline constexpr std::size_t app_metadata_bytes_max = 4096;

// Auth0 limits profiles to 10 KB, and refuses to write those that are over about ten times as much.
inline constexpr std::int64_t profile_bytes_usual = 10'240;
inline constexpr std::int64_t profile_bytes_max = 10 * profile_bytes_usual;
// What our mark and the time of the change add to a profile at most.
inline constexpr std::int64_t mark_bytes_max = 256;

// What a database identity is signed in to with.
struct SignIn
{
    std::string address;  // in lower case; empty: not with an e-mail address, or not known
    bool is_verified = false;

    friend bool operator==(const SignIn&, const SignIn&) = default;
};

// An account as the identity provider shows it. Absent fields are normal.
struct Account
{
    explicit Account(Auth0UserId id_) : id{std::move(id_)} {}
    // Made once and elsewhere: it is large, and every file would make them again.
    Account(const Account&);
    Account(Account&&) noexcept;
    Account& operator=(const Account&);
    Account& operator=(Account&&) noexcept;
    ~Account();

    Auth0UserId id;
    std::string email;  // as stored there, may be empty
    bool email_verified = false;
    std::string name;  // defaults to the e-mail in Auth0: never the source of a password
    std::string given_name;
    std::string family_name;
    std::string nickname;  // defaults to the e-mail's local part in Auth0
    std::string username;  // where the connection has such
    std::string phone_number;
    // user_metadata.name, .first and .last: a connection can forbid passwords that hold them.
    std::string metadata_name;
    std::string metadata_first;
    std::string metadata_last;
    std::vector<std::string> database_connections;  // names; empty: no password here, it is held elsewhere
    // Of each of these, in their order: an identity that was linked keeps the address it had. Empty: not known, in what
    // an older version stored.
    std::vector<SignIn> sign_ins;
    std::vector<std::string> other_providers;  // "google-oauth2", "samlp", ...: the identities that are no database's
    bool blocked = false;                      // by an administrator
    std::optional<TimePoint> created_at;
    std::optional<TimePoint> updated_at;  // by anything: a login moves it too
    std::optional<TimePoint> last_login;
    std::optional<TimePoint> last_password_reset;  // absent until the first change
    std::int64_t logins_count = 0;
    std::string marker;               // app_metadata.countersign.request_id, or empty
    std::string app_metadata;         // a JSON object of at most app_metadata_bytes_max, or empty
    bool metadata_too_large = false;  // app_metadata is over that limit, and not here
    std::int64_t profile_bytes = 0;   // of the whole profile as it was shown; 0: no more than usual, or not known

    // Blocked attempts count as logins in Auth0, so "never" is certain and "once" is not.
    bool has_signed_in() const noexcept { return logins_count > 0 || last_login; }
    // Whether Auth0 would refuse to write so many bytes more into it.
    bool has_no_room_for(std::int64_t bytes) const noexcept { return profile_bytes + bytes > profile_bytes_max; }
    // What the password of this connection signs in with; the account's own address where nothing else is known.
    SignIn sign_in(std::string_view connection) const;
    // Whether this address, in lower case, is the account's own.
    bool is_called(std::string_view address) const;
    // Whether it is that, or what any of its identities signs in with.
    bool is_reached_by(std::string_view address) const;

    friend bool operator==(const Account&, const Account&) = default;
};

// What counts as one account: also one that does not exist yet, so that two requests do not make the same.
inline std::string account_key(const Auth0UserId& account) { return account.str(); }
inline std::string new_account_key(const Email& email) { return "new:" + email.str(); }

}  // namespace countersign
