#include "tests/demo/page/answers.hpp"

#include <boost/json/serialize.hpp>

namespace json = boost::json;

namespace demo::page {

Response json_answer(int status, const json::object& body)
{
    Response response{status, {{"content-type", "application/json; charset=utf-8"}}, json::serialize(body)};
    return response;
}

Response refusal(int status, const std::string& sentence)
{
    return json_answer(status, json::object{{"ok", false}, {"error", sentence}});
}

const std::vector<std::pair<std::string, std::string>>& guarding_headers()
{
    static const std::vector<std::pair<std::string, std::string>> headers = {
        {"cache-control", "no-store"},
        {"content-security-policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
         "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
        {"cross-origin-resource-policy", "same-origin"},
        {"referrer-policy", "no-referrer"},
        {"x-content-type-options", "nosniff"},
    };
    return headers;
}

}  // namespace demo::page
