#pragma once

#include "handlers/actions/perform.hpp"

namespace countersign::actions {

// The form for a new request, submitted: what is wrong is said at its field; else the request is stored, and the modal
// waits for the look-up. `id`: of the request that comes of it. When `seen.request` has that id, the same form was
// submitted before, and gets the answer that fits what became of it.
Verdict ask_by_form(
    const slack::ViewSubmission& form, const RequestId& id, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> submit_request(
    const Services& services, slack::ViewSubmission form, ReplayMark replay);

}  // namespace countersign::actions
