#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"

#include <cstdint>
#include <string>

namespace countersign {

// Somebody who has opened the App Home, so that it is kept up to date.
struct HomeViewer
{
    SlackUserId user;
    TimePoint opened_at;
    std::int64_t page = 0;
    std::string digest;  // of the view as published last; empty: never
};

}  // namespace countersign
