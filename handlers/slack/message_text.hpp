#pragma once

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <string>

namespace countersign::slack {

// What a message says, wherever it says it: its text, then its attachments (old-style cards of other apps) and its
// blocks, a line each, links in Slack's own form (<url|label>). At most `bytes_max` bytes, cut between two characters.
std::string text_of_message(const boost::json::value& message, std::size_t bytes_max);

}  // namespace countersign::slack
