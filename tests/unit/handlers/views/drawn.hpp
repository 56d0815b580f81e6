#pragma once

#include "handlers/slack/message.hpp"
#include "tests/standins/slack/block_kit.hpp"

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace countersign::test {

// A message as a snapshot keeps it.
inline boost::json::value drawn(const slack::Message& message)
{
    return boost::json::object{{"text", message.text}, {"blocks", message.blocks}};
}

// As it goes over the wire.
inline boost::json::object sent(const boost::json::object& view)
{
    return boost::json::parse(boost::json::serialize(view)).as_object();
}

inline bool shows(const boost::json::value& view, std::string_view part)
{
    return boost::json::serialize(view).find(part) != std::string::npos;
}

// What Slack would refuse of it.
inline std::vector<std::string> faults_of(const slack::Message& message)
{
    return standins::slack::check_blocks(message.blocks, standins::slack::Surface::message);
}

}  // namespace countersign::test
