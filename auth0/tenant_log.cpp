#include "auth0/tenant_log.hpp"

#include "auth0/http_client.hpp"
#include "auth0/json_reader.hpp"
#include "auth0/user_id_path.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace countersign::auth0 {

namespace json = boost::json;

namespace {

bool is_patch(std::string_view method) { return method == "patch" || method == "PATCH"; }

// `sapi` is written for successes only; an answer in the record that says otherwise is believed all the same.
bool succeeded(const json::value& details)
{
    const json::value* response = member(details, "response");
    if (response == nullptr) return true;
    const auto status = integer_at(*response, "statusCode");
    return !status || (*status >= 200 && *status <= 299);
}

// The target is in the path alone: the record's own `user_id` is the acting administrator's.
bool is_change(const json::value& record, const Auth0UserId& id, const RequestId& request)
{
    const json::value* references = member(record, "references");
    if (references == nullptr || text_at(*references, "correlation_id") != request.str()) return false;
    if (text_at(record, "type") != "sapi") return false;
    const json::value* details = member(record, "details");
    const json::value* sent = details != nullptr ? member(*details, "request") : nullptr;
    return sent != nullptr && is_patch(text_at(*sent, "method")) && is_path_of(text_at(*sent, "path"), id) &&
        succeeded(*details);
}

}  // namespace

std::string log_search_target(std::size_t page)
{
    std::string target = "api/v2/logs?q=" + http::encode(R"(type:"sapi")") + "&sort=" + http::encode("date:-1") +
        "&per_page=" + std::to_string(log_page_size);
    if (page > 0) target += "&page=" + std::to_string(page);
    return target;
}

Result<LogPage> read_log_page(const json::value& page, const Auth0UserId& id, const RequestId& request)
{
    const json::value* wrapped = member(page, "logs");
    const json::array* records = (wrapped != nullptr ? *wrapped : page).if_array();
    if (records == nullptr) return Errc::malformed;

    LogPage found;
    found.records = records->size();
    for (const json::value& record : *records)
    {
        if (is_change(record, id, request)) found.holds_change = true;
        if (const auto date = from_iso8601(text_at(record, "date"))) found.oldest = *date;
    }
    return found;
}

}  // namespace countersign::auth0
