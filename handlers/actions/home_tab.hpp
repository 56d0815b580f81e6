#pragma once

#include "handlers/actions/perform.hpp"

#include <cstdint>
#include <string_view>

namespace countersign::actions {

// Has the App Home published for this person, and kept up to date from then on.
Verdict show_home(const SlackUserId& user, std::int64_t page, TimePoint now);
// The page that a button "Older" or "Newer" names; the first one when it names none.
std::int64_t home_page(std::string_view value);

// The Home was opened.
boost::asio::awaitable<HandlerResult> open_home(const Services& services, slack::AppEvent event, ReplayMark replay);
// "Older" or "Newer" in it.
boost::asio::awaitable<HandlerResult> turn_home_page(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
