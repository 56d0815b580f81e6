#include "handlers/model/people.hpp"

#include <utility>

namespace countersign {

void People::add(const SlackUserId& user, SlackUserId identity, Result<Member> member)
{
    known_.insert_or_assign(user, Person{std::move(identity), std::move(member)});
}

Result<Member> People::member(const SlackUserId& user) const
{
    const auto found = known_.find(user);
    if (found == known_.end()) return Errc::unavailable;
    return found->second.member;
}

SlackUserId People::identity(const SlackUserId& user) const
{
    const auto found = known_.find(user);
    return found == known_.end() ? user : found->second.identity;
}

}  // namespace countersign
