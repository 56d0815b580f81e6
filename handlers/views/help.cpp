#include "handlers/views/help.hpp"

#include "handlers/rules/permissions.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/operation_words.hpp"

namespace countersign::views {

std::string rights_words(const Result<Member>& who)
{
    if (const auto denial = rules::may_act(who))
    {
        // Slack does not answer: the person's roles are not known.
        const bool is_known = *denial != rules::Denial::rights_unknown;
        return (is_known ? "You cannot use Countersign. " : "") + standing_words(*denial);
    }
    std::string can;
    const auto add = [&](bool holds, const std::string& what) {
        if (holds) can += (can.empty() ? "" : ", ") + what;
    };
    for (const Purpose purpose : rules::purposes_of(who)) add(true, "ask for " + std::string{words_of(purpose).kinds});
    add(who->holds(Role::approver), "decide requests of others, and stop everything");
    add(who->holds(Role::escalation), "decide what was passed on to you");
    add(who->holds(Role::auditor), "look at what ended");
    if (can.empty())
        return "You are in none of the user groups that Countersign works for. If you should be, ask your team lead to "
               "add you to one.";
    return "You can " + can + ".";
}

std::string help_words(const Settings& settings)
{
    std::string commands;
    for (const Purpose purpose : purposes) commands += "• " + std::string{words_of(purpose).help} + "\n";
    return "*How it goes*\n" + commands +
        "• The account is looked up, and what was found is shown to you alone. Then a team lead decides in <#" +
        settings.approvals.str() +
        ">; nobody decides their own request.\n"
        "• Once the change is proved, you get a direct message with a button that shows the password. It can be "
        "pressed for " +
        duration(settings.password.reveal_within) +
        "; from the first look you have five minutes. Pass it on by the way the caller was verified, never in a "
        "message.\n"
        "• `/password-freeze why` stops everything at once (approvers); two people release it.\n"
        "*When something goes wrong*\n"
        "Every message says whether something was changed, and what to do. \"Checking\" means that Auth0's answer was "
        "lost and is being settled: wait. Ask your team lead, and name the request's number.";
}

slack::Message help(const Result<Member>& who, const Settings& settings)
{
    const std::string rights = rights_words(who);
    return slack::message(
        rights, {slack::section(slack::Mrkdwn{rights}), slack::section(slack::Mrkdwn{help_words(settings)})});
}

}  // namespace countersign::views
