#include "handlers/views/handover_view.hpp"
#include "handlers/views/notes.hpp"

#include "handlers/passwords/spelling.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/slack/rich_text.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/facts.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace countersign::views {

namespace {

constexpr std::string_view unreadable = "the sealed password is gone or damaged, and is destroyed. Make a new request.";

// Why nothing was shown, by the codes of rules/opening; any other is Slack's, when it did not open the window.
constexpr std::array reasons = {
    std::pair<std::string_view, std::string_view>{
        "rights_unknown", "I cannot check your rights, because Slack does not answer. Press again in a minute."},
    std::pair<std::string_view, std::string_view>{
        "former_window_open",
        "the window in which you opened it before is still there, and Slack does not let me empty it. Close it, then "
        "press the button again."},
    std::pair<std::string_view, std::string_view>{"nearly_over", "its five minutes are nearly over."},
    std::pair<std::string_view, std::string_view>{
        "too_late", "Slack took too long. Press the button again if it is still there."},
    std::pair<std::string_view, std::string_view>{
        "stopping", "Countersign is being restarted. Press the button again in a minute."},
    std::pair<std::string_view, std::string_view>{
        "replaced", "a later request has set another password since. This one is destroyed."},
    std::pair<std::string_view, std::string_view>{"credential_missing", unreadable},
    std::pair<std::string_view, std::string_view>{"credential_corrupt", unreadable},
};

bool is_link(const Request& request) { return handed_over_by(request) == HandedOver::link; }

// A window that shows nothing.
slack::Modal modal_of(const Request& request, int window)
{
    slack::Modal modal;
    modal.callback_id = handover_view;
    modal.title = is_link(request) ? "Link, for you alone" : "Password, for you alone";
    modal.close = "Close";
    modal.private_metadata = rules::handover_mark(request.id, window);
    modal.external_id = rules::handover_view_id(request.id, window);
    return modal;
}

// One that does. Closing it destroys nothing, submitting it does.
slack::Modal showing_modal(const Request& request, int window)
{
    slack::Modal modal = modal_of(request, window);
    modal.submit = "Close for good";
    modal.notify_on_close = true;
    return modal;
}

// An identity that was linked keeps the address that it had.
std::string signs_in_with(const Request& request)
{
    const std::string address = sign_in_address(request);
    if (address.empty() || address == request.email.str()) return {};
    return "\nSigns in with " + slack::code_span(address);
}

int newest_window(const Request& request) { return request.handover ? request.handover->windows : 0; }

slack::Block headline(const Request& request)
{
    const std::string what = is_link(request) ? "Password-change link" : "Password";
    return slack::section(slack::Mrkdwn{
        "*" + what + "* for " + person(request) + " · " + slack::code_span(request.email.str()) + " · request " +
        reference(request) + signs_in_with(request)});
}

std::string password_rules(const Request& request, const Settings& settings)
{
    std::string words =
        "*Passing it on*\n"
        "• Tell it to the person whose identity you have checked, and to nobody else: by voice, not in a chat, a "
        "ticket or an e-mail.\n"
        "• Capitals, accents and punctuation count.\n";
    const bool is_marked = request.after_change.contains(after_change::mark_must_change);
    words += settings.after_change.must_change && is_marked
        ? "• When they sign in with it on the web page, they are asked to choose a password of their own. It opens "
          "nothing else."
        : "• Ask them to change it right after they have signed in.";
    return words;
}

std::string link_rules(const Request& request, const Settings& settings)
{
    return "*Passing it on*\n"
           "• Whoever opens the link sets the password. Send it to the person whose identity you have checked, by a "
           "way that only they can read.\n"
           "• It works once, until " +
        slack::date(link_ends(request, settings)) +
        ". Do not open it yourself.\n"
        "• Nothing was changed yet: the old password works until the new one is set.";
}

slack::Block rules(const Request& request, const Settings& settings)
{
    return slack::section(
        slack::Mrkdwn{is_link(request) ? link_rules(request, settings) : password_rules(request, settings)});
}

slack::Element spell_button(const Request& request)
{
    slack::Button button{std::string{spell_action}, "Spell it out", request.id.str()};
    button.accessibility_label = "Spell the password out for the telephone";
    return slack::button(button);
}

slack::Block footer(const Request& request)
{
    const TimePoint over = request.handover ? rules::over_at(*request.handover) : request.updated_at + rules::shown_for;
    return slack::context({slack::Mrkdwn{
        "Until " + slack::date(over) +
        " you can close this window and open it again from my message. It empties itself then. *Close for good* "
        "destroys it now."}});
}

std::string when_shown(const Request& request)
{
    return request.handover && request.handover->shown_at ? " " + slack::date(*request.handover->shown_at)
                                                          : std::string{};
}

}  // namespace

TimePoint link_ends(const Request& request, const Settings& settings)
{
    return request.updated_at + settings.password.link_life;
}

