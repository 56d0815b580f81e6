#include "auth0/tenant_log.hpp"

#include "auth0/response_body.hpp"
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

bool is_target(const JsonReader& sent, const SentChange& change)
{
    const std::string_view method = sent.text_view("method");
    const std::string_view path = sent.text_view("path");
    if (change.account) return is_method(method, "patch", "PATCH") && is_path_of(path, *change.account);
    return is_method(method, "post", "POST") && path == "/api/v2/users";
}

// `sapi` is written for successes only; an answer in the record that says otherwise is believed all the same.
bool succeeded(const JsonReader& record)
{
    const auto status = record.integer("/details/response/statusCode");
    return !status || (*status >= 200 && *status <= 299);
}

// The target is in the path alone: the record's own `user_id` is the acting administrator's.
bool is_change(const JsonReader& record, const SentChange& change)
{
    return record.text_view("/references/correlation_id") == change.request.str() &&
        record.text_view("type") == "sapi" && is_target(record.within("/details/request"), change) && succeeded(record);
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
    const json::array* records = list_in(page, "logs");
    if (records == nullptr) return Errc::malformed;

    LogPage found;
    found.records = records->size();
    for (const json::value& each : *records)
    {
        const JsonReader record{each};
        if (is_change(record, change)) found.holds_change = true;
        const auto date = from_iso8601(record.text_view("date"));
        if (!date) continue;
        found.oldest = *date;
        if (!found.newest) found.newest = *date;
    }
    return found;
}

}  // namespace countersign::auth0
