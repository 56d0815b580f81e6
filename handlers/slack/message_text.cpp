#include "handlers/slack/message_text.hpp"

#include "handlers/core/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace countersign::slack {

namespace json = boost::json;

namespace {

// Where attachments, blocks, their fields and elements hold what people read, in the order in which they show it.
constexpr std::array<const char*, 9> spoken = {"pretext", "title",  "text",     "value",    "fallback",
                                               "fields",  "blocks", "elements", "accessory"};

class Lines
{
public:
    explicit Lines(std::size_t bytes_max) : bytes_max_{bytes_max} {}

    bool is_full() const { return text_.size() >= bytes_max_; }
    void add(std::string_view line)
    {
        if (line.empty()) return;
        if (!text_.empty()) text_ += '\n';
        text_ += line.substr(0, bytes_max_);
    }
    std::string all() const { return cut_to_bytes(text_, bytes_max_); }

private:
    std::size_t bytes_max_;
    std::string text_;
};

std::string_view string_at(const json::object& object, const char* key)
{
    const json::value* found = object.if_contains(key);
    return found != nullptr && found->is_string() ? std::string_view{found->get_string()} : std::string_view{};
}

// A link of rich text, as Slack writes links in texts. What would end it early is not one address anyway.
std::string link_of(const json::object& element)
{
    const std::string_view url = string_at(element, "url"), label = string_at(element, "text");
    return "<" + std::string{url} + (label.empty() ? "" : "|") + std::string{label} + ">";
}

// The document is at most json_depth_max deep.
void add_spoken(Lines& lines, const json::value& value)
{
    if (lines.is_full()) return;
    if (value.is_string()) lines.add(value.get_string());
    if (const json::array* all = value.if_array())
        for (const json::value& each : *all) add_spoken(lines, each);
    const json::object* object = value.if_object();
    if (object == nullptr) return;
    if (string_at(*object, "type") == "link") return lines.add(link_of(*object));
    for (const char* key : spoken)
        if (const json::value* found = object->if_contains(key)) add_spoken(lines, *found);
}

}  // namespace

std::string text_of_message(const json::value& message, std::size_t bytes_max)
{
    Lines lines{bytes_max};
    const json::object* object = message.if_object();
    if (object == nullptr) return {};
    for (const char* key : {"text", "attachments", "blocks"})
        if (const json::value* found = object->if_contains(key)) add_spoken(lines, *found);
    return lines.all();
}

}  // namespace countersign::slack
