#pragma once

#include "handlers/ports/services.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <utility>

namespace countersign {

// Why nothing is begun, or nothing goes on, at the moment.
struct NotNow
{
    NotNow(std::string code_, std::string words_) : code{std::move(code_)}, words{std::move(words_)} {}

    std::string code;   // for the audit row
    std::string words;  // for the person: escaped mrkdwn, whole sentences
};

// The freeze alone: asked at every step that leads to a password (decision, execution, hand-over).
boost::asio::awaitable<std::optional<NotNow>> frozen(const Services& services);

}  // namespace countersign
