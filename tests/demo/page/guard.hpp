#pragma once

#include "tests/demo/company/services.hpp"
#include "tests/standins/http.hpp"

#include <cstddef>
#include <cstdint>

namespace demo::page {

inline constexpr std::size_t body_bytes_max = 64UL * 1024;

// Lets through what our own page sends and nothing else: other web pages that are open in the same browser must
// neither act here nor, by a name that they point at this machine (DNS rebinding), read. Throws Refused: 403 for a
// foreign Host or Origin and for a POST that is not application/json, 405 for another method than GET and POST, 413 for
// a body above body_bytes_max.
void demand_own_page(const Request& request, std::uint16_t port);

}  // namespace demo::page
