#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/model/transaction.hpp"
#include "handlers/views/facts.hpp"

#include <boost/json/object.hpp>

#include <optional>

namespace countersign::views {

// Everything known about a request, for approvers, auditors and the requester: its state, its facts
// and its history, in a modal without input.
boost::json::object details(
    const Request& request, const Settings& settings, const std::optional<Freeze>& freeze,
    Visibility sight = Visibility::whole);

}  // namespace countersign::views
