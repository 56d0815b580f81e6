#include "handlers/views/details.hpp"

#include "handlers/slack/block_kit.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/card.hpp"
#include "handlers/views/card_facts.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/words.hpp"

#include <vector>

namespace countersign::views {

namespace {

std::string line(TimePoint at, const std::string& words) { return "\n• " + slack::date(at) + " · " + words; }

std::string change_lines(const Request& request)
{
    std::string lines;
    if (request.change_from) lines += line(*request.change_from, "the change may begin from then on");
    if (request.intent) lines += line(request.intent->started_at, "the change was begun");
    if (request.handover && request.handover->shown_at && request.handover->state != HandoverState::opening)
    {
        const bool is_link = handed_over_by(request) == HandedOver::link;
        lines += line(
            *request.handover->shown_at,
            std::string{is_link ? "the link" : "the password"} + " was shown to the requester");
    }
    return lines;
}

// What happened, as the request itself remembers it, in the order of time.
std::string history(const Request& request)
{
    std::string lines = "*History*" + line(request.created_at, "asked for by " + slack::mention(request.requester));
    for (const Decision& approval : request.approvals)
        lines += line(approval.at, "approved by " + slack::mention(approval.by));
    if (request.escalated_at) lines += line(*request.escalated_at, "passed on to the second group");
    if (request.reminded_at)
        lines += line(*request.reminded_at, "the last of " + std::to_string(request.reminders) + " reminders");
    if (request.decision && request.approvals.empty() && request.state != State::denied &&
        request.state != State::cancelled)
        lines += line(request.decision->at, "approved by " + slack::mention(request.decision->by));
    lines += change_lines(request);
    if (request.state == State::denied || request.state == State::cancelled)
        lines += line(
            request.updated_at,
            (request.state == State::denied ? "denied by " : "cancelled by ") + slack::mention(request.decision->by));
    else if (!request.is_open())
        lines += line(request.updated_at, "*" + std::string{state_word(request.state)} + "*");
    if (request.state == State::pending && request.expires_at)
        lines += line(*request.expires_at, "it expires if nobody decides");
    return lines;
}

slack::Block more_facts(const Request& request, Visibility sight)
{
    std::vector<slack::Text> fields;
    if (request.account)
    {
        const Account& account = *request.account;
        fields.push_back(fact("Account since", when(account.created_at, "not known")));
        fields.push_back(fact("Logins", std::to_string(account.logins_count)));
        if (sight == Visibility::whole)
        {
            fields.push_back(
                fact("Telephone", account.phone_number.empty() ? "none" : slack::code_span(account.phone_number, 60)));
            fields.push_back(fact("Auth0 id", slack::code_span(account.id.str(), 255)));
        }
    }
    if (request.asked) fields.push_back(fact("Approvals needed", std::to_string(request.approvals_needed)));
    fields.push_back(fact("Request", reference(request)));
    slack::Section section;
    section.fields = std::move(fields);
    return slack::section(section);
}

}  // namespace

boost::json::object details(
    const Request& request, const Settings& settings, const std::optional<Freeze>& freeze, Visibility sight)
{
    slack::Modal modal;
    modal.callback_id = std::string{details_view};
    modal.title = "Request details";
    modal.close = "Close";
    if (freeze) modal.blocks.push_back(slack::section(slack::Mrkdwn{frozen(*freeze)}));
    modal.blocks.push_back(slack::section(slack::Mrkdwn{card_headline(request, sight)}));
    for (slack::Block& block : card_facts(request, settings, sight)) modal.blocks.push_back(std::move(block));
    modal.blocks.push_back(more_facts(request, sight));
    modal.blocks.push_back(slack::section(slack::Mrkdwn{history(request)}));
    return slack::modal(modal);
}

}  // namespace countersign::views
