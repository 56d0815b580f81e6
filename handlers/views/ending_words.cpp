#include "handlers/views/ending_words.hpp"

#include <array>
#include <utility>

namespace countersign::views {

namespace {

using Row = std::pair<Ending, std::string_view>;

constexpr std::string_view otherwise =
    "Something went wrong that Countersign has no better words for. Tell your operator.";

// One row for each ending, in the order of the enumeration.
constexpr std::array endings = {
    Row{Ending::none, otherwise},
    Row{Ending::account_not_found,
        "Auth0 has no account with this e-mail address. Nothing was changed. Check the spelling with the customer, and "
        "ask what they type to sign in: who also signs in another way may have the account under another address."},
    Row{Ending::account_not_database,
        "This account has no password in Auth0: its owner signs in through another provider. Nothing was changed. The "
        "password has to be changed there."},
    Row{Ending::too_many_accounts,
        "More accounts have this e-mail address than can be shown. Nothing was changed. Ask an Auth0 administrator "
        "which one is meant."},
    Row{Ending::has_signed_in,
        "The account has been used before, so this is no first password. Nothing was changed. Ask for a reset: "
        "`/reset-password`."},
    Row{Ending::name_missing,
        "The first or the last name is missing, so the standard format cannot be made. Nothing was changed. Ask again, "
        "and give both names."},
    Row{Ending::password_too_long,
        "The account's names are too long for the standard format (72 bytes at most). Nothing was changed. Use a "
        "password-change link from Auth0 for this person."},
    Row{Ending::protected_account,
        "Accounts of this kind are protected: their passwords are not changed through Countersign. Ask your team lead "
        "for the way that is meant for them. Nothing was changed."},
    Row{Ending::verification_not_configured,
        "For this account it has to be recorded how the caller was verified, but no method is configured. Nothing was "
        "changed. Tell your operator."},
    Row{Ending::frozen, "Nothing was changed."},
    Row{Ending::frozen_too_long,
        "Everything was frozen until the approval was too old. Nothing was changed: ask again once it is released."},
    Row{Ending::limit_person, "A limit of requests is reached. Nobody was asked, and nothing was changed."},
    Row{Ending::limit_account,
        "The limit of requests for one account is reached. Nobody was asked, and nothing was changed."},
    Row{Ending::limit_look_ups, "A limit of look-ups is reached. Nobody was asked, and nothing was changed."},
    Row{Ending::limit_everybody,
        "The limit of requests of all people together is reached. Nobody was asked, and nothing was changed."},
    Row{Ending::policy_refuses,
        "Auth0 would refuse the standard format for this person, so nobody was asked and nothing was changed. An Auth0 "
        "administrator can send a password-change link; your operator can configure the passphrase or ticket format "
        "for such accounts. The reason: the password that the names make"},
    Row{Ending::no_passphrase_fits,
        "The connection's password policy takes no passphrase that Countersign can make. Nothing was changed. An Auth0 "
        "administrator can send a password-change link; your operator can configure the ticket format for such "
        "accounts."},
    Row{Ending::policy_unknown,
        "The connection demands something of passwords that Countersign does not know, so no passphrase can be made. "
        "Nothing was changed. An Auth0 administrator can send a password-change link; your operator can configure the "
        "ticket format for such accounts."},
    Row{Ending::profile_full,
        "The account's profile in Auth0 is full: it holds so much that Auth0 refuses to change it, the password too. "
        "Nothing was changed. Ask an Auth0 administrator to make its metadata smaller, then ask again."},
    Row{Ending::auth0_answer_too_large,
        "Auth0's answer about this account is larger than Countersign takes. Nothing was changed. Ask an Auth0 "
        "administrator to make the metadata of its accounts smaller, then ask again."},
    Row{Ending::never_applied,
        "Auth0 failed to carry the change out: the account was not touched, and Auth0's log shows no change by this "
        "request. Nothing was changed: ask again."},
    Row{Ending::password_disabled,
        "The accounts of this connection sign in without passwords: there is none to set. Nothing was changed. Ask an "
        "Auth0 administrator if you think otherwise."},
    Row{Ending::connection_unknown,
        "Auth0 does not show the account's connection to Countersign. Nothing was changed. Tell your operator."},
    Row{Ending::request_already_open,
        "Another request for this account is still open. Nothing was changed by this one. Wait until the other is "
        "decided."},
    Row{Ending::password_too_weak,
        "Auth0 refused the password as too weak for this connection's password policy. Nothing was changed. An Auth0 "
        "administrator can send a password-change link instead."},
    Row{Ending::password_used_before,
        "Auth0 refused the password because this account had it before. Nothing was changed. An Auth0 administrator "
        "can send a password-change link instead."},
    Row{Ending::password_too_common,
        "Auth0 refused the password because it is on the tenant's list of common passwords. Nothing was changed. An "
        "Auth0 administrator can send a password-change link instead."},
    Row{Ending::password_has_personal_data,
        "Auth0 refused the password because it holds the person's own data. Nothing was changed. An Auth0 "
        "administrator can send a password-change link instead."},
    Row{Ending::not_a_database_connection,
        "The connection in which the account was to be made does not keep passwords in Auth0. Nothing was changed. "
        "Tell your operator."},
    Row{Ending::account_exists,
        "Meanwhile there is an account with this e-mail address in the connection, made by somebody else. Nothing was "
        "changed. Ask again: if it was never used, its password can be set."},
    Row{Ending::no_email_address,
        "The account has no e-mail address, and Auth0 makes no link for such accounts. Nothing was changed. Ask an "
        "Auth0 administrator."},
    Row{Ending::foreign_link,
        "Auth0 made a link that leads to another host than the tenant's, so it is not handed over. Nothing was "
        "changed. Tell your operator."},
    Row{Ending::custom_domain_conflict,
        "The Auth0 tenant has several custom domains and no default, so that it makes neither accounts nor links. "
        "Nothing was changed. Tell your operator."},
    Row{Ending::password_format_unknown,
        "The request asks for a kind of password that this version does not know. Nothing was changed. Ask again."},
    Row{Ending::connection_disabled,
        "The account's connection is disabled in Auth0. Nothing was changed. Ask an Auth0 administrator."},
    Row{Ending::not_a_database_account, "Auth0 does not hold this account's password. Nothing was changed."},
    Row{Ending::rights_unknown,
        "Slack could not be asked whether the people involved still have the right. Nothing was changed: ask again "
        "when Slack answers."},
    Row{Ending::credential_corrupt,
        "The password that was made could not be read any more (was the vault key changed?). It was not sent: nothing "
        "was changed. Tell your operator, and ask again."},
    Row{Ending::account_gone, "The account does not exist in Auth0 any more. Nothing was changed."},
    Row{Ending::account_changed,
        "The account was changed in Auth0 after the approval was asked for. Nothing was changed by this request: ask "
        "again, so that the approver sees the account as it is now."},
    Row{Ending::approver_lost_right,
        "The person who approved is no longer allowed to. Nothing was changed: ask again."},
    Row{Ending::requester_lost_right, "The person who asked is no longer allowed to. Nothing was changed."},
    Row{Ending::channel_shared,
        "The approvals channel is shared with people of another company, so nothing is asked, decided or carried out "
        "in it. Nothing was changed: tell your operator, and ask again when it is shared no more."},
    Row{Ending::channel_public,
        "Everybody in this workspace can read the approvals channel, so nothing is asked, decided or carried out in "
        "it. Nothing was changed: tell your operator to make it private, then ask again."},
    Row{Ending::channel_unknown,
        "The approvals channel is archived, or Countersign cannot look at it any more, so nothing that was approved in "
        "it is carried out. Nothing was changed: tell your operator, and ask again when it is mended."},
    Row{Ending::no_link_for_new_account,
        "This address has no account yet, and here passwords are set by password-change links, which Auth0 makes only "
        "for accounts that exist. Nobody was asked, and nothing was changed. Have an Auth0 administrator make the "
        "account, then ask again; or your operator can configure another format for new accounts."},
    Row{Ending::one_person,
        "Two of the people who asked and approved are one person, by their ids in Slack or by the address of their "
        "profiles. Nothing was changed: ask again, and have somebody else approve."},
    Row{Ending::demands_more,
        "By now a password of this account takes more than what was approved: another format, a second approval, the "
        "caller's verification, or time to object. Nothing was changed: ask again, so that it is all done."},
    Row{Ending::own_account,
        "The account is that of the person who asked or approved, by the address of their Slack profile. Nothing was "
        "changed: somebody else has to ask, or to approve."},
    Row{Ending::own_account_unknown,
        "Slack does not tell the e-mail address of the person who asked or approved, so that nobody can tell whether "
        "the account is their own. Nothing was changed. Tell your operator: Countersign needs the scope "
        "`users:read.email`, and the workspace must not hide the addresses of profiles."},
    Row{Ending::card_not_posted,
        "The card could not be posted in the approvals channel, so that nobody could decide. Nothing was changed. Tell "
        "your operator, then ask again."},
    Row{Ending::response_too_large,
        "Auth0's answer about this account is larger than Countersign reads. Nothing was changed. Ask an Auth0 "
        "administrator to look at the account."},
    Row{Ending::auth0_unreachable,
        "Auth0 could not be reached for too long. Nothing was changed. Ask again once it answers; your operator knows "
        "more."},
    Row{Ending::too_old,
        "The request waited too long to be looked up. Nothing was changed. Ask again if it is still needed."},
    Row{Ending::approval_too_old,
        "The approval could not be carried out in time. Nothing was changed: ask again if it is still needed."},
    Row{Ending::auth0_credentials_refused,
        "Auth0 does not accept Countersign's credentials. Nothing was changed. Tell your operator."},
    Row{Ending::auth0_client_grant_missing,
        "Auth0 has not granted Countersign its Management API. Nothing was changed. Tell your operator."},
    Row{Ending::auth0_grant_type_not_allowed,
        "Auth0 has not allowed Countersign to sign in. Nothing was changed. Tell your operator."},
    Row{Ending::auth0_audience_misconfigured,
        "Auth0 does not accept Countersign's token. Nothing was changed. Tell your operator."},
    Row{Ending::auth0_options_scope_missing,
        "Countersign lacks the permission in Auth0 to read the connection's password policy. Nothing was changed. Tell "
        "your operator."},
    Row{Ending::auth0_scope_missing,
        "Countersign lacks a permission in Auth0. Nothing was changed. Tell your operator."},
    Row{Ending::auth0_token_refused,
        "Auth0 does not accept Countersign's token. Nothing was changed. Tell your operator."},
    Row{Ending::auth0_token_request_refused,
        "Auth0 refused to let Countersign sign in. Nothing was changed. Tell your operator."},
    Row{Ending::auth0_plan_missing, "The Auth0 plan does not include this. Nothing was changed. Tell your operator."},
    Row{Ending::invalid_request, "Auth0 refused the change. Nothing was changed. Tell your operator."},
    Row{Ending::inexistent_user, "The account does not exist in Auth0 any more. Nothing was changed."},
    Row{Ending::not_found, "The account does not exist in Auth0 any more. Nothing was changed."},
    Row{Ending::changed_by_someone,
        "The password was changed, but there is no proof that this request did it. Do not hand anything over: make a "
        "new request."},
    Row{Ending::answer_lost,
        "Auth0's answer was lost and the change could not be proved. Do not hand anything over: make a new request."},
    Row{Ending::unlisted, otherwise},
};

constexpr bool is_complete()
{
    if (endings.size() != endings_count) return false;
    for (std::size_t i = 0; i < endings.size(); ++i)
        if (endings[i].first != static_cast<Ending>(i)) return false;
    return true;
}

static_assert(is_complete());

}  // namespace

std::string_view ending_words(Ending ending) noexcept { return endings[static_cast<std::size_t>(ending)].second; }

}  // namespace countersign::views
