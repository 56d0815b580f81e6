#pragma once

#include "handlers/core/secret.hpp"

#include <boost/json/object.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::slack {

inline constexpr std::size_t secrets_max = 2;  // in one view

// What stands in a view where its secret number `index` goes. Begins with a control character: no text that a view
// shows holds one, because they are dropped from what people typed.
constexpr std::string_view secret_place(std::size_t index)
{
    constexpr std::array<std::string_view, secrets_max> places = {"\x01secret 0\x01", "\x01secret 1\x01"};
    return places.at(index);
}

// A modal whose secrets are put in only while it is being sent. Each place stands once in the view, within a text that
// Slack shows as it is (no mrkdwn).
struct SecretView
{
    SecretView(boost::json::object view_, std::vector<Secret> secrets_)
        : view(std::move(view_)),
          secrets{std::move(secrets_)}
    {}

    boost::json::object view;
    std::vector<Secret> secrets;
};

}  // namespace countersign::slack
