#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/model/member.hpp"

#include <map>

namespace countersign {

// Who some people are, as remembered at one moment. What is not known of somebody is Errc::unavailable: that means no.
class People
{
public:
    // `identity`: the id by which this person is known; `user` itself where they have no other.
    void add(const SlackUserId& user, SlackUserId identity, Result<Member> member);

    Result<Member> member(const SlackUserId& user) const;
    SlackUserId identity(const SlackUserId& user) const;

private:
    struct Person
    {
        SlackUserId identity;
        Result<Member> member;
    };

    std::map<SlackUserId, Person> known_;
};

}  // namespace countersign
