#pragma once

#include "handlers/core/error.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace countersign {

// Why a request was refused, failed or stayed unknown. views/ending_words has a sentence for each.
enum class Ending
{
    none,  // it has not ended, or its state says all
    account_not_found,
    account_not_database,
    too_many_accounts,
    has_signed_in,
    name_missing,
    password_too_long,
    protected_account,
    verification_not_configured,
    frozen,
    frozen_too_long,
    limit_person,
    limit_account,
    limit_look_ups,
    limit_everybody,
    policy_refuses,
    no_passphrase_fits,
    policy_unknown,
    profile_full,
    auth0_answer_too_large,
    never_applied,
    password_disabled,
    connection_unknown,
    request_already_open,
    password_too_weak,
    password_used_before,
    password_too_common,
    password_has_personal_data,
    not_a_database_connection,
    account_exists,
    no_email_address,
    foreign_link,
    custom_domain_conflict,
    password_format_unknown,
    connection_disabled,
    not_a_database_account,
    rights_unknown,
    credential_corrupt,
    account_gone,
    account_changed,
    approver_lost_right,
    requester_lost_right,
    channel_shared,
    channel_public,
    channel_unknown,
    no_link_for_new_account,
    one_person,
    demands_more,
    own_account,
    own_account_unknown,
    card_not_posted,
    response_too_large,
    auth0_unreachable,
    too_old,
    approval_too_old,
    auth0_credentials_refused,
    auth0_client_grant_missing,
    auth0_grant_type_not_allowed,
    auth0_audience_misconfigured,
    auth0_options_scope_missing,
    auth0_scope_missing,
    auth0_token_refused,
    auth0_token_request_refused,
    auth0_plan_missing,
    invalid_request,
    inexistent_user,
    not_found,
    changed_by_someone,
    answer_lost,
    unlisted,  // a reason that this version has no words for; StoredEnding keeps its name
};

inline constexpr std::size_t endings_count = static_cast<std::size_t>(Ending::unlisted) + 1;

// What the requester can do about an ending.
enum class Remedy
{
    ask_again,    // correct the request, or wait, and ask again
    ask_a_link,   // the same; and only the password stands in the way, so that a link serves, too
    another_way,  // Countersign does not do it for this account
};

// The name under which an ending is stored and stands in the audit log; empty for `none` and `unlisted`.
std::string_view name_of(Ending ending) noexcept;
// nullopt: no ending of this version has the name.
std::optional<Ending> ending_named(std::string_view name) noexcept;
Remedy remedy_of(Ending ending) noexcept;
// A limit of requests is reached; the details of such an ending speak to the requester.
bool is_limit(Ending ending) noexcept;

// An ending as a request keeps it. A name that this version does not list (of another version, or a service's own word)
// is kept, and written back as it was read.
class StoredEnding
{
public:
    StoredEnding() = default;
    StoredEnding(Ending ending) : ending_{ending} {}  // not explicit: wherever one is kept, a listed one will do
    static StoredEnding named(std::string_view name);

    Ending value() const noexcept { return ending_; }
    std::string_view name() const noexcept { return ending_ == Ending::unlisted ? unlisted_ : name_of(ending_); }
    bool is_none() const noexcept { return ending_ == Ending::none; }

    friend bool operator==(const StoredEnding&, const StoredEnding&) = default;

private:
    Ending ending_ = Ending::none;
    std::string unlisted_;
};

// The ending of a request that a definite no of a service ends: its reason, else the word of its code.
StoredEnding ending_of(const Problem& problem);

}  // namespace countersign
