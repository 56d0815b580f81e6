#include "handlers/views/card.hpp"

#include "handlers/core/text.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/words.hpp"

namespace countersign::views {

namespace {

constexpr std::size_t confirm_address_units_max = 200;

// The sentence that stands on top: a word for the state, then what it means.
std::string headline(const Request& request)
{
    std::string word = "*" + std::string{state_word(request.state)} + "*";
    const std::string by = request.decision ? " by " + slack::mention(request.decision->by) : std::string{};
    switch (request.state)
    {
    case State::pending: return word + " for a team lead · password reset";
    case State::approved: return word + " · approved" + by + ", about to change the password in Auth0";
    case State::executing: return word + " · approved" + by + ", changing the password in Auth0";
    case State::checking: return word + " · Auth0's answer was lost; finding out whether the password was changed";
    case State::changed:
        return word + " · password set to the standard format " + slack::date(request.updated_at) + ", approved" + by;
    case State::denied:
    case State::cancelled: return word + by + " " + slack::date(request.updated_at) + ". Nothing was changed.";
    case State::expired:
        return word + " " + slack::date(request.updated_at) + ": nobody decided in time. Nothing was changed.";
    case State::failed:
    case State::unknown: return word + " · " + std::string{ending_words(request.ending)};
    case State::looking_up:
    case State::choosing:
    case State::refused: break;
    }
    return word;
}

// The same in one line of text, for notifications and screen readers: without blocks there is nothing else.
std::string summary(const Request& request)
{
    return std::string{state_word(request.state)} + ": password reset for " + person(request) + " (" +
        slack::code_span(request.email.str()) + "), asked for by " + slack::mention(request.requester);
}

std::string block_words(const Request& request)
{
    if (!request.account->blocked) return "No";
    if (request.state == State::unknown && request.reblock == AfterCare::done)
        return "*Yes*; it was made sure that it still is";
    if (request.state == State::unknown && request.reblock == AfterCare::failed)
        return "*It was*, and it could not be made sure that it still is: look in Auth0";
    switch (request.reblock)
    {
    case AfterCare::done: return "*Yes*: Auth0 lifted the block with the change, and it was put back";
    case AfterCare::waiting: return "*Yes*: Auth0 lifted the block with the change; putting it back";
    case AfterCare::not_in_plan:
    case AfterCare::failed: return "*Lifted by the change and not put back*: block the account in Auth0 by hand";
    case AfterCare::not_needed: break;
    }
    return "*Yes*, by an administrator; it stays blocked";
}

std::string connection_words(const Request& request, const Settings& settings)
{
    std::string words = slack::escape_mrkdwn(request.connection, 150);
    if (request.connection != settings.usual_connection) words += " (not the usual one)";
    return words;
}

slack::Block facts(const Request& request, const Settings& settings)
{
    const Account& account = *request.account;
    std::string address = slack::code_span(request.email.str());
    if (!account.email_verified) address += " (not verified)";
    slack::Section section;
    section.block_id = "facts";
    section.fields = {
        fact("Name", person(request)),
        fact("E-mail", address),
        fact("Connection", connection_words(request, settings)),
        fact("Last login", when(account.last_login, "never signed in")),
        fact("Last reset", when(account.last_password_reset, "never")),
        fact("Blocked", block_words(request)),
        fact("Asked for by", slack::mention(request.requester)),
        fact("Why", reason(request)),
    };
    return slack::section(section);
}

slack::Element approve_button(const Request& request)
{
    slack::Confirm confirm;
    confirm.title = "Approve this reset?";
    confirm.text = "The password of " + person(request) + " (" +
        slack::code_span(request.email.str(), confirm_address_units_max) +
        ") is set to the standard format in Auth0, and their Auth0 sessions end.";
    if (utf16_units(confirm.text) > slack::limits::confirm_text)
        confirm.text = "The password of " + slack::code_span(request.email.str(), confirm_address_units_max) +
            " is set to the standard format in Auth0.";
    confirm.confirm = "Approve reset";
    confirm.deny = "Go back";
    slack::Button button{std::string{approve_action}, "Approve reset", request.id.str()};
    button.style = slack::Style::primary;
    button.confirm = confirm;
    button.accessibility_label = "Approve the password reset " + request.id.str();
    return slack::button(button);
}

slack::Element deny_button(const Request& request)
{
    slack::Button button{std::string{deny_action}, "Deny", request.id.str()};
    button.style = slack::Style::danger;
    button.accessibility_label = "Deny the password reset " + request.id.str();
    return slack::button(button);
}

slack::Block footer(const Request& request)
{
    std::string words = "Request " + reference(request);
    if (request.state == State::pending)
        words += " · expires " + slack::date(*request.expires_at) +
            " · you are asked because you are in the approvers group";
    std::vector<slack::Text> elements{slack::Mrkdwn{words}};
    if (!request.lookalikes.empty())
        elements.push_back(slack::Mrkdwn{"Other accounts with this address: " + list(request.lookalikes)});
    return slack::context(elements);
}

}  // namespace

slack::Message card(const Request& request, const Settings& settings)
{
    std::vector<slack::Block> blocks{slack::section(slack::Mrkdwn{headline(request)})};
    if (request.account) blocks.push_back(facts(request, settings));
    blocks.push_back(footer(request));
    if (request.state == State::pending)
        blocks.push_back(slack::actions("decision", {approve_button(request), deny_button(request)}));
    return slack::message(summary(request), blocks);
}

}  // namespace countersign::views
