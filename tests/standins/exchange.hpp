#pragma once

#include "tests/standins/http.hpp"
#include "tests/standins/time.hpp"

namespace standins {

// What goes over the line: the response, and what the host still has to do to it. Only delay, reset_before,
// reset_after and truncate concern the connection; the others are in the response already.
struct Exchange
{
    Response response;
    Fault fault = Fault::none;
    int delay_ms = 0;
};

}  // namespace standins
