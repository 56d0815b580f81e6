#pragma once

#include "tests/standins/demo/company.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace standins {

// The demo for a person at a terminal: a few words stand for what people do in Slack. Prints what they see. Returns at
// `quit`; without a terminal it just keeps the company running until it is cancelled.
boost::asio::awaitable<void> run_console(Company& company);

// The guide that is printed first.
std::string console_guide();

}  // namespace standins
