#include "tests/demo/story/drawing.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <vector>

namespace demo {

namespace json = boost::json;

namespace {

std::string name_of(const slack::Workspace& workspace, const std::string& id)
{
    for (const auto& [known, user] : workspace.state().users)
        if (known == id) return "@" + user.real_name;
    return "@" + id;
}

std::string channel_of(const slack::Workspace& workspace, const std::string& id)
{
    for (const auto& [known, channel] : workspace.state().channels)
        if (known == id) return "#" + channel.name;
    return "#" + id;
}

// What stands for one <...> token.
std::string token(const slack::Workspace& workspace, const std::string& inside)
{
    const auto bar = inside.find('|');
    if (inside.rfind("@", 0) == 0) return name_of(workspace, inside.substr(1));
    if (inside.rfind("#", 0) == 0)
        return channel_of(workspace, inside.substr(1, bar == std::string::npos ? bar : bar - 1));
    return bar == std::string::npos ? inside : inside.substr(bar + 1);
}

void replace_all(std::string& text, const std::string& from, const std::string& to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

void add_lines(std::vector<std::string>& lines, const std::string& text)
{
    std::size_t begin = 0;
    for (;;)
    {
        const auto end = text.find('\n', begin);
        lines.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
        if (end == std::string::npos) return;
        begin = end + 1;
    }
}

std::string text_in(const json::object& holder)
{
    const json::value* text = holder.if_contains("text");
    if (text == nullptr) return {};
    if (text->is_string()) return std::string{text->get_string()};
    return std::string{text->at("text").as_string()};
}

void add_block(std::vector<std::string>& lines, const slack::Workspace& workspace, const json::object& block)
{
    const std::string type{block.at("type").as_string()};
    if (block.contains("text")) add_lines(lines, plain(workspace, text_in(block)));
    if (const json::value* fields = block.if_contains("fields"))
        for (const json::value& field : fields->as_array())
        {
            std::string fact = plain(workspace, text_in(field.as_object()));
            const auto line = fact.find('\n');
            if (line != std::string::npos) fact = fact.substr(0, line) + ": " + fact.substr(line + 1);
            lines.push_back("  " + fact);
        }
    const json::value* elements = block.if_contains("elements");
    if (elements == nullptr) return;
    std::string buttons;
    for (const json::value& element : elements->as_array())
    {
        const std::string words = plain(workspace, text_in(element.as_object()));
        if (element.at("type").as_string() == "button")
            buttons += (buttons.empty() ? "[ " : "  [ ") + words + " ]";
        else
            lines.push_back("(" + words + ")");
    }
    if (!buttons.empty()) lines.push_back(buttons);
}

}  // namespace

std::string plain(const slack::Workspace& workspace, std::string mrkdwn)
{
    std::string text;
    for (std::size_t at = 0; at < mrkdwn.size();)
    {
        const auto close = mrkdwn[at] == '<' ? mrkdwn.find('>', at) : std::string::npos;
        if (close == std::string::npos)
        {
            if (mrkdwn[at] != '*' && mrkdwn[at] != '`') text += mrkdwn[at];
            ++at;
            continue;
        }
        text += token(workspace, mrkdwn.substr(at + 1, close - at - 1));
        at = close + 1;
    }
    replace_all(text, "&lt;", "<");
    replace_all(text, "&gt;", ">");
    replace_all(text, "&amp;", "&");
    return text;
}

std::string draw(const slack::Workspace& workspace, const slack::Message& message)
{
    std::vector<std::string> lines;
    for (const json::value& block : message.blocks) add_block(lines, workspace, block.as_object());
    if (lines.empty()) add_lines(lines, plain(workspace, message.text));
    std::string drawn;
    for (const std::string& line : lines) drawn += "    | " + line + "\n";
    return drawn;
}

}  // namespace demo
