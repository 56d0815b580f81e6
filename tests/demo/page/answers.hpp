#pragma once

#include "tests/demo/company/services.hpp"
#include "tests/standins/http.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <utility>
#include <vector>

namespace demo::page {

// Ends a request of the page: nothing was done.
struct Refused
{
    int status = 400;
    std::string sentence;
};

Response json_answer(int status, const boost::json::object& body);
// {"ok":false,"error":sentence}
Response refusal(int status, const std::string& sentence);

// What keeps the browser from loading anything from elsewhere, and others from framing or reading the page.
const std::vector<std::pair<std::string, std::string>>& guarding_headers();

}  // namespace demo::page
