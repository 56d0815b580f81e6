#pragma once

#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/state.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace standins::slack {

// What a message says, as any of the ways of sending one states it: chat.*, response_url, a command's answer.
struct Content
{
    std::optional<std::string> text;
    std::optional<boost::json::array> blocks;
    std::optional<boost::json::array> attachments;
    std::optional<boost::json::object> metadata;  // an empty object takes it away

    bool says_something() const;
};

// Checked throughout, ids filled in. Throws Refusal: invalid_blocks, invalid_blocks_format, invalid_attachments,
// too_many_attachments, invalid_metadata_*, metadata_too_large, markdown_text_conflict.
Content read_content(State& state, const Arguments& args);

// A view given by the app, checked and with ids. Throws Refusal: invalid_arguments, view_too_large,
// duplicate_external_id (`own_id` is the view that may keep its external_id).
boost::json::object read_view(State& state, const boost::json::value& given, const std::string& own_id = {});

}  // namespace standins::slack
