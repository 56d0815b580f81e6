#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace countersign::test {

// Real exchanges with Auth0 tenants (tests/data/auth0/README.auth0.md).
inline const boost::json::value& auth0_recordings()
{
    static const boost::json::value recordings = [] {
        std::ifstream file{COUNTERSIGN_TEST_DATA "/auth0/auth0_recordings.json", std::ios::binary};
        if (!file) throw std::runtime_error{"tests/data/auth0/auth0_recordings.json is missing"};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        return boost::json::parse(text);
    }();
    return recordings;
}

}  // namespace countersign::test
