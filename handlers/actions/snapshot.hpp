#pragma once

#include "handlers/model/freeze.hpp"
#include "handlers/model/member.hpp"
#include "handlers/model/people.hpp"
#include "handlers/model/post.hpp"
#include "handlers/model/request.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/rules/limits.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

namespace countersign::actions {

// All that a decision knows of the world, as read just before it.
struct Snapshot
{
    explicit Snapshot(TimePoint now_) : now{now_} {}

    TimePoint now;
    std::optional<Request> request;    // that the action is about; absent: there is none by that id
    std::optional<Post> card;          // of that request
    std::optional<Post> requester_dm;  // likewise
    FreezeSwitch held;
    ChannelSafety approvals_channel = ChannelSafety::unknown;
    // Who acts, and everybody whom the request or the freeze names.
    People people;
    // Of an action by which a request may begin:
    rules::EarlierRequests earlier;  // what the limits count
    std::string pseudonym;           // of the address that it would be for; for the audit log

    Result<Member> member(const SlackUserId& who) const { return people.member(who); }
};

// `about`: the request, if the action is about one.
boost::asio::awaitable<Snapshot> read_snapshot(
    const Services& services, SlackUserId who, std::optional<RequestId> about);

}  // namespace countersign::actions
