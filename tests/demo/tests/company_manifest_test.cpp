#include "tests/demo/company/company.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

// The demo's Slack knows the app by what deploy/slack-manifest.yaml tells the real one. Read line by line: the file is
// ours, and a YAML parser only for it would be one more dependency.

namespace {

struct Line
{
    std::size_t indent = 0;
    std::string text;  // without indent and comments
};

std::vector<Line> manifest()
{
    std::ifstream file{COUNTERSIGN_MANIFEST};
    REQUIRE(file);
    std::vector<Line> lines;
    for (std::string line; std::getline(file, line);)
    {
        const auto begin = line.find_first_not_of(' ');
        if (begin != std::string::npos && line[begin] != '#') lines.push_back({begin, line.substr(begin)});
    }
    return lines;
}

// The lines below "NAME:".
std::vector<Line> below(const std::vector<Line>& lines, const std::string& name)
{
    auto at = std::find_if(lines.begin(), lines.end(), [&](const Line& line) { return line.text == name + ':'; });
    if (at == lines.end()) return {};
    const auto indent = at->indent;
    const auto end = std::find_if(++at, lines.end(), [&](const Line& line) { return line.indent <= indent; });
    return {at, end};
}

// The values of "NAME: VALUE" and "- NAME: VALUE", in order.
std::vector<std::string> values(const std::vector<Line>& lines, const std::string& name)
{
    std::vector<std::string> found;
    for (const Line& line : lines)
    {
        const std::string text = line.text.starts_with("- ") ? line.text.substr(2) : line.text;
        if (!text.starts_with(name + ": ")) continue;
        std::string value = text.substr(name.size() + 2);
        // In quotes when YAML would take it for a list.
        if (value.size() > 1 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
        found.push_back(std::move(value));
    }
    return found;
}

bool is_on(const std::vector<Line>& lines, const std::string& name)
{
    return values(lines, name) == std::vector<std::string>{"true"};
}

standins::slack::WorkspaceOptions demo_options()
{
    boost::asio::io_context context;
    demo::Company company{context, "/bin/true"};
    return company.slack.options();
}

}  // namespace

TEST_CASE("the demo's Slack offers the commands and shortcuts of the app's manifest", "[company]")
{
    const auto options = demo_options();
    const auto commands = below(manifest(), "slash_commands");
    std::vector<std::string> names, hints, descriptions;
    for (const auto& command : options.commands)
    {
        names.push_back(command.command);
        if (!command.usage_hint.empty()) hints.push_back(command.usage_hint);
        descriptions.push_back(command.description);
    }
    CHECK(values(commands, "command") == names);
    CHECK(values(commands, "usage_hint") == hints);
    CHECK(values(commands, "description") == descriptions);

    const auto shortcuts = below(manifest(), "shortcuts");
    std::vector<std::string> kinds, callback_ids, titles;
    for (const auto& shortcut : options.shortcuts)
    {
        kinds.emplace_back(shortcut.kind == standins::slack::ShortcutKind::global ? "global" : "message");
        callback_ids.push_back(shortcut.callback_id);
        titles.push_back(shortcut.name);
    }
    CHECK(values(shortcuts, "type") == kinds);
    CHECK(values(shortcuts, "callback_id") == callback_ids);
    CHECK(values(shortcuts, "name") == titles);
}

TEST_CASE("the demo's Slack grants the scopes and the tabs of the app's manifest, no more", "[company]")
{
    const auto options = demo_options();
    std::set<std::string> scopes;
    for (const Line& line : below(manifest(), "bot")) scopes.insert(line.text.substr(std::string{"- "}.size()));
    CHECK(options.scopes == scopes);
    const auto home = below(manifest(), "app_home");
    CHECK(options.home_tab_enabled == is_on(home, "home_tab_enabled"));
    CHECK(options.messages_tab_enabled == is_on(home, "messages_tab_enabled"));
    CHECK(options.messages_tab_read_only == is_on(home, "messages_tab_read_only_enabled"));
    const std::vector<std::string> escaped(options.commands.size(), options.should_escape ? "true" : "false");
    CHECK(values(below(manifest(), "slash_commands"), "should_escape") == escaped);
    CHECK(options.bot_name == values(manifest(), "display_name").front());
}
