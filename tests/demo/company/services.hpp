#pragma once

#include "tests/standins/http.hpp"
#include "tests/standins/time.hpp"

// What the demo takes from the stand-ins, by its short names.
namespace standins {

class FaultPlan;
class HttpHost;
class HttpPoster;
struct Exchange;
struct PlannedFault;

namespace auth0 {}
namespace slack {}

}  // namespace standins

namespace demo {

namespace auth0 = standins::auth0;
namespace slack = standins::slack;

using standins::Exchange;
using standins::Fault;
using standins::FaultPlan;
using standins::HttpHost;
using standins::HttpPoster;
using standins::PlannedFault;
using standins::Request;
using standins::Response;
using standins::TimeMs;

}  // namespace demo
