#pragma once

#include <map>
#include <string>

namespace countersign::test {

// The bytes of a case of tests/data/http/http_cases.txt, and what our server does with them.
struct HttpCase
{
    std::string bytes;
    int status = 400;          // of the first answer
    std::string reaches = {};  // the target that the handler sees; empty: none
};

// By the name that the data file gives it.
std::map<std::string, HttpCase> http_cases();

}  // namespace countersign::test
