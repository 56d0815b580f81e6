#include "handlers/views/freeze_view.hpp"

#include "handlers/views/actions.hpp"
#include "handlers/views/not_now.hpp"

namespace countersign::views {

namespace {

using What = FreezeNotice::What;

slack::Block release_block(std::int64_t version)
{
    slack::Confirm confirm;
    confirm.title = "Release the freeze?";
    confirm.text = "Once two different approvers have released it, requests are decided, passwords are changed and "
                   "shown again. Is what the freeze was for over?";
    confirm.confirm = "Release freeze";
    confirm.deny = "Go back";
    slack::Button button{std::string{release_action}, "Release freeze", std::to_string(version)};
    button.style = slack::Style::danger;
    button.confirm = confirm;
    button.accessibility_label = "Release the freeze of password changes; two approvers have to";
    return slack::actions("freeze", {slack::button(button)});
}

std::string released(const Freeze& freeze)
{
    std::string by;
    for (const Decision& release : freeze.releases)
        by += (by.empty() ? "" : " and ") + slack::mention(release.by) + " " + slack::date(release.at);
    return "*Released* by " + by + ": passwords are changed again. Frozen it was by " + slack::mention(freeze.by) +
        " since " + slack::date(freeze.since) + ".";
}

}  // namespace

std::vector<slack::Block> freeze_banner(const FreezeSwitch& held, bool may_release)
{
    if (!held.freeze) return {};
    if (!may_release) return {slack::section(slack::Mrkdwn{frozen(*held.freeze)})};
    return {slack::section(slack::Mrkdwn{frozen(*held.freeze)}), release_block(held.version)};
}

slack::Message freeze_begun(const Freeze& freeze)
{
    return slack::Message{
        frozen(freeze) + "\nThe approvals channel and the audit channel are told. You may be one of the two."};
}

slack::Message frozen_already(const FreezeSwitch& held)
{
    const std::string words = "Nothing new was frozen. " + frozen(*held.freeze);
    return slack::message(words, {slack::section(slack::Mrkdwn{words}), release_block(held.version)});
}

slack::Message freeze_needs_reason()
{
    return slack::Message{
        "Nothing is frozen, and nothing was frozen now. To stop every password change at once, type "
        "`/password-freeze` and the reason: everybody is shown it. Two approvers have to release it again."};
}

slack::Message freeze_reason_too_long()
{
    return slack::Message{
        "Nothing was frozen: the reason is too long. Type `/password-freeze` and a reason of one sentence."};
}

slack::Message freeze_announcement(const FreezeNotice& notice, bool in_audit_channel)
{
    const std::string words = notice.what == What::released ? released(notice.freeze) : frozen(notice.freeze);
    std::vector<slack::Block> blocks{slack::section(slack::Mrkdwn{words})};
    if (notice.what != What::released && !in_audit_channel) blocks.push_back(release_block(notice.version));
    return slack::message(words, blocks);
}

std::string release_being_checked()
{
    return "Your release is noted. Everything is released as soon as Slack has told me that both who released it are "
           "approvers; I go on asking for an hour.";
}

std::string release_done(const FreezeNotice& notice, const std::set<SlackUserId>& lapsed)
{
    if (notice.what == What::released) return "Released: passwords are changed again.";
    if (!lapsed.empty())
    {
        std::string people;
        for (const SlackUserId& user : lapsed) people += (people.empty() ? "" : " and ") + slack::mention(user);
        return "Your release counts. That of " + people +
            " does not any more: they are no approver now. The freeze goes on until one more approver releases it.";
    }
    return "Your release counts. The freeze goes on until one more approver releases it.";
}

std::string release_refused(rules::ReleaseFault fault, const FreezeSwitch& held)
{
    switch (fault)
    {
    case rules::ReleaseFault::not_frozen: return "Your click changed nothing: the freeze is released already.";
    case rules::ReleaseFault::other_freeze:
        return "Your click changed nothing: this button belongs to an earlier freeze. " + frozen(*held.freeze);
    case rules::ReleaseFault::released_before:
        return "Your click changed nothing: you have released it already, and somebody else has to as well.";
    }
    return "Your click changed nothing.";
}

}  // namespace countersign::views
