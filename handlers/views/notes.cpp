#include "handlers/views/notes.hpp"

#include "handlers/core/email.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/views/operation_words.hpp"
#include "handlers/views/words.hpp"

namespace countersign::views {

namespace {

std::string usage(Purpose purpose) { return std::string{words_of(purpose).usage}; }

}  // namespace

std::string standing_words(rules::Denial denial)
{
    switch (denial)
    {
    case rules::Denial::rights_unknown:
        return "Slack has not told me yet who you are, so that I cannot check your rights. Try again in a minute.";
    case rules::Denial::other_workspace: return "Countersign serves only people of the workspace it was set up for.";
    case rules::Denial::deactivated: return "Your Slack account is deactivated.";
    case rules::Denial::guest: return "Guests cannot use Countersign.";
    case rules::Denial::bot: return "Apps and bots cannot use Countersign.";
    case rules::Denial::own_account_unknown:
        return "Slack does not tell me your e-mail address, so that nobody can tell whether an account is your own. "
               "Tell your operator: Countersign needs the scope `users:read.email`, and the workspace must not hide "
               "the addresses of profiles.";
    case rules::Denial::channel_shared:
        return "The approvals channel is shared with people of another company, so nothing is decided in it. Tell your "
               "operator.";
    case rules::Denial::channel_public:
        return "Everybody in this workspace can read the approvals channel, so nothing is decided in it. Tell your "
               "operator to make it private.";
    case rules::Denial::channel_unknown:
        return "I cannot see at the moment who is in the approvals channel, so nothing is decided. Try again in some "
               "minutes; if it stays so, tell your operator.";
    default: return {};
    }
}

slack::Message looking_up(const Request& request)
{
    return slack::Message{
        "Looking up " + slack::code_span(request.email.str()) + " in Auth0… (request " + request.id.str() + ")"};
}

std::string email_fault(const boost::system::error_code& fault)
{
    if (fault == make_error_code(EmailFault::empty)) return "Whose password?";
    if (fault == make_error_code(EmailFault::look_alike))
        return "That address has letters outside A to Z. Addresses with such letters cannot be served; if the real one "
               "has none, a letter in it only looks like the right one.";
    if (fault == make_error_code(EmailFault::typographic))
        return "That address has a curly apostrophe or a long dash where it should have ' or -. Telephones put them in "
               "by themselves: switch smart punctuation off, or copy the address from where it is written.";
    if (fault == make_error_code(EmailFault::several))
        return "That is more than one address. Ask for one person at a time.";
    if (fault == make_error_code(EmailFault::label_differs))
        return "That link shows one address and means another. Type the address that is meant.";
    if (fault == make_error_code(EmailFault::too_long)) return "That address is too long to be one.";
    return "I could not read that as an e-mail address: type the address alone, then what you want to say.";
}

slack::Message how_to_ask(const boost::system::error_code& fault, Purpose purpose)
{
    return slack::Message{email_fault(fault) + " Nothing was requested. " + usage(purpose)};
}

std::string not_allowed_to_ask(rules::Denial denial)
{
    std::string words = standing_words(denial);
    if (denial == rules::Denial::not_an_implementer)
        words =
            "First passwords are asked for by the implementation user group. For somebody who has signed in before, "
            "use `/reset-password`.";
    else if (denial == rules::Denial::own_account)
        words = "This is the address of your Slack profile, and nobody asks for their own account: somebody else has "
                "to ask for it.";
    else if (words.empty())
        words = "You are in none of the groups that may ask for a password reset. If you should be, ask your team lead "
                "to add you to the support or implementation user group.";
    return "Nothing was requested. " + words;
}

std::string open_request(const Request& other)
{
    return "It is `" + other.id.str() + "`, asked for by " + slack::mention(other.requester) + " " +
        slack::date(other.created_at) + ", and stands at *" + std::string{state_word(other.state)} + "*.";
}

std::string answered_before(const Request& request)
{
    return "Nothing was done: the request does not wait for this any more. It is *" +
        std::string{state_word(request.state)} + "*.";
}

slack::Message unknown_command()
{
    return slack::Message{"I do not know this command. Nothing was done. " + usage(Purpose::reset)};
}

std::string unknown_button()
{
    return "Nothing was done: this belongs to another version of Countersign. Open my Home, or type `/password-help`.";
}

std::string unknown_form()
{
    return "Nothing was done: this form belongs to another version of Countersign. Close it, and ask again with "
           "`/reset-password`.";
}

std::string not_allowed_to_decide(rules::Denial denial)
{
    std::string words = standing_words(denial);
    if (denial == rules::Denial::own_request)
        words = "This is your own request: somebody else in the approvers group has to decide it.";
    else if (denial == rules::Denial::own_account)
        words = "This request is about your own account, by the address of your Slack profile: somebody else in the "
                "approvers group has to decide it.";
    else if (words.empty())
        words = "Only the approvers user group decides here. If you should be in it, ask your team lead.";
    return "Nothing was decided. " + words;
}

std::string decided_already(const Request& request)
{
    std::string words =
        "Your click changed nothing: this request is already *" + std::string{state_word(request.state)} + "*";
    if (request.decision)
    {
        std::string what = ", approved by ";
        if (request.state == State::denied) what = ", denied by ";
        if (request.state == State::cancelled) what = ", cancelled by ";
        words += what + slack::mention(request.decision->by) + " " + slack::date(request.decision->at);
    }
    else
        words += " since " + slack::date(request.updated_at);
    return words + ".";
}

std::string expired_before_decision()
{
    return "Nothing was decided: the request had expired when you clicked. It has to be asked for again.";
}

std::string expired_before_press()
{
    return "Nothing was done: the request had expired when you clicked. It has to be asked for again.";
}

std::string card_unknown()
{
    return "Nothing was decided: this card does not belong to a request that I know. It may be a copy, or from before "
           "a reinstallation.";
}

std::string approved_before()
{
    return "Your click changed nothing: you have approved this request already. It needs a second approval, by "
           "somebody "
           "else.";
}

std::string approval_being_checked()
{
    return "Your click changed nothing: you have pressed Approve already, and Slack is being asked. The card says what "
           "comes of it, within half a minute.";
}

std::string too_many_approvals()
{
    return "Nothing was approved: others have pressed Approve just before you, and Slack is being asked about them. "
           "If the request still waits in half a minute, press again.";
}

std::string approval_not_checked(rules::Denial unanswered)
{
    const std::string what =
        unanswered == rules::Denial::channel_unknown ? "who can read the approvals channel" : "whether you may approve";
    return "Nothing was approved: Slack did not say in time " + what +
        ". The request waits as before: press Approve again in a minute.";
}

std::string nothing_while_frozen(std::string_view why) { return "Nothing was approved. " + std::string{why}; }

std::string not_allowed_to_act(rules::Denial denial)
{
    std::string words = standing_words(denial);
    if (denial == rules::Denial::own_account)
        words = "The account is your own, by the address of your Slack profile: somebody else has to ask for it.";
    else if (words.empty())
        words =
            "You are in none of the groups that may ask for this any more. You can still cancel what you asked for.";
    return "Nothing was done. " + words;
}

std::string not_yours() { return "Nothing was done: only the person who made the request can do that."; }

std::string cannot_be_cancelled(const Request& request)
{
    if (request.state == State::executing || request.state == State::checking)
        return "It is too late to cancel: " + std::string{words_of(operation_of(request)).at_present} +
            " at this moment. Nothing was cancelled.";
    return "Nothing was cancelled: the request is *" + std::string{state_word(request.state)} + "* since " +
        slack::date(request.updated_at) + ".";
}

std::string cancelled() { return "Cancelled. Nothing was changed."; }

std::string cannot_be_reminded(const Request& request)
{
    return "Nobody was reminded: the request does not wait for a team lead. It is *" +
        std::string{state_word(request.state)} + "*.";
}

std::string reminded_lately(TimePoint again_at)
{
    return "Nobody was reminded: the last reminder is less than ten minutes old. Try again from " +
        slack::date(again_at) + " on.";
}

std::string reminded() { return "The team leads are reminded in the thread of the card."; }

std::string nothing_to_see(rules::Denial denial)
{
    std::string words = standing_words(denial);
    if (words.empty()) words = "Details are for the approvers, the auditors and the person who asked.";
    return "Nothing was shown. " + words;
}

std::string window_not_opened(bool is_certain)
{
    if (is_certain) return "The window did not open, and nothing was done. Try again.";
    return "Slack did not say whether the window opened. If it did not, nothing was done: try again.";
}

std::string not_allowed_to_freeze(rules::Denial denial)
{
    std::string words = standing_words(denial);
    if (denial == rules::Denial::own_account_unknown)
        words = "Two different people have to release, and Slack does not tell me your e-mail address, by which people "
                "are told apart. Tell your operator: Countersign needs the scope `users:read.email`, and the workspace "
                "must not hide the addresses of profiles.";
    if (words.empty()) words = "Only the approvers user group freezes and releases. Ask a team lead at once.";
    return "Nothing was frozen or released. " + words;
}

}  // namespace countersign::views
