#pragma once

#include <algorithm>
#include <string>

namespace countersign::test {

// Of the Slack profile of whoever has this id: each has another.
inline std::string slack_address_of(std::string id)
{
    std::transform(id.begin(), id.end(), id.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return id + "@staff.example";
}

}  // namespace countersign::test
