#include "handlers/views/card.hpp"

#include "handlers/core/text.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/card_facts.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/operation_words.hpp"
#include "handlers/views/reminders.hpp"
#include "handlers/views/words.hpp"

namespace countersign::views {

namespace {

constexpr std::size_t confirm_address_units_max = 200;

// The people whose press of Approve is still being checked.
std::string being_checked(const Request& request)
{
    std::string people;
    for (const Decision& claim : request.claims) people += (people.empty() ? "" : ", ") + slack::mention(claim.by);
    return people.empty() ? people : " · checking with Slack the approval by " + people;
}

std::string waiting(const Request& request)
{
    std::string checked = being_checked(request);
    if (request.approvals_needed < 2) return checked;
    if (request.approvals.empty()) return " · needs 2 approvals" + checked;
    return " · approved by " + approvers(request) + ", needs 1 more" + checked;
}

std::string done(const Request& request)
{
    return with_format(words_of(operation_of(request)).done, format_words(request.format)) + " " +
        slack::date(request.updated_at) + ", approved by " + approvers(request);
}

std::string approved(const Request& request)
{
    const std::string words = " · approved by " + approvers(request);
    if (!request.change_from) return words + ", " + std::string{words_of(operation_of(request)).begins};
    return words + "; nothing is changed before " + slack::date(*request.change_from) +
        ". Until then an approver can deny it, and the requester can cancel it";
}

// A word for the state, then what it means.
std::string state_line(const Request& request)
{
    std::string word = "*" + std::string{state_word(request.state)} + "*";
    const std::string by = request.decision ? " by " + slack::mention(request.decision->by) : std::string{};
    const std::string at = " " + slack::date(request.updated_at);
    switch (request.state)
    {
    case State::pending: return word + " for a team lead · " + std::string{kind(request)} + waiting(request);
    case State::approved: return word + approved(request);
    case State::executing:
        return word + " · approved by " + approvers(request) + ", " + std::string{words_of(operation_of(request)).runs};
    case State::checking:
        return word + " · Auth0's answer was lost; " + std::string{words_of(operation_of(request)).settles};
    case State::changed: return word + done(request);
    case State::denied:
        return word + by + at + ": " + slack::code_span(request.denial_reason, 600) + ". Nothing was changed.";
    case State::cancelled: return word + by + at + ". Nothing was changed.";
    case State::expired:
        return word + at + (request.asked ? ": nobody decided in time." : ": the requester did not say more in time.") +
            " Nothing was changed.";
    case State::refused:
    case State::failed:
    case State::unknown: return word + " · " + ending_sentences(request);
    case State::looking_up: return word + " · looking the account up in Auth0";
    case State::choosing: return word + " · the requester has to say more before a team lead is asked";
    }
    return word;
}

// The same in one line of text, for notifications and screen readers: without blocks there is nothing else.
std::string summary(const Request& request)
{
    return std::string{state_word(request.state)} + ": " + std::string{kind(request)} + " for " + person(request) +
        " (" + slack::code_span(request.email.str()) + "), asked for by " + slack::mention(request.requester);
}

std::string effect_words(const Request& request)
{
    return with_format(words_of(operation_of(request)).effect, format_words(request.format));
}

slack::Element approve_button(const Request& request)
{
    const PurposeWords words = words_of(request.purpose);
    slack::Confirm confirm;
    confirm.title = std::string{words.approve_title};
    const std::string address = slack::code_span(request.email.str(), confirm_address_units_max);
    confirm.text = effect_words(request) + " for " + person(request) + " (" + address + "), as asked for by " +
        slack::mention(request.requester) + ".";
    if (utf16_units(confirm.text) > slack::limits::confirm_text)
        confirm.text = effect_words(request) + " for " + address + ".";
    confirm.confirm = std::string{words.approve};
    confirm.deny = "Go back";
    slack::Button button{std::string{approve_action}, confirm.confirm, request.id.str()};
    button.style = slack::Style::primary;
    button.confirm = confirm;
    button.accessibility_label = "Approve the " + std::string{kind(request)} + " " + request.id.str();
    return slack::button(button);
}

// The dots say that it opens a form.
slack::Element deny_button(const Request& request)
{
    slack::Button button{std::string{deny_action}, "Deny…", request.id.str()};
    button.style = slack::Style::danger;
    button.accessibility_label = "Deny the " + std::string{kind(request)} + " " + request.id.str() + ", with a reason";
    return slack::button(button);
}

slack::Element details_button(const Request& request)
{
    slack::Button button{std::string{details_action}, "Details", request.id.str()};
    button.accessibility_label = "Show everything known about request " + request.id.str();
    return slack::button(button);
}

// Who asks for what.
std::string ask_line(const Request& request)
{
    return "*" + std::string{state_word(request.state)} + "* · " + slack::mention(request.requester) + " asks for a " +
        std::string{kind(request)} + waiting(request);
}

// Why, and on what proof.
std::string why_line(const Request& request, const Settings& settings)
{
    std::string words = "Why: " + reason(request);
    if (!request.case_number.empty()) words += " · ticket " + slack::code_span(request.case_number, 80);
    if (request.verification)
        words += " · verified: " + verification_method(request, settings);
    else if (!settings.verification.methods.empty())
        words += " · *caller not verified*";
    return words;
}

slack::Block footer(const Request& request)
{
    std::string words = "Request " + reference(request);
    if (request.state == State::pending)
    {
        words += " · expires " + slack::date(*request.expires_at);
        if (request.escalated_at) words += " · not decided in time: the second group may decide, too";
    }
    return slack::context({slack::Mrkdwn{words}});
}

// An approver is asked to look at three lines and at what is out of the ordinary.
std::vector<slack::Block> question(const Request& request, const Settings& settings, const std::string& mentioned)
{
    std::vector<slack::Block> blocks;
    blocks.push_back(slack::section(slack::Mrkdwn{
        mentioned + ask_line(request) + "\n" + person(request) + " · " + address(request, Visibility::whole) + "\n" +
        why_line(request, settings)}));
    for (slack::Block& block : unusual_facts(request, settings)) blocks.push_back(std::move(block));
    return blocks;
}

// How it ended, for which account, asked for by whom.
std::vector<slack::Block> outcome(const Request& request)
{
    std::string words = card_headline(request);
    const std::string block = block_words(request);
    if (!block.empty()) words += "\nBlocked: " + block;
    return {slack::section(slack::Mrkdwn{words})};
}

}  // namespace

std::string card_headline(const Request& request, Visibility sight)
{
    return state_line(request) + "\n" + person(request) + " · " + address(request, sight) + " · asked for by " +
        slack::mention(request.requester) + " " + slack::date(request.created_at);
}

slack::Message card(
    const Request& request, const Settings& settings, const std::optional<Freeze>& freeze, Audience audience)
{
    std::vector<slack::Block> blocks;
    const bool is_pending = request.state == State::pending;
    // Approved, it is held all the same.
    const bool is_held = is_pending || request.state == State::approved;
    if (is_held && freeze) blocks.push_back(slack::section(slack::Mrkdwn{frozen(*freeze)}));
    const bool calls = is_pending && audience == Audience::called;
    const std::string mentioned = calls ? mentions(settings.approval.approvers) : std::string{};
    for (slack::Block& block : is_pending ? question(request, settings, mentioned) : outcome(request))
        blocks.push_back(std::move(block));
    blocks.push_back(footer(request));

    std::vector<slack::Element> buttons;
    if (is_pending && !freeze) buttons.push_back(approve_button(request));
    if (is_pending || request.is_cooling()) buttons.push_back(deny_button(request));
    buttons.push_back(details_button(request));
    blocks.push_back(slack::actions("decision", buttons));
    return slack::message(mentioned + summary(request), blocks);
}

}  // namespace countersign::views
