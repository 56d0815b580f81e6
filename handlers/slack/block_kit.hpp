#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"
#include "handlers/slack/message.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Block Kit, typed (handlers/slack/CONTRACT.md, "Block Kit"). Limits are Slack's, counted in UTF-16 units; what breaks
// one is our own mistake and throws std::length_error: views truncate what people typed before it comes here.
namespace countersign::slack {

namespace limits {

inline constexpr std::size_t message_blocks = 50;
inline constexpr std::size_t view_blocks = 100;
inline constexpr std::size_t message_text = 4000;
inline constexpr std::size_t view_bytes = 250'000;
inline constexpr std::size_t id = 255;
inline constexpr std::size_t private_metadata = 3000;
inline constexpr std::size_t view_title = 24;  // also submit and close
inline constexpr std::size_t text = 3000;
inline constexpr std::size_t field_text = 2000;
inline constexpr std::size_t fields = 10;
inline constexpr std::size_t header_text = 150;
inline constexpr std::size_t context_elements = 10;
inline constexpr std::size_t action_elements = 25;
inline constexpr std::size_t button_text = 75;
inline constexpr std::size_t button_value = 2000;
inline constexpr std::size_t url = 3000;
inline constexpr std::size_t accessibility_label = 75;
inline constexpr std::size_t confirm_title = 100;
inline constexpr std::size_t confirm_text = 300;
inline constexpr std::size_t confirm_button = 30;
inline constexpr std::size_t option_text = 75;  // also value and description
inline constexpr std::size_t select_options = 100;
inline constexpr std::size_t choice_options = 10;  // radio buttons, check boxes
inline constexpr std::size_t input_label = 2000;   // also hint
inline constexpr std::size_t placeholder = 150;
inline constexpr std::size_t input_length = 3000;

}  // namespace limits

// --- mrkdwn ---------------------------------------------------------------------------------------------------------

// & < > become entities, once: nothing in `text` can mention, link or notify any more.
std::string escape_mrkdwn(std::string_view text);
// The same, of as much of `text` as fits into `units_max` units once escaped; with an ellipsis when cut.
std::string escape_mrkdwn(std::string_view text, std::size_t units_max);
// What somebody typed, shown as it is: escaped, one line, backticks replaced, between backticks; invisible characters
// dropped. At most `units_max` units with the backticks. "(empty)" for an empty text: a code span cannot be empty.
std::string code_span(std::string_view text, std::size_t units_max = 300);
// <@U...>: notifies when posted. Throws std::invalid_argument for what is no id.
std::string mention(const SlackUserId& user);
// Each reader sees local time; the fallback is UTC.
std::string date(TimePoint at);

// --- composition objects --------------------------------------------------------------------------------------------

// A text object. Neither kind expands :emoji: names; mrkdwn is verbatim, so addresses do not become links.
struct Text
{
    boost::json::object json;
    std::size_t units = 0;
};
struct PlainText : Text
{
    explicit PlainText(std::string_view text);
};
struct Mrkdwn : Text
{
    explicit Mrkdwn(std::string_view escaped);
};

enum class Style
{
    normal,
    primary,
    danger,
};

// Asked by Slack's client before the click counts: no proof that anybody saw it.
struct Confirm
{
    std::string title;
    std::string text;  // mrkdwn, escaped
    std::string confirm;
    std::string deny;
    Style style = Style::normal;
};

struct Option
{
    std::string text;
    std::string value;
    std::string description = {};
};

// --- elements -------------------------------------------------------------------------------------------------------

struct Element
{
    boost::json::object json;
};

struct Button
{
    std::string action_id;
    std::string text;
    std::string value = {};
    Style style = Style::normal;
    std::optional<Confirm> confirm = {};
    std::string accessibility_label = {};
    std::string url = {};
};
Element button(const Button& button);

struct TextInput
{
    std::string action_id;
    std::string initial_value = {};
    std::string placeholder = {};
    bool multiline = false;
    bool focus_on_load = false;
    std::optional<std::size_t> min_length = {};
    std::optional<std::size_t> max_length = {};
};
Element plain_text_input(const TextInput& input);
Element email_input(const TextInput& input);  // without multiline and lengths

struct Choice
{
    std::string action_id;
    std::vector<Option> options;
    std::vector<std::string> chosen = {};  // values; at most one
    std::string placeholder = {};          // of a select
    std::optional<Confirm> confirm = {};
};
Element static_select(const Choice& choice);
Element radio_buttons(const Choice& choice);

// --- blocks ---------------------------------------------------------------------------------------------------------

struct Block
{
    boost::json::object json;
};

struct Section
{
    std::optional<Text> text = {};
    std::vector<Text> fields = {};  // drawn in two columns
    std::optional<Element> accessory = {};
    std::string block_id = {};
};
Block section(const Section& section);
Block section(const Text& text);
Block header(std::string_view text);
Block context(const std::vector<Text>& elements);
Block divider();
Block actions(std::string_view block_id, const std::vector<Element>& elements);

struct Input
{
    std::string block_id;
    std::string label;
    Element element;
    std::string hint = {};
    bool optional = false;
    bool dispatch_action = false;
};
Block input(const Input& input);

// --- surfaces -------------------------------------------------------------------------------------------------------

// `text`: escaped mrkdwn for notifications and screen readers, never empty.
Message message(std::string text, const std::vector<Block>& blocks);

struct Modal
{
    std::string callback_id;
    std::string title;
    std::vector<Block> blocks;
    std::string submit = {};  // needed when there is an input
    std::string close = {};
    std::string private_metadata = {};  // seen by the client: no secret
    std::string external_id = {};
    bool notify_on_close = false;
    bool clear_on_close = false;
};
boost::json::object modal(const Modal& modal);
boost::json::object home(const std::vector<Block>& blocks, std::string_view callback_id = {});

}  // namespace countersign::slack
