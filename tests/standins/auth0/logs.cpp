#include "tests/standins/auth0/api.hpp"

#include <algorithm>

namespace standins::auth0 {

namespace {

constexpr std::size_t id_digits = 56;

// 900, the time, and a counter: 56 digits, ascending in the order of ingestion.
std::string next_log_id(TenantState& state, TimeMs at)
{
    const std::string head = "900" + to_digits(at);
    const std::string tail = std::to_string(++state.log_count);
    return head + std::string(id_digits - head.size() - tail.size(), '0') + tail;
}

json::value text_or_null(const std::string& text)
{
    if (text.empty()) return nullptr;
    return json::value(text);
}

bool is_kept(const TenantState& state, const LogRecord& record, TimeMs now)
{
    return record.visible_at <= now && record.visible_at > now - state.options.log_retention_ms;
}

// The Link header as recorded: with http://, whatever the call came over.
std::string link(const TenantState& state, const std::string& path_and_query, std::string_view relation)
{
    return "<http://" + state.options.domain + path_and_query + ">; rel=\"" + std::string{relation} + "\"";
}

Response checkpoint_page(const TenantState& state, const Call& call)
{
    const std::string from = find(call.query, "from").value_or("");
    const auto take = to_int(find(call.query, "take").value_or("50"));
    if (!take || *take < 1 || *take > 100)
        return error_answer(
            400, "Query validation error: 'Value out of range' on property take (Number of entries to retrieve).",
            "invalid_query_string");
    json::array page;
    std::string last = from;
    for (const LogRecord& record : state.log)
        if (is_kept(state, record, call.now) && record.id > from && page.size() < static_cast<std::size_t>(*take))
        {
            page.push_back(record.shown);
            last = record.id;
        }
    Response response = json_answer(200, std::move(page));
    response.headers.emplace_back(
        "link", link(state, "/api/v2/logs?from=" + last + "&take=" + std::to_string(*take), "next"));
    return response;
}

Response page_of(json::array found, const Page& page)
{
    constexpr std::size_t hits_max = 1000;
    const std::size_t total = found.size();
    const auto size = static_cast<std::size_t>(page.size);
    const std::size_t first = static_cast<std::size_t>(page.number) * size;
    json::array records;
    for (std::size_t i = first; i < std::min({total, hits_max, first + size}); ++i)
        records.push_back(std::move(found[i]));
    if (!page.with_totals) return json_answer(200, std::move(records));
    const std::size_t length = records.size();
    return json_answer(
        200,
        json::object{
            {"start", first},
            {"limit", page.size},
            {"length", length},
            {"total", total},
            {"logs", std::move(records)}});
}

}  // namespace

json::object masked(json::object body)
{
    for (auto& member : body)
        if (contains(
                {"password", "client_secret", "client_assertion", "access_token", "ticket"},
                std::string{member.key().data(), member.key().size()}))
            member.value() = "*****";
    return body;
}

void write_log(TenantState& state, TimeMs now, LogEntry entry)
{
    LogRecord record;
    record.visible_at = now + state.options.log_delay_ms;
    record.id = next_log_id(state, record.visible_at);
    const Connection* connection = find_connection(state, entry.connection);
    record.shown = json::object{
        {"date", to_iso(now)},
        {"type", entry.type},
        {"description", entry.description},
        {"connection", text_or_null(entry.connection)},
        {"connection_id", text_or_null(connection ? connection->id : std::string{})},
        {"organization_id", nullptr},
        {"organization_name", nullptr},
        {"client_id", entry.client_id},
        {"client_name", ""},
        {"ip", "192.0.2.1"},
        {"hostname", nullptr},
        {"user_agent", "Other 0.0.0 / Other 0.0.0"},
        {"details", std::move(entry.details)},
        {"user_id", text_or_null(entry.user_id)},
        {"user_name", text_or_null(entry.user_name)},
        {"audience", nullptr},
        {"strategy", text_or_null(connection ? connection->strategy : std::string{})},
        {"strategy_type", text_or_null(connection && connection->is_database() ? "database" : "")},
        {"log_id", record.id},
        {"_id", record.id},
        {"isMobile", false},
        {"location_info", nullptr}};
    if (!entry.correlation_id.empty())
        record.shown["references"] = json::object{{"correlation_id", entry.correlation_id}};
    state.log.push_back(std::move(record));
}

void log_password_change(TenantState& state, TimeMs now, const User& user, const Identity& identity)
{
    LogEntry entry;
    entry.type = "scp";
    entry.connection = identity.connection;
    entry.user_id = user.user_id;
    entry.user_name = text_at(user.profile, "email");
    entry.details["body"] = json::object{{"email", entry.user_name}};
    write_log(state, now, std::move(entry));
}

void log_write(TenantState& state, const Call& call, const Route& route, const Response& response)
{
    constexpr std::size_t correlation_id_max = 64;
    json::object query;
    for (const auto& parameter : call.query) query[parameter.first] = parameter.second;
    json::error_code failure;
    json::value answered = json::parse(response.body, failure);
    if (failure || !answered.is_object()) answered = json::object{};
    json::array scopes;
    for (const std::string& scope : call.claims.scopes) scopes.emplace_back(scope);

    LogEntry entry;
    entry.type = "sapi";
    entry.description = route.title;
    entry.client_id = call.claims.client_id;
    entry.correlation_id = std::string{call.request.header("x-correlation-id").substr(0, correlation_id_max)};
    entry.details["request"] = json::object{
        {"method", to_lower(call.request.method)},
        {"path", call.request.path()},
        {"query", std::move(query)},
        {"body", masked(call.body)},
        {"channel", "api"},
        {"ip", "192.0.2.1"},
        {"userAgent", call.request.header("user-agent")},
        {"auth",
         json::object{
             {"user", json::object{}},
             {"strategy", "jwt"},
             {"credentials", json::object{{"jti", call.claims.jti}, {"scopes", std::move(scopes)}}}}}};
    entry.details["response"] =
        json::object{{"statusCode", response.status}, {"body", masked(std::move(answered.get_object()))}};
    write_log(state, call.now, std::move(entry));
}

Response get_logs(TenantState& state, const Call& call)
{
    if (find(call.query, "from") || find(call.query, "take")) return checkpoint_page(state, call);
    Page page;
    if (auto refused = read_page(call.query, 0, page)) return std::move(*refused);
    Matcher matches = [](const json::object&) { return true; };
    const std::string query = find(call.query, "q").value_or(find(call.query, "search").value_or(""));
    if (!query.empty())
    {
        auto parsed = parse_query(query, {});
        if (!parsed) return error_answer(400, "The query is not valid", "invalid_query_string");
        matches = std::move(*parsed);
    }
    json::array found;
    for (const LogRecord& record : state.log)
        if (is_kept(state, record, call.now) && matches(record.shown))
            found.push_back(selected(record.shown, call.query));
    if (find(call.query, "sort").value_or("date:-1") == "date:-1") std::reverse(found.begin(), found.end());
    return page_of(std::move(found), page);
}

Response get_log(TenantState& state, const Call& call)
{
    for (const LogRecord& record : state.log)
        if (record.id == call.path[0] && is_kept(state, record, call.now)) return json_answer(200, record.shown);
    return error_answer(404, "Log not found.", "inexistent_log");
}

Response get_user_logs(TenantState& state, const Call& call)
{
    Page page;
    if (auto refused = read_page(call.query, 1, page)) return std::move(*refused);
    json::array found;
    for (auto record = state.log.rbegin(); record != state.log.rend(); ++record)
        if (is_kept(state, *record, call.now) && text_at(record->shown, "user_id") == call.path[0])
            found.push_back(record->shown);
    const std::size_t pages = found.empty() ? 1 : (found.size() - 1) / static_cast<std::size_t>(page.size) + 1;
    const std::string target =
        "/api/v2/users/" + percent_encode(call.path[0]) + "/logs?per_page=" + std::to_string(page.size) + "&page=";
    Response response = page_of(std::move(found), page);
    response.headers.emplace_back(
        "link", link(state, target + "0", "first") + ", " + link(state, target + std::to_string(pages - 1), "last"));
    return response;
}

}  // namespace standins::auth0
