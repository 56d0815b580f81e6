#pragma once

#include "handlers/actions/perform.hpp"

namespace countersign::actions {

// "Change and ask again", for a request that ended before approvers were asked: opens the form for a new request with
// what was typed for the old one, in the same window or in a new one.
Verdict correct(const Press& press, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> correct_request(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
