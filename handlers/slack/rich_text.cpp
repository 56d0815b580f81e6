#include "handlers/slack/rich_text.hpp"

#include "handlers/core/text.hpp"

#include <stdexcept>

namespace countersign::slack {

namespace json = boost::json;

namespace {

json::string_view view_of(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Block preformatted(std::string_view text, std::string_view block_id)
{
    const std::size_t units = utf16_units(text);
    if (units == 0 || units > limits::text) throw std::length_error{"a preformatted text is empty or too long"};
    json::object run;
    run["type"] = "text";
    run["text"] = view_of(text);
    json::object frame;
    frame["type"] = "rich_text_preformatted";
    frame["elements"] = json::array{std::move(run)};
    json::object block;
    block["type"] = "rich_text";
    block["block_id"] = view_of(block_id);
    block["elements"] = json::array{std::move(frame)};
    return Block{std::move(block)};
}

}  // namespace countersign::slack
