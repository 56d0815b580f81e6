#pragma once

#include "handlers/core/secret.hpp"
#include "handlers/ports/http_client.hpp"

#include <string_view>

namespace countersign::http {

// The bytes of a request, in one buffer that is wiped when it goes: it may hold a token, a password or a secret path.
// Errc::malformed when the target, a header or the content type holds what could begin another line or request
// (control characters, spaces in a target), or when `headers` sets one that is ours to set: Host, Connection,
// Content-Length, Content-Type, Transfer-Encoding, Authorization, User-Agent.
Result<Secret> to_wire(const ClientRequest& request, std::string_view user_agent);

}  // namespace countersign::http