boost::json::object handover_checking(const Request& request)
{
    slack::Modal modal = modal_of(request, newest_window(request));
    modal.title = "Checking…";
    modal.notify_on_close = true;
    const std::string what = is_link(request) ? "The link" : "The password";
    modal.blocks = {
        slack::section(slack::Mrkdwn{what + " comes here as soon as Slack has told me that you may see it."}),
        slack::context({slack::Mrkdwn{"If nothing comes within a minute, close this and press the button again."}})};
    return slack::modal(modal);
}

slack::SecretView handover(const Request& request, const Settings& settings, Secret credential)
{
    slack::Modal modal = showing_modal(request, newest_window(request));
    modal.blocks = {headline(request), slack::preformatted(slack::secret_place(0), "secret"), rules(request, settings)};
    if (!is_link(request)) modal.blocks.push_back(slack::actions("spelling", {spell_button(request)}));
    modal.blocks.push_back(footer(request));
    std::vector<Secret> secrets;
    secrets.push_back(std::move(credential));
    return slack::SecretView{slack::modal(modal), std::move(secrets)};
}

slack::SecretView spelled(const Request& request, const Settings& settings, Secret password)
{
    slack::Modal modal = showing_modal(request, request.handover ? request.handover->window : 0);
    modal.blocks = {
        headline(request),
        slack::preformatted(slack::secret_place(0), "secret"),
        slack::section(slack::Mrkdwn{"*Spelled out*, in this order"}),
        slack::preformatted(slack::secret_place(1), "spelled"),
        rules(request, settings),
        footer(request),
    };
    std::vector<Secret> secrets;
    secrets.push_back(std::move(password));
    secrets.push_back(passwords::spell_out(secrets.front()));
    return slack::SecretView{slack::modal(modal), std::move(secrets)};
}

boost::json::object handover_over(const Request& request, int window)
{
    slack::Modal modal = modal_of(request, window);
    const std::string what = is_link(request) ? "The link" : "The password";
    modal.blocks = {slack::section(slack::Mrkdwn{
        what + " was shown to you" + when_shown(request) +
        " and is gone: Countersign keeps no copy. If it was not passed on, my message says what to do.\nRequest " +
        reference(request)})};
    return slack::modal(modal);
}

boost::json::object handover_moved(const Request& request, int window)
{
    slack::Modal modal = modal_of(request, window);
    const std::string what = is_link(request) ? "The link" : "The password";
    modal.blocks = {slack::section(
        slack::Mrkdwn{what + " was opened again, in another window of yours.\nRequest " + reference(request)})};
    return slack::modal(modal);
}

std::string handover_unknown()
{
    return "Nothing was shown: this message does not belong to a request that I know. It may be a copy, or from before "
           "a reinstallation.";
}

std::string not_for_you() { return "Nothing was shown: only the person who made the request can see its password."; }

std::string not_allowed_to_see(rules::Denial denial)
{
    if (denial == rules::Denial::rights_unknown) return nothing_shown(name_of(denial));
    if (denial == rules::Denial::own_account)
        return "Nothing was shown: the account is your own, by the address of your Slack profile. Somebody else has to "
               "ask for its password.";
    if (denial == rules::Denial::own_account_unknown)
        return "Nothing was shown. " + standing_words(denial) + " Until the time is over you can press again.";
    return "Nothing was shown: you are not allowed to ask for passwords any more. Ask your Slack administrator if you "
           "think otherwise.";
}

std::string not_ready(const Request& request)
{
    const std::string what = is_link(request) ? "the link" : "the password";
    const std::string over = " It cannot be shown again: make a new request if it is still needed.";
    switch (request.handover->state)
    {
    case HandoverState::shown:
        if (request.handover->is_certain)
            return "Nothing was shown now: " + what + " was shown to you" + when_shown(request) + " and is gone." +
                over;
        return "Nothing was shown now: " + what + " may have been shown to you" + when_shown(request) +
            "; I could not find out whether it was." + over;
    case HandoverState::opening:
    case HandoverState::reopening:
        return "Nothing was shown now: your press " + slack::date(rules::pressed_at(*request.handover)) +
            " is opening " + what + ".";
    case HandoverState::destroyed: return "Nothing was shown: " + what + " was destroyed without being shown." + over;
    case HandoverState::ready:
    case HandoverState::expired: break;
    }
    return "Nothing was shown: " + what +
        " was not asked for in time and is destroyed. Make a new request if it is "
        "still needed.";
}

std::string frozen_handover(std::string_view who_and_why)
{
    return "Nothing was shown. " + std::string{who_and_why} +
        " If it is released in time, you can press again; after that, make a new request.";
}

std::string nothing_shown(std::string_view why)
{
    for (const auto& [code, words] : reasons)
        if (code == why) return "Nothing was shown: " + std::string{words};
    return "Nothing was shown: Slack did not open the window. Press the button again.";
}

std::string nothing_shown(const rules::OpeningEnd& end)
{
    if (end.denial) return not_allowed_to_see(*end.denial);
    return end.freeze.empty() ? nothing_shown(end.why) : frozen_handover(end.freeze);
}

}  // namespace countersign::views
