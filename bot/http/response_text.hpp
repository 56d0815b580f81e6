#pragma once

#include "bot/http/message.hpp"

#include <chrono>
#include <string>

namespace countersign::http {

enum class Persistence
{
    keep_alive,
    close
};

// A whole HTTP/1.1 response, with the headers that every answer carries: Date, Content-Length, Cache-Control: no-store,
// X-Content-Type-Options: nosniff. For HEAD the body is measured and left out.
std::string to_wire(const ServerReply& reply, Persistence persistence, bool is_head, std::chrono::sys_seconds now);

}  // namespace countersign::http
