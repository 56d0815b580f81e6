#pragma once

#include <boost/json/value.hpp>

#include <string>

namespace countersign::test {

// Compares a view with tests/unit/handlers/views/snapshots/NAME.json, so that every change of what people see is seen
// in a review. Empty: it is as it was; else what to do. With COUNTERSIGN_UPDATE_SNAPSHOTS set, a file that differs is
// written anew, which fails this run: the next one passes.
std::string snapshot_fault(const std::string& name, const boost::json::value& drawn);

}  // namespace countersign::test
