#include "handlers/views/requester_line.hpp"

#include "handlers/rules/link.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/outcome.hpp"
#include "handlers/views/words.hpp"

namespace countersign::views {

namespace {

std::string found(const Request& request)
{
    const std::string address = slack::code_span(request.email.str());
    const std::string connection = slack::escape_mrkdwn(request.connection, 150);
    if (request.creates_account())
        return "No account yet for " + address + ": one for " + person(request) + " is to be made in " + connection +
            ".";
    const Account& account = *request.account;
    return "Found " + person(request) + " · " + address + " · " + connection + " · last login " +
        when(account.last_login, "never") + (account.blocked ? " · *blocked*" : "");
}

std::string ending(const Request& request)
{
    std::string words = "*" + std::string{state_word(request.state)} + "* · " + slack::code_span(request.email.str()) +
        "\n" + ending_sentences(request);
    const std::string found = request.choice ? "Other accounts with this address: " : "Found: ";
    if (!request.lookalikes.empty()) words += "\n" + found + list(request.lookalikes) + ".";
    return words;
}

// How a request about which approvers were asked stands, to its end.
std::string standing(const Request& request, const Settings& settings)
{
    std::string word = "*" + std::string{state_word(request.state)} + "*";
    switch (request.state)
    {
    case State::pending:
        return "A team lead is asked in <#" + settings.approvals.str() +
            ">. You get a direct message once it is decided.";
    case State::approved:
        if (!request.is_cooling()) return word + " · approved by " + approvers(request) + ".";
        return word + " · approved. Nothing is changed before " + slack::date(*request.change_from) +
            ": until then you can cancel it.";
    case State::changed: return word + " · approved by " + approvers(request) + ". Look at my direct message.";
    case State::denied:
    case State::cancelled:
    case State::expired:
    case State::refused:
    case State::failed:
    case State::unknown: return word + " · " + outcome_words(request);
    default: return word;
    }
}

// What the requester has to do, in the order of the form.
std::string questions(const Request& request)
{
    std::string words;
    const auto add = [&](std::string_view what, std::string_view task) {
        if (!request.asks(what)) return;
        words += (words.empty() ? "" : ", ") + std::string{task};
    };
    add(question::account, "choose one of several accounts");
    add(question::person, "make sure that it is the right person");
    add(question::names, "check the names");
    add(question::details, "fill in what is missing");
    add(question::verification, "say how the caller was verified");
    return words.empty() ? "say what is still missing" : words;
}

}  // namespace

std::string requester_words(const Request& request, const Settings& settings)
{
    const std::string tail = "\nRequest " + reference(request);
    switch (request.state)
    {
    case State::looking_up: return "Looking up " + slack::code_span(request.email.str()) + " in Auth0…" + tail;
    case State::choosing:
        return "*" + std::string{state_word(request.state)} + "* · " + slack::code_span(request.email.str()) +
            "\nBefore a team lead is asked: " + questions(request) + "." + tail;
    case State::refused:
    case State::failed:
        if (!request.asked) return ending(request) + tail;
        break;
    default: break;
    }
    if (!request.asked)
        return "*" + std::string{state_word(request.state)} + "* · " + slack::code_span(request.email.str()) +
            ". Nothing was changed." + tail;
    std::string words = found(request) + "\n";
    if (!request.lookalikes.empty()) words += "Other accounts with this address: " + list(request.lookalikes) + ".\n";
    if (request.reason_was_cut)
        words +=
            "Your reason was longer than " + std::to_string(reason_units_max) + " characters: the rest is cut off.\n";
    return words + standing(request, settings) + tail;
}

std::vector<slack::Element> requester_buttons(const Request& request)
{
    std::vector<slack::Element> buttons;
    if (request.state == State::choosing) buttons.push_back(request_button(complete_action, "Continue…", request));
    if (offers_correction(request)) buttons.push_back(request_button(correct_action, "Change and ask again", request));
    if (!request.asked && rules::link_serves(request))
        buttons.push_back(request_button(link_action, "Ask for a link instead", request));
    if (request.state == State::pending) buttons.push_back(request_button(remind_action, "Remind", request));
    if (request.state == State::pending || request.state == State::choosing || request.is_cooling())
        buttons.push_back(request_button(cancel_action, "Cancel request", request));
    return buttons;
}

bool offers_correction(const Request& request)
{
    const bool has_ended = request.state == State::refused || request.state == State::failed;
    return has_ended && !request.asked && remedy_of(request.ending.value()) != Remedy::another_way;
}

slack::Message requester_line(const Request& request, const Settings& settings)
{
    const std::string words = requester_words(request, settings);
    const auto buttons = requester_buttons(request);
    if (buttons.empty()) return slack::Message{words};
    return slack::message(words, {slack::section(slack::Mrkdwn{words}), slack::actions("request", buttons)});
}

}  // namespace countersign::views
