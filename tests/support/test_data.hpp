#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace countersign::test {

// A JSON file below tests/data, by its path from there.
inline boost::json::value test_data(const std::string& path)
{
    std::ifstream file{COUNTERSIGN_TEST_DATA "/" + path, std::ios::binary};
    if (!file) throw std::runtime_error{"tests/data/" + path + " is missing"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    return boost::json::parse(boost::json::string_view{text.data(), text.size()});
}

}  // namespace countersign::test
