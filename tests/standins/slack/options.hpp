#pragma once

#include "tests/standins/slack/rate_limits.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace standins::slack {

// How a response_url that is spent, expired or unknown refuses: Slack has been seen to do either.
enum class SpentStyle
{
    not_found,
    ok_false
};

// What Slack's client knows of the app by its manifest.
struct SlashCommand
{
    std::string command;  // with its slash
    std::string usage_hint;
    std::string description;
};

enum class ShortcutKind
{
    global,
    message,
};

struct Shortcut
{
    ShortcutKind kind = ShortcutKind::global;
    std::string callback_id;
    std::string name;
    std::string description;
};

struct WorkspaceOptions
{
    std::string team_id = "T024BE7LD";
    std::string team_domain = "acme";
    std::string enterprise_id;  // empty: the workspace belongs to no Grid organisation
    std::string enterprise_name;
    std::string app_id = "A019UV9PCQN";
    std::string bot_user_id = "U019BOT00";
    std::string bot_id = "B019DESK0";
    std::string bot_name = "access-desk";
    std::string bot_token;       // demanded
    std::string signing_secret;  // demanded
    std::set<std::string> scopes = {"commands",         "chat:write",      "im:write",         "users:read",
                                    "users:read.email", "usergroups:read", "channels:read",    "groups:read",
                                    "im:read",          "channels:join",   "channels:history", "groups:history"};
    // Scheme and authority under which the bot reaches this workspace, without a slash at the end.
    std::string api_base_url = "https://slack.test";
    // Where the bot listens.
    std::string commands_path = "/slack/commands";
    std::string interactions_path = "/slack/interactions";
    std::string events_path = "/slack/events";

    std::vector<SlashCommand> commands;
    std::vector<Shortcut> shortcuts;
    bool should_escape = true;           // the manifest's switch for links and mentions in a command's text
    bool addresses_become_links = true;  // a typed a@b.c arrives as <mailto:a@b.c|a@b.c>
    bool home_tab_enabled = true;
    bool messages_tab_enabled = true;
    bool messages_tab_read_only = false;
    bool old_trigger_errors = false;  // `invalid_arguments` with a sentence, as older deployments answer
    SpentStyle spent_style = SpentStyle::not_found;
    bool response_url_answers_json = false;  // {"ok":true} instead of the text ok
    RateLimitOptions rates;
    std::uint64_t seed = 1;  // of ids, trigger ids and response_urls
};

}  // namespace standins::slack
