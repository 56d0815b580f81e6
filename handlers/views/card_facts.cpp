#include "handlers/views/card_facts.hpp"

#include "handlers/views/facts.hpp"
#include "handlers/views/signals.hpp"

namespace countersign::views {

namespace {

constexpr std::size_t signals_bytes_max = 2'500;
constexpr std::string_view not_known = "not known";  // as far as the look-up came

std::string block_words(const Request& request)
{
    if (!request.account && !request.asked) return std::string{not_known};
    if (!request.account || !request.account->blocked) return "No";
    if (request.state == State::unknown && request.reblock == AfterCare::done)
        return "*Yes*; it was made sure that it still is";
    if (request.state == State::unknown && request.reblock == AfterCare::failed)
        return "*It was*, and it could not be made sure that it still is: look in Auth0";
    switch (request.reblock)
    {
    case AfterCare::done: return "*Yes*: Auth0 lifted the block with the change, and it was put back";
    case AfterCare::sending:
    case AfterCare::waiting: return "*Yes*: Auth0 lifted the block with the change; putting it back";
    case AfterCare::not_in_plan:
    case AfterCare::failed: return "*Lifted by the change and not put back*: block the account in Auth0 by hand";
    case AfterCare::not_needed: break;
    }
    return "*Yes*, by an administrator; it stays blocked";
}

std::string name_words(const Request& request)
{
    if (!request.names || !request.account) return person(request);
    const Account& account = *request.account;
    if (request.names->given == account.given_name && request.names->family == account.family_name)
        return person(request);
    const std::string there = account.given_name + " " + account.family_name;
    return person(request) + "\nentered by the requester; Auth0 has " +
        (there.size() > 1 ? slack::code_span(there, 250) : "no names");
}

std::string address_words(const Request& request, Sight sight)
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
    if (request.tier.empty() && !request.asked) return std::string{not_known};
    std::string words = request.tier.empty() ? "none" : slack::code_span(request.tier, 150);
    if (request.approvals_needed > 1) words += " · " + std::to_string(request.approvals_needed) + " approvals";
    if (request.cooling > std::chrono::seconds{0})
        words += " · waits " + duration(request.cooling) + " after the approval";
    return words;
}

slack::Block account_facts(const Request& request, const Settings& settings, Sight sight)
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
        fact("Blocked", block_words(request)),
        fact("Tier", tier_words(request)),
    };
    return slack::section(section);
}

slack::Block request_facts(const Request& request)
{
    slack::Section section;
    section.block_id = "request";
    section.fields = {
        fact("Ticket", request.ticket.empty() ? "_none_" : slack::code_span(request.ticket, 150)),
        fact("Asked for by", slack::mention(request.requester)),
        fact("Gets", request.asked ? format_words(request.format) : "not decided"),
        fact("Why", reason(request)),
    };
    return slack::section(section);
}

// Few and short; cut all the same, because a card that cannot be drawn helps nobody.
std::string signals(const Request& request)
{
    std::vector<Signal> shown = request.signals;
    std::string words = signal_list(shown);
    while (words.size() > signals_bytes_max)
    {
        shown.pop_back();
        words = signal_list(shown) + "\n• and more";
    }
    return words;
}

}  // namespace

std::vector<slack::Block> card_facts(const Request& request, const Settings& settings, Sight sight)
{
    std::vector<slack::Block> blocks{account_facts(request, settings, sight)};
    const std::string words = signals(request);
    if (!words.empty()) blocks.push_back(slack::section(slack::Mrkdwn{"*Look twice*\n" + words}));
    if (!request.lookalikes.empty())
        blocks.push_back(
            slack::context({slack::Mrkdwn{"Other accounts with this address: " + list(request.lookalikes)}}));
    blocks.push_back(request_facts(request));
    return blocks;
}

}  // namespace countersign::views
