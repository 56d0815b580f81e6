#pragma once

#include "bot/http/message.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace countersign::http {

// Why a head that Beast has parsed is refused all the same. Beast 1.81 leaves all of these to us
// (RFC 9112 sections 3.2 and 6; Beast issues 3096 to 3102).
enum class HeadFault
{
    version,            // not HTTP/1.1
    method,             // not GET, HEAD or POST: 405
    target,             // not origin-form, or not visible ASCII
    fields,             // more than the limit
    host,               // not exactly one
    transfer_encoding,  // any: Slack and probes send a Content-Length
    content_length,     // repeated, a list, no number; or none on a POST
    upgrade,            // any
    expectation,        // anything but 100-continue
    repeated,           // Content-Type twice: a field that decides and must not have two values
    unprovable,         // a Slack signature or time stamp twice: no proof: 401
};

// The fixed word of a fault, for logs.
std::string_view name_of(HeadFault fault) noexcept;

// 405 for HeadFault::method, 401 for HeadFault::unprovable, 400 for every other.
int status_of(HeadFault fault) noexcept;

// The first rule that the head breaks. `version` is 11 for HTTP/1.1. Looks at everything but the body.
std::optional<HeadFault> check_head(const ServerRequest& head, unsigned version, std::size_t fields_max);

}  // namespace countersign::http
