#pragma once

#include <boost/json.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace standins::test {

// A file of tests/data, by its path there.
inline std::string read_file(const std::string& name)
{
    std::ifstream file{std::string{STANDINS_DATA_DIR} + "/" + name, std::ios::binary};
    if (!file) throw std::runtime_error{"no such test data: " + name};
    return std::string{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

inline boost::json::value read_json(const std::string& name) { return boost::json::parse(read_file(name)); }

}  // namespace standins::test
