#include "handlers/model/ending.hpp"

#include <array>

namespace countersign {

namespace {

struct Row
{
    Ending ending;
    std::string_view name;  // stored: never change one
    Remedy remedy;
};

// One row for each ending, in the order of the enumeration.
constexpr std::array rows = {
    Row{Ending::none, "", Remedy::ask_again},
    Row{Ending::account_not_found, "account_not_found", Remedy::ask_again},
    Row{Ending::account_not_database, "account_not_database", Remedy::ask_again},
    Row{Ending::too_many_accounts, "too_many_accounts", Remedy::ask_again},
    Row{Ending::has_signed_in, "has_signed_in", Remedy::ask_again},
    Row{Ending::name_missing, "name_missing", Remedy::ask_a_link},
    Row{Ending::password_too_long, "password_too_long", Remedy::ask_a_link},
    Row{Ending::protected_account, "protected", Remedy::another_way},
    Row{Ending::verification_not_configured, "verification_not_configured", Remedy::ask_again},
    Row{Ending::frozen, "frozen", Remedy::ask_again},
    Row{Ending::frozen_too_long, "frozen_too_long", Remedy::ask_again},
    Row{Ending::limit_person, "limit_person", Remedy::ask_again},
    Row{Ending::limit_account, "limit_account", Remedy::ask_again},
    Row{Ending::limit_look_ups, "limit_look_ups", Remedy::ask_again},
    Row{Ending::limit_everybody, "limit_everybody", Remedy::ask_again},
    Row{Ending::policy_refuses, "policy_refuses", Remedy::ask_a_link},
    Row{Ending::no_passphrase_fits, "no_passphrase_fits", Remedy::ask_a_link},
    Row{Ending::policy_unknown, "policy_unknown", Remedy::ask_a_link},
    Row{Ending::profile_full, "profile_full", Remedy::ask_again},
    Row{Ending::auth0_answer_too_large, "auth0_answer_too_large", Remedy::ask_again},
    Row{Ending::never_applied, "never_applied", Remedy::ask_again},
    Row{Ending::password_disabled, "password_disabled", Remedy::ask_again},
    Row{Ending::connection_unknown, "connection_unknown", Remedy::ask_again},
    Row{Ending::request_already_open, "request_already_open", Remedy::ask_again},
    Row{Ending::password_too_weak, "password_too_weak", Remedy::ask_a_link},
    Row{Ending::password_used_before, "password_used_before", Remedy::ask_a_link},
    Row{Ending::password_too_common, "password_too_common", Remedy::ask_a_link},
    Row{Ending::password_has_personal_data, "password_has_personal_data", Remedy::ask_a_link},
    Row{Ending::not_a_database_connection, "not_a_database_connection", Remedy::ask_again},
    Row{Ending::account_exists, "account_exists", Remedy::ask_again},
    Row{Ending::no_email_address, "no_email_address", Remedy::ask_again},
    Row{Ending::foreign_link, "foreign_ticket", Remedy::ask_again},
    Row{Ending::custom_domain_conflict, "custom_domain_conflict", Remedy::ask_again},
    Row{Ending::password_format_unknown, "password_format_unknown", Remedy::ask_again},
    Row{Ending::connection_disabled, "connection_disabled", Remedy::ask_again},
    Row{Ending::not_a_database_account, "not_a_database_account", Remedy::ask_again},
    Row{Ending::rights_unknown, "rights_unknown", Remedy::ask_again},
    Row{Ending::credential_corrupt, "credential_corrupt", Remedy::ask_again},
    Row{Ending::account_gone, "account_gone", Remedy::ask_again},
    Row{Ending::account_changed, "account_changed", Remedy::ask_again},
    Row{Ending::approver_lost_right, "approver_lost_right", Remedy::ask_again},
    Row{Ending::requester_lost_right, "requester_lost_right", Remedy::ask_again},
    Row{Ending::channel_shared, "channel_shared", Remedy::ask_again},
    Row{Ending::channel_public, "channel_public", Remedy::ask_again},
    Row{Ending::channel_unknown, "channel_unknown", Remedy::ask_again},
    Row{Ending::no_link_for_new_account, "no_link_for_new_account", Remedy::ask_again},
    Row{Ending::one_person, "one_person", Remedy::ask_again},
    Row{Ending::demands_more, "demands_more", Remedy::ask_again},
    Row{Ending::own_account, "own_account", Remedy::ask_again},
    Row{Ending::own_account_unknown, "own_account_unknown", Remedy::ask_again},
    Row{Ending::card_not_posted, "card_not_posted", Remedy::ask_again},
    Row{Ending::response_too_large, "response_too_large", Remedy::ask_again},
    Row{Ending::auth0_unreachable, "auth0_unreachable", Remedy::ask_again},
    Row{Ending::too_old, "too_old", Remedy::ask_again},
    Row{Ending::approval_too_old, "approval_too_old", Remedy::ask_again},
    Row{Ending::auth0_credentials_refused, "auth0_credentials_refused", Remedy::ask_again},
    Row{Ending::auth0_client_grant_missing, "auth0_client_grant_missing", Remedy::ask_again},
    Row{Ending::auth0_grant_type_not_allowed, "auth0_grant_type_not_allowed", Remedy::ask_again},
    Row{Ending::auth0_audience_misconfigured, "auth0_audience_misconfigured", Remedy::ask_again},
    Row{Ending::auth0_options_scope_missing, "auth0_options_scope_missing", Remedy::ask_again},
    Row{Ending::auth0_scope_missing, "auth0_scope_missing", Remedy::ask_again},
    Row{Ending::auth0_token_refused, "auth0_token_refused", Remedy::ask_again},
    Row{Ending::auth0_token_request_refused, "auth0_token_request_refused", Remedy::ask_again},
    Row{Ending::auth0_plan_missing, "auth0_plan_missing", Remedy::ask_again},
    Row{Ending::invalid_request, "invalid_request", Remedy::ask_again},
    Row{Ending::inexistent_user, "inexistent_user", Remedy::ask_again},
    Row{Ending::not_found, "not_found", Remedy::ask_again},
    Row{Ending::changed_by_someone, "changed_by_someone", Remedy::ask_again},
    Row{Ending::answer_lost, "answer_lost", Remedy::ask_again},
    Row{Ending::unlisted, "", Remedy::ask_again},
};

constexpr bool is_complete()
{
    if (rows.size() != endings_count) return false;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].ending != static_cast<Ending>(i)) return false;
    return true;
}

