#pragma once

#include <boost/json/array.hpp>

#include <string>

namespace countersign::slack {

// A message as it is sent: `text` is what notifications and screen readers say; `blocks` is what is drawn.
// Built by handlers/views with the builders of block_kit.hpp.
struct Message
{
    // Parentheses: in braces an array would be taken for the only element of another.
    Message(std::string text_, boost::json::array blocks_) : text{std::move(text_)}, blocks(std::move(blocks_)) {}
    explicit Message(std::string text_) : text{std::move(text_)} {}

    std::string text;  // mrkdwn, escaped
    boost::json::array blocks;
};

}  // namespace countersign::slack
