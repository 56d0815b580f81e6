#pragma once

#include "bot/app/readiness.hpp"
#include "bot/http/message.hpp"

#include <array>
#include <string_view>

namespace countersign {

// Where probes ask: /healthz says that the process lives, and nothing else; /readyz says whether it can work.
inline constexpr std::array<std::string_view, 2> health_paths = {"/healthz", "/readyz"};

// Whether a request is for one of them.
bool asks_for_health(const http::ServerRequest& request);

// Answers such a request. `readiness` is what /readyz tells.
http::ServerReply health_reply(const http::ServerRequest& request, const Readiness& readiness);

}  // namespace countersign
