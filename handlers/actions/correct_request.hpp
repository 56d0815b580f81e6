#pragma once

#include "handlers/actions/perform.hpp"

namespace countersign::actions {

// "Change and ask again", where a request ended before anybody was asked: the form for a new request with all that was
// typed for that one, in its window or in a new one.
Verdict correct(const Press& press, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> correct_request(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
