#include "handlers/views/refusal_words.hpp"

#include "handlers/slack/block_kit.hpp"

#include <array>
#include <string>
#include <utility>

namespace countersign::views {

namespace {

std::string subject(std::string_view what, const Settings& settings)
{
    if (what == "approvals_channel") return "messages in <#" + settings.approvals.str() + ">";
    if (what == "audit_channel") return "messages in <#" + settings.audit.str() + ">";
    if (what == "direct_messages") return "direct messages from Countersign";
    return "Countersign's token";
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> cures = {{
    {"channel_not_found", "Invite Countersign to the channel."},
    {"is_archived", "Unarchive the channel."},
    {"messages_tab_disabled", "Switch on the messages tab of the app (App Home)."},
    {"missing_scope", "Install the app again, with the scopes of its manifest."},
    {"not_in_channel", "Invite Countersign to the channel."},
    {"restricted_action", "Let apps post in the channel (its posting permissions)."},
    {"restricted_action_read_only_channel", "Let apps post in the channel (its posting permissions)."},
    {"token_expired", "Give Countersign a new bot token."},
    {"token_revoked", "Install the app again, and give Countersign the new bot token."},
}};

std::string_view cure(std::string_view reason)
{
    for (const auto& [code, words] : cures)
        if (code == reason) return words;
    return "The operator finds the reason in Slack's documentation.";
}

}  // namespace

slack::Message slack_refuses(std::string_view what, std::string_view reason, TimePoint since, const Settings& settings)
{
    const std::string words = "*Slack refuses* " + subject(what, settings) + " since " + slack::date(since) + " (" +
        slack::code_span(reason, 80) + "). " + std::string{cure(reason)} +
        " Nothing is lost yet: Countersign goes on trying for about half a day.";
    return slack::message(words, {slack::section(slack::Mrkdwn{words})});
}

}  // namespace countersign::views
