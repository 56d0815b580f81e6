#pragma once

#include "tests/demo/company/company.hpp"

#include <boost/asio/awaitable.hpp>

#include <iosfwd>

namespace demo {

// Plays the main story over real HTTP and prints what each person sees. The exit status: 0 only if every step was seen.
boost::asio::awaitable<int> play_story(Company& company, std::ostream& out);
// The same in a company of SetUp::own_password; prints what differs: how the customer gets in.
boost::asio::awaitable<int> play_own_password(Company& company, std::ostream& out);

}  // namespace demo
