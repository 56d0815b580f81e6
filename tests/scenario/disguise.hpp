#pragma once

#include "tests/scenario/world.hpp"

#include <boost/json/fwd.hpp>

#include <functional>
#include <optional>
#include <string>

namespace countersign::test {

// How a delivery differs from the one that Slack would send for the person it is meant for. What is absent stays.
struct Disguise
{
    std::string name;
    std::optional<std::string> person = {};  // acts instead of the rightful one
    std::optional<std::string> home = {};    // the workspace whose member that person is (user.team_id)
    std::optional<std::string> team = {};    // the workspace in which the app is said to act
    bool without_home = false;               // no user.team_id at all
    bool org_install = false;                // team null, an enterprise, is_enterprise_install
    std::optional<std::string> app = {};     // the app that it is said to be for
    standins::slack::Forgery forgery = standins::slack::Forgery::none;
    int status = 200;  // of the answer
};

// `honest` in disguise, signed now. Nothing when this kind of delivery has no place for any of it.
std::optional<standins::slack::Delivery> disguised(
    World& world, const standins::slack::Delivery& honest, const Disguise& disguise);

// An interaction with another payload, signed now.
standins::slack::Delivery with_payload(
    World& world, standins::slack::Delivery delivery, const std::function<void(boost::json::object&)>& edit);

}  // namespace countersign::test
