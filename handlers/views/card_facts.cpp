#include "handlers/views/card_facts.hpp"

#include "handlers/rules/risk_notes.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/operation_words.hpp"
#include "handlers/views/risk_words.hpp"

namespace countersign::views {

namespace {

constexpr std::size_t signals_bytes_max = 2'500;
constexpr std::string_view not_known = "not known";  // as far as the look-up came

// Of names that the requester entered instead of the account's; empty: there are none such.
std::string names_entered(const Request& request)
{
    if (!request.names || !request.account) return {};
    const Account& account = *request.account;
    if (request.names->given == account.given_name && request.names->family == account.family_name) return {};
    const std::string there = account.given_name + " " + account.family_name;
    return "entered by the requester; Auth0 has " + (there.size() > 1 ? slack::code_span(there, 250) : "no names");
}

std::string name_words(const Request& request)
{
    const std::string entered = names_entered(request);
    return entered.empty() ? person(request) : person(request) + "\n" + entered;
}

std::string blocked_or_not(const Request& request)
{
    if (!request.account && !request.asked) return std::string{not_known};
    const std::string words = block_words(request);
    return words.empty() ? "No" : words;
}

std::string address_words(const Request& request, Visibility sight)
{
    std::string words = address(request, sight);
    if (request.account && !request.account->email_verified) words += " (not verified)";
    return words;
}

std::string connection_words(const Request& request, const Settings& settings)
{
    if (request.connection.empty()) return std::string{not_known};
    std::string words = slack::escape_mrkdwn(request.connection, 150);
    if (request.connection != settings.usual_connection) words += " (not the usual one)";
    return words;
}

std::string tier_words(const Request& request)
{
    std::string words = request.tier.empty() ? "none" : slack::code_span(request.tier, 150);
    if (request.approvals_needed > 1) words += " · " + std::to_string(request.approvals_needed) + " approvals";
    if (request.cooling > std::chrono::seconds{0})
        words += " · waits " + duration(request.cooling) + " after the approval";
    return words;
}

slack::Block account_facts(const Request& request, const Settings& settings, Visibility sight)
{
    const Account* account = request.account ? &*request.account : nullptr;
    const bool is_new = request.asked && request.creates_account();
    const std::string none{is_new ? "no account yet: it is created" : not_known};
    slack::Section section;
    section.block_id = "facts";
    section.fields = {
        fact("Name", name_words(request)),
        fact("E-mail", address_words(request, sight)),
        fact("Connection", connection_words(request, settings)),
        fact("Caller verified by", verification(request, settings)),
        fact("Last login", account ? when(account->last_login, "never signed in") : none),
        fact("Last reset", account ? when(account->last_password_reset, "never") : none),
        fact("Blocked", blocked_or_not(request)),
    };
    if (!request.tier.empty() || request.approvals_needed > 1)
        section.fields.push_back(fact("Tier", tier_words(request)));
    return slack::section(section);
}

slack::Block request_facts(const Request& request)
{
    const std::string what = with_format(words_of(operation_of(request)).sets, format_words(request.format));
    slack::Section section;
    section.block_id = "request";
    section.fields = {
        fact("Ticket", request.case_number.empty() ? "_none_" : slack::code_span(request.case_number, 150)),
        fact("Asked for by", slack::mention(request.requester)),
        fact("What is set", request.asked ? what : "not decided"),
        fact("Why", reason(request)),
    };
    return slack::section(section);
}

// Few and short. Cut all the same: a card over Slack's limits would not be posted at all.
std::string risk_notes(std::vector<RiskNote> shown)
{
    std::string words = risk_list(shown);
    while (words.size() > signals_bytes_max)
    {
        shown.pop_back();
        words = risk_list(shown) + "\n• and more";
    }
    return words;
}

std::string other_accounts(const Request& request)
{
    return "Other accounts with this address: " + list(request.lookalikes);
}

// What the operator configured otherwise than as the usual.
std::string differences(const Request& request, const Settings& settings)
{
    std::string words;
    const auto add = [&words](const std::string& each) { words += (words.empty() ? "" : " · ") + each; };
    if (request.creates_account()) add("No account yet: one is created");
    const std::string signs_in_with = sign_in_address(request);
    if (!signs_in_with.empty() && signs_in_with != request.email.str())
        add("Signs in with " + slack::code_span(signs_in_with, 260));
    // Of several accounts it is said which is meant.
    if (request.connection != settings.usual_connection || !request.lookalikes.empty())
        add("Connection " + connection_words(request, settings));
    if (!request.tier.empty() || request.cooling > std::chrono::seconds{0}) add("Tier " + tier_words(request));
    if (row_of(operation_of(request)).sets_password && request.format != settings.password.format)
        add("Sets " + std::string{format_words(request.format)});
    return words;
}

}  // namespace

std::string block_words(const Request& request)
{
    if (!request.account || !request.account->blocked) return {};
    if (request.state == State::unknown && request.reblock == AfterChange::done)
        return "*Yes*; it was made sure that it still is";
    if (request.state == State::unknown && request.reblock == AfterChange::failed)
        return "*It was*, and it could not be made sure that it still is: look in Auth0";
    switch (request.reblock)
    {
    case AfterChange::done: return "*Yes*: Auth0 lifted the block with the change, and it was put back";
    case AfterChange::sending:
    case AfterChange::waiting: return "*Yes*: Auth0 lifted the block with the change; putting it back";
    case AfterChange::not_in_plan:
    case AfterChange::failed: return "*Lifted by the change and not put back*: block the account in Auth0 by hand";
    case AfterChange::not_needed: break;
    }
    return std::string{words_of(operation_of(request)).blocked};
}

std::vector<slack::Block> unusual_facts(const Request& request, const Settings& settings)
{
    // How many other accounts there are is seen where they are named.
    std::vector<RiskNote> rest = request.risk_notes;
    if (!request.lookalikes.empty())
        std::erase_if(rest, [](const RiskNote& each) { return each.code == rules::risk_code::other_accounts; });
    std::string twice = risk_notes(std::move(rest));
    const std::string entered = names_entered(request);
    if (!entered.empty()) twice = "• Names " + entered + (twice.empty() ? "" : "\n" + twice);
    std::vector<slack::Block> blocks;
    if (!twice.empty() || !request.lookalikes.empty()) twice = "*Look twice*" + (twice.empty() ? "" : "\n" + twice);
    if (!twice.empty()) blocks.push_back(slack::section(slack::Mrkdwn{twice}));
    // Each within Slack's limit for a text.
    if (!request.lookalikes.empty()) blocks.push_back(slack::section(slack::Mrkdwn{"• " + other_accounts(request)}));
    const std::string others = differences(request, settings);
    if (!others.empty()) blocks.push_back(slack::context({slack::Mrkdwn{others}}));
    return blocks;
}

std::vector<slack::Block> card_facts(const Request& request, const Settings& settings, Visibility sight)
{
    std::vector<slack::Block> blocks{account_facts(request, settings, sight)};
    const std::string words = risk_notes(request.risk_notes);
    if (!words.empty()) blocks.push_back(slack::section(slack::Mrkdwn{"*Look twice*\n" + words}));
    if (!request.lookalikes.empty()) blocks.push_back(slack::context({slack::Mrkdwn{other_accounts(request)}}));
    blocks.push_back(request_facts(request));
    return blocks;
}

}  // namespace countersign::views