constexpr bool names_differ()
{
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = i + 1; j < rows.size(); ++j)
            if (!rows[i].name.empty() && rows[i].name == rows[j].name) return false;
    return true;
}

static_assert(is_complete());
static_assert(names_differ());

const Row& row_of(Ending ending) noexcept { return rows[static_cast<std::size_t>(ending)]; }

}  // namespace

std::string_view name_of(Ending ending) noexcept { return row_of(ending).name; }

std::optional<Ending> ending_named(std::string_view name) noexcept
{
    for (const Row& row : rows)
        if (!row.name.empty() && row.name == name) return row.ending;
    return std::nullopt;
}

Remedy remedy_of(Ending ending) noexcept { return row_of(ending).remedy; }

bool is_limit(Ending ending) noexcept
{
    return ending == Ending::limit_person || ending == Ending::limit_account || ending == Ending::limit_look_ups ||
        ending == Ending::limit_everybody;
}

StoredEnding StoredEnding::named(std::string_view name)
{
    StoredEnding stored;
    if (name.empty()) return stored;
    stored.ending_ = ending_named(name).value_or(Ending::unlisted);
    if (stored.ending_ == Ending::unlisted) stored.unlisted_ = std::string{name};
    return stored;
}

StoredEnding ending_of(const Problem& problem)
{
    return StoredEnding::named(problem.reason.empty() ? name_of(problem.code) : std::string_view{problem.reason});
}

}  // namespace countersign
