#include "handlers/views/outcome.hpp"

#include "handlers/core/email.hpp"
#include "handlers/rules/link.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/ending_words.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/operation_words.hpp"
#include "handlers/views/words.hpp"

namespace countersign::views {

namespace {

constexpr std::size_t denial_units_max = 700;
constexpr std::size_t denial_units_in_audit_max = 200;

std::string ended(const Request& request) { return "*" + std::string{state_word(request.state)} + "*"; }

std::string decided_by(const Request& request)
{
    if (!request.decision) return "nobody";
    const bool is_no = request.state == State::denied || request.state == State::cancelled;
    return is_no ? slack::mention(request.decision->by) : approvers(request);
}

std::string_view asked_for(const Request& request)
{
    const OperationWords words = words_of(operation_of(request));
    return words.asked_for.empty() ? words_of(request.purpose).kind : words.asked_for;
}

std::string done_sentence(const Request& request)
{
    const bool is_passphrase = request.format == PasswordFormat::passphrase;
    return with_format(
        words_of(operation_of(request)).sentence, is_passphrase ? "a random passphrase" : format_words(request.format));
}

std::string denial_sentence(const Request& request, std::size_t units_max)
{
    if (request.denial_reason.empty()) return {};
    return " Reason: " + slack::code_span(request.denial_reason, units_max);
}

// What the requester has to know about the outcome, as sentences.
std::string outcome_sentences(const Request& request, std::size_t reason_units_max)
{
    switch (request.state)
    {
    case State::changed:
        return done_sentence(request) + " Approved by " + decided_by(request) + " " +
            slack::date(request.decision->at) + ".";
    case State::denied:
        return "Denied by " + decided_by(request) + ". Nothing was changed." +
            denial_sentence(request, reason_units_max);
    case State::cancelled: return "Cancelled. Nothing was changed.";
    case State::expired:
        // No approver was asked while the requester had to say more.
        if (!request.asked)
            return "More was needed to be known and was not said in time. Nobody was asked to decide, and "
                   "nothing was changed. Ask again if it is still needed.";
        return "Nobody decided in time. Nothing was changed. Ask again if it is still needed.";
    case State::refused:
    case State::failed:
    case State::unknown: return ending_sentences(request);
    default: return "Still open.";
    }
}

// The same for people who did not ask. The words about a limit speak to the one who did.
std::string outcome_for_others(const Request& request)
{
    if (is_limit(request.ending.value())) return std::string{ending_words(request.ending.value())};
    return outcome_sentences(request, denial_units_in_audit_max);
}

// How a password that was shown, or may have been, is spoken of. A link that was passed on goes on working.
std::string shown_sentence(const Handover& handover, bool is_link)
{
    const std::string what = is_link ? "The link" : "The password";
    const std::string at = handover.shown_at ? " " + slack::date(*handover.shown_at) : std::string{};
    const std::string shown = handover.is_certain
        ? "\n" + what + " was shown to you" + at
        : "\n" + what + " may have been shown to you" + at + ": I could not find out whether it was";
    if (!handover.is_closed) return shown + ". Until " + slack::date(handover.until) + " you can open it again.";
    if (!handover.is_certain) return shown + ", so it counts as shown. It is gone now.";
    return shown +
        (is_link ? ". Countersign keeps no copy; where you passed it on it goes on working." : " and is gone.");
}

// Where the password, or the link, is now.
std::string handover_sentence(const Request& request)
{
    if (!request.handover) return {};
    const Handover& handover = *request.handover;
    const bool is_link = handed_over_by(request) == HandedOver::link;
    const std::string what = is_link ? "The link" : "The password";
    const std::string again =
        is_link ? " Ask again if it is still needed." : " Nobody knows it: ask again if it is still needed.";
    const std::string instead =
        !is_link && offers_link(request) ? " With a link the owner chooses one, whenever they have time." : "";
    switch (handover.state)
    {
    case HandoverState::ready:
        return "\n" + what + " waits for you until " + slack::date(handover.until) +
            ". You can see it for five minutes from the first look: have the customer ready first.";
    case HandoverState::opening: return "\n" + what + " is being opened for you.";
    case HandoverState::reopening: return "\n" + what + " is being opened for you again.";
    case HandoverState::shown:
        return shown_sentence(handover, is_link) +
            (offers_link(request)
                 ? " If the customer did not get it, ask for a" + std::string{is_link ? " new" : ""} + " link."
                 : std::string{});
    case HandoverState::expired: return "\n" + what + " was not asked for in time and is destroyed." + again + instead;
    case HandoverState::destroyed: return "\n" + what + " was destroyed without being shown." + again + instead;
    }
    return {};
}

// It waits to be shown, or was shown and has its time still.
bool offers_show(const Request& request)
{
    if (!request.handover) return false;
    const Handover& handover = *request.handover;
    return handover.state == HandoverState::ready || (handover.state == HandoverState::shown && !handover.is_closed);
}

}  // namespace

slack::Element show_button(const Request& request)
{
    const bool is_again = request.handover && request.handover->state == HandoverState::shown;
    const std::string what = handed_over_by(request) == HandedOver::link ? "link" : "password";
    const std::string often = is_again ? "again" : "once";
    slack::Button button{std::string{show_action}, "Show " + what + " " + often, request.id.str()};
    button.style = is_again ? slack::Style::normal : slack::Style::primary;
    button.accessibility_label = "Show the " + what + " of request " + request.id.str() + ", " + often;
    return slack::button(button);
}

namespace {

slack::Block show_block(const Request& request) { return slack::actions("handover", {show_button(request)}); }

slack::Block link_block(const Request& request)
{
    const bool is_link = handed_over_by(request) == HandedOver::link;
    const std::string words = is_link ? "Ask for a new link" : "Ask for a link instead";
    slack::Button button{std::string{link_action}, words, request.id.str()};
    button.accessibility_label = words + " of " + (is_link ? "" : "the password of ") + "request " + request.id.str();
    return slack::actions("handover", {slack::button(button)});
}

std::string reblock_sentence(const Request& request)
{
    if (request.state == State::unknown && request.reblock == AfterChange::done)
        return " The account was blocked before, and it was made sure that it still is.";
    if (request.reblock == AfterChange::done)
        return " The account was blocked before; Auth0 lifted the block with the change, and it was put back.";
    if (request.reblock == AfterChange::failed)
        return " *The account was blocked before and could not be blocked again: an Auth0 administrator has to do it.*";
    return {};
}

}  // namespace

std::string outcome_words(const Request& request) { return outcome_sentences(request, denial_units_max); }

bool offers_link(const Request& request)
{
    if (rules::link_serves(request)) return true;
    if (!request.handover || !request.account) return false;
    const Handover& handover = *request.handover;
    const bool is_link = handed_over_by(request) == HandedOver::link;
    switch (handover.state)
    {
    case HandoverState::ready:
    case HandoverState::opening:
    case HandoverState::reopening: return false;
    // A link that was shown goes on working.
    case HandoverState::shown: return handover.is_closed && (!is_link || !handover.is_certain);
    case HandoverState::expired: return true;
    case HandoverState::destroyed: return !is_link;
    }
    return false;
}

std::string no_link_offered() { return "Nothing was asked: this message offers no link any more."; }

slack::Message outcome_for_requester(const Request& request)
{
    const std::string text = ended(request) + " · " + std::string{asked_for(request)} + " for " +
        slack::code_span(request.email.str()) + "\n" + outcome_sentences(request, denial_units_max) +
        reblock_sentence(request) + handover_sentence(request) + "\nRequest " + reference(request);
    std::vector<slack::Block> blocks{slack::section(slack::Mrkdwn{text})};
    if (offers_show(request))
        blocks.push_back(show_block(request));
    else if (offers_link(request))
        blocks.push_back(link_block(request));
    return slack::message(text, blocks);
}

slack::Message outcome_for_audit(const Request& request, const AuditMark& mark, const Settings& settings)
{
    const std::string masked = slack::code_span(mask_email(request.email));
    const std::string text =
        ended(request) + " · " + std::string{asked_for(request)} + " " + reference(request) + " · account " + masked;
    slack::Section facts;
    facts.fields = {
        fact("Asked for by", slack::mention(request.requester)),
        fact(request.approvals.size() > 1 ? "Approved by" : "Decided by", decided_by(request)),
        fact("Asked", slack::date(request.created_at)),
        fact("Decided", request.decision ? slack::date(request.decision->at) : "never"),
        fact("Ended", slack::date(request.updated_at)),
        fact("Caller verified by", verification_method(request, settings)),
        fact("Ticket", request.case_number.empty() ? std::string{"_none_"} : slack::code_span(request.case_number, 80)),
        fact("Tier", request.tier.empty() ? std::string{"none"} : slack::escape_mrkdwn(request.tier, 150)),
        fact("Outcome", outcome_for_others(request) + reblock_sentence(request)),
    };
    const std::string chain = "Audit row " + std::to_string(mark.sequence) + " · head `" + mark.hash + "`";
    return slack::message(
        text + " · audit row " + std::to_string(mark.sequence),
        {slack::section(slack::Mrkdwn{text}), slack::section(facts), slack::context({slack::Mrkdwn{chain}})});
}

}  // namespace countersign::views
