#pragma once

#include "tests/standins/http.hpp"
#include "tests/standins/time.hpp"

namespace standins {

// Gives an answer the Date that every server's answer has, by the time of whoever serves.
void put_date(Response& response, TimeMs now);

}  // namespace standins
