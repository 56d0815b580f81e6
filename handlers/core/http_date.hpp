#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace countersign::http {

// Reads "Sun, 06 Nov 1994 08:49:37 GMT", the form that senders must use (RFC 9110 section 5.6.7); nothing else.
std::optional<std::chrono::sys_seconds> parse_date(const std::string& text);

}  // namespace countersign::http
