#include "handlers/views/reminders.hpp"

#include "handlers/slack/block_kit.hpp"
#include "handlers/slack/payload.hpp"
#include "handlers/views/facts.hpp"

namespace countersign::views {

namespace {

std::string still_open(const Request& request)
{
    std::string words = "still waits for a decision. It was asked for " + slack::date(request.created_at);
    if (request.expires_at) words += " and expires " + slack::date(*request.expires_at);
    if (!request.approvals.empty()) words += "; one approval is there, one more is needed";
    return words + ".";
}

}  // namespace

std::string mentions(const Mentioned& people)
{
    std::string all;
    for (const SlackGroupId& group : people.groups)
        if (slack::is_slack_id(group.str())) all += "<!subteam^" + group.str() + "> ";
    for (const SlackUserId& user : people.users) all += slack::mention(user) + " ";
    return all;
}

slack::Message thread_line(const Request& request, ThreadLine line, const Settings& settings)
{
    const std::string subject = "The " + std::string{kind(request)} + " for " + person(request);
    const Mentioned& late = settings.approval.escalate_to;
    std::string who_decides = mentions(settings.approval.approvers);
    if (request.escalated_at) who_decides += mentions(late);
    switch (line)
    {
    case ThreadLine::reminder: return slack::Message{who_decides + "Reminder: this request " + still_open(request)};
    case ThreadLine::asked_for_reminder:
        return slack::Message{
            who_decides + slack::mention(request.requester) + " asks for a decision. This request " +
            still_open(request)};
    case ThreadLine::passed_on:
        return slack::Message{
            mentions(late) + subject + " " + still_open(request) +
            " Nobody decided it in time, so that you may decide it now, with the buttons of the card above."};
    }
    return slack::Message{"This request " + still_open(request)};
}

}  // namespace countersign::views
