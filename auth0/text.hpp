#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace countersign::auth0 {

// ASCII only: what Auth0 does with the addresses of database accounts.
inline std::string lower_case(std::string_view text)
{
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

}  // namespace countersign::auth0
