#include "auth0/tenant_log.hpp"

#include "auth0/json_reader.hpp"
#include "auth0/user_id_path.hpp"
#include "handlers/ports/http_client.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace countersign::auth0 {

namespace json = boost::json;

namespace {

// The log writes methods small.
bool is_method(std::string_view method, std::string_view small, std::string_view large)
{
    return method == small || method == large;
}

bool is_target(const json::value& sent, const SentChange& change)
{
    const std::string_view method = text_at(sent, "method");
    const std::string_view path = text_at(sent, "path");
    if (change.account) return is_method(method, "patch", "PATCH") && is_path_of(path, *change.account);
    return is_method(method, "post", "POST") && path == "/api/v2/users";
}

// `sapi` is written for successes only; an answer in the record that says otherwise is believed all the same.
bool succeeded(const json::value& details)
{
    const json::value* response = member(details, "response");
    if (response == nullptr) return true;
    const auto status = integer_at(*response, "statusCode");
    return !status || (*status >= 200 && *status <= 299);
}

// The target is in the path alone: the record's own `user_id` is the acting administrator's.
bool is_change(const json::value& record, const SentChange& change)
{
    const json::value* references = member(record, "references");
    if (references == nullptr || text_at(*references, "correlation_id") != change.request.str()) return false;
    if (text_at(record, "type") != "sapi") return false;
    const json::value* details = member(record, "details");
    const json::value* sent = details != nullptr ? member(*details, "request") : nullptr;
    return sent != nullptr && is_target(*sent, change) && succeeded(*details);
}

}  // namespace

std::string log_search_target(std::size_t page)
{
    std::string target = "api/v2/logs?q=" + http::encode(R"(type:"sapi")") + "&sort=" + http::encode("date:-1") +
        "&per_page=" + std::to_string(log_page_size);
    if (page > 0) target += "&page=" + std::to_string(page);
    return target;
}

std::string newest_record_target() { return "api/v2/logs?sort=" + http::encode("date:-1") + "&per_page=1"; }

Result<LogPage> read_log_page(const json::value& page, const SentChange& change)
{
    const json::value* wrapped = member(page, "logs");
    const json::array* records = (wrapped != nullptr ? *wrapped : page).if_array();
    if (records == nullptr) return Errc::malformed;

    LogPage found;
    found.records = records->size();
    for (const json::value& record : *records)
    {
        if (is_change(record, change)) found.holds_change = true;
        const auto date = from_iso8601(text_at(record, "date"));
        if (!date) continue;
        found.oldest = *date;
        if (!found.newest) found.newest = *date;
    }
    return found;
}

}  // namespace countersign::auth0
