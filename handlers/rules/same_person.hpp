#pragma once

#include "handlers/model/people.hpp"
#include "handlers/model/request.hpp"

#include <vector>

namespace countersign::rules {

// Both ids are one person's. Rights that hang on who somebody is are given by this alone.
bool is_same(const People& people, const SlackUserId& one, const SlackUserId& other);

// Both may be one person's, by their ids or by the address of their Slack profiles: where two have to act that is one
// too few. An address that Slack does not tell makes nobody one: address_denial() keeps such people out where that is
// no risk to take.
bool may_be_one(const People& people, const SlackUserId& one, const SlackUserId& other);

// One of these may be that person's.
bool may_be_among(const People& people, const std::vector<Decision>& decisions, const SlackUserId& who);

}  // namespace countersign::rules
