#pragma once

#include "tests/standins/slack/surface.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <functional>
#include <string>
#include <vector>

// Block Kit with the limits of tests/data/slack/limits.json, taken strictly: unknown types and unknown fields
// are refused, texts are measured in UTF-16 units.
namespace standins::slack {

// Sentences in Slack's style, each naming the place: "[ERROR] ... [json-pointer:/blocks/0/text]". Empty: all is well.
std::vector<std::string> check_blocks(const boost::json::array& blocks, Surface surface);

// A whole view: `type` modal or home, titles, ids, blocks.
std::vector<std::string> check_view(const boost::json::object& view);

// Gives every block a block_id and every element an action_id where the app left them out.
void fill_ids(boost::json::array& blocks, const std::function<std::string()>& next_id);

}  // namespace standins::slack
