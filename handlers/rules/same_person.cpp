#include "handlers/rules/same_person.hpp"

#include <algorithm>

namespace countersign::rules {

bool is_same(const People& people, const SlackUserId& one, const SlackUserId& other)
{
    return one == other || people.identity(one) == people.identity(other);
}

bool may_be_one(const People& people, const SlackUserId& one, const SlackUserId& other)
{
    if (is_same(people, one, other)) return true;
    const auto who = people.member(one);
    const auto whom = people.member(other);
    return who && whom && who->email && who->email == whom->email;
}

bool may_be_among(const People& people, const std::vector<Decision>& decisions, const SlackUserId& who)
{
    return std::any_of(
        decisions.begin(), decisions.end(), [&](const Decision& each) { return may_be_one(people, each.by, who); });
}

}  // namespace countersign::rules
