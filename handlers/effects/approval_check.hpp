#pragma once

#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Whether everybody who asked for and approved this request may still do so, and the approvals channel is still a place
// to decide in: asked of Slack now. None: yes; else the ending. Problem: Slack could not be asked.
boost::asio::awaitable<Outcome<StoredEnding>> approval_fault(const Services& services, Request request);

}  // namespace countersign::effects
