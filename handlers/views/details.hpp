#pragma once

#include "handlers/ports/store.hpp"
#include "handlers/requests/request.hpp"
#include "handlers/requests/settings.hpp"
#include "handlers/views/facts.hpp"

#include <boost/json/object.hpp>

#include <optional>

namespace countersign::views {

// Everything known about a request, for those who decide or review, and for the person who asked: its state, its facts
// and its history, in a modal without input.
boost::json::object details(
    const Request& request, const Settings& settings, const std::optional<Freeze>& freeze, Sight sight = Sight::whole);

}  // namespace countersign::views
