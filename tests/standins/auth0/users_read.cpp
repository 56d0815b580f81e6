#include "tests/standins/auth0/api.hpp"
#include "tests/standins/auth0/schema.hpp"

#include <algorithm>

namespace standins::auth0 {

namespace {

const std::vector<std::string>& user_fields()
{
    static const std::vector<std::string> fields{
        "user_id",
        "email",
        "email_verified",
        "username",
        "phone_number",
        "phone_verified",
        "created_at",
        "updated_at",
        "identities",
        "app_metadata",
        "user_metadata",
        "picture",
        "name",
        "nickname",
        "multifactor",
        "last_ip",
        "last_login",
        "last_password_reset",
        "logins_count",
        "blocked",
        "given_name",
        "family_name",
        "multifactor_last_modified"};
    return fields;
}

Response bad_query(const std::string& what, std::string_view name, std::string_view description)
{
    return error_answer(
        400,
        "Query validation error: '" + what + "' on property " + std::string{name} + " (" + std::string{description} +
            ").",
        "invalid_query_string");
}

void bring_index_up_to(TenantState& state, TimeMs now)
{
    while (!state.index_updates.empty() && state.index_updates.front().at <= now)
    {
        IndexUpdate update = std::move(state.index_updates.front());
        state.index_updates.pop_front();
        if (update.shown)
            state.search_index[update.user_id] = std::move(*update.shown);
        else
            state.search_index.erase(update.user_id);
    }
}

}  // namespace

std::optional<Response> bad_user_id(const std::string& id, std::string_view purpose)
{
    if (has_format(id, Format::user_id)) return std::nullopt;
    return error_answer(
        400,
        "Path validation error: 'Object didn't pass validation for format user-id: " + id + "' on property id (" +
            std::string{purpose} + ").",
        "invalid_uri");
}

std::optional<Response> bad_fields(const Pairs& query)
{
    if (const auto include = find(query, "include_fields"); include && *include != "true" && *include != "false")
        return bad_query(
            "Expected type boolean but found type string", "include_fields", "Whether specified fields are included");
    const auto fields = find(query, "fields");
    if (!fields) return std::nullopt;
    for (const std::string& field : split(*fields, ','))
        if (!contains(user_fields(), field))
            return bad_query(
                "Object didn't pass validation for format user-fields: " + field, "fields",
                "Comma-separated list of fields to include or exclude");
    return std::nullopt;
}

json::object selected(const json::object& object, const Pairs& query)
{
    const auto fields = find(query, "fields");
    if (!fields) return object;
    const auto listed = split(*fields, ',');
    const bool is_included = find(query, "include_fields").value_or("true") == "true";
    json::object chosen;
    for (const auto& member : object)
        if (contains(listed, std::string{member.key().data(), member.key().size()}) == is_included)
            chosen.emplace(member.key(), member.value());
    return chosen;
}

std::optional<Response> read_page(const Pairs& query, int size_min, Page& page)
{
    constexpr int size_max = 100;
    if (const auto text = find(query, "page"))
    {
        const auto number = to_int(*text);
        if (!number || *number < 0)
            return bad_query("Expected type integer but found type string", "page", "Page index");
        page.number = *number;
    }
    if (const auto text = find(query, "per_page"))
    {
        const auto size = to_int(*text);
        if (!size)
            return bad_query("Expected type integer but found type string", "per_page", "Number of results per page");
        if (*size < size_min || *size > size_max)
            return bad_query(
                *size > size_max ? "Value " + *text + " is greater than maximum 100"
                                 : "Value " + *text + " is less than minimum " + std::to_string(size_min),
                "per_page", "Number of results per page");
        page.size = *size;
    }
    page.with_totals = find(query, "include_totals").value_or("false") == "true";
    return std::nullopt;
}

Response get_users_by_email(TenantState& state, const Call& call)
{
    const auto email = find(call.query, "email");
    if (!email) return bad_query("Missing required property: email", "email", "Email address to search for");
    if (!has_format(*email, Format::email))
        return bad_query(
            "Object didn't pass validation for format email: " + *email, "email", "Email address to search for");
    if (auto refused = bad_fields(call.query)) return std::move(*refused);
    json::array users;
    for (const User& user : state.users)
        if (text_at(user.profile, "email") == *email) users.push_back(selected(shown(user), call.query));
    return json_answer(200, std::move(users));
}

Response get_users(TenantState& state, const Call& call)
{
    constexpr std::size_t results_max = 1000;
    Page page;
    if (auto refused = read_page(call.query, 0, page)) return std::move(*refused);
    if (auto refused = bad_fields(call.query)) return std::move(*refused);
    const std::string engine = find(call.query, "search_engine").value_or("v3");
    if (engine != "v3")
        return error_answer(
            400, "You are not allowed to use search_engine=" + engine + ". Use search_engine=v3 instead.",
            "invalid_query_string");
    const auto first = static_cast<std::size_t>(page.number) * static_cast<std::size_t>(page.size);
    if (first >= results_max)
        return error_answer(
            400,
            "You can only page through the first 1000 records. See "
            "https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation.",
            "invalid_paging");
    const auto query = find(call.query, "q");
    if (query && state.searches_time_out)
        return error_answer(503, "The query exceeded the timeout. Please try refining your search criteria.");

    Matcher matches = [](const json::object&) { return true; };
    if (query && !query->empty())
    {
        auto parsed = parse_query(*query, {"email", "name", "given_name", "family_name", "nickname"});
        if (!parsed) return error_answer(400, "The query is not valid", "invalid_query_string");
        matches = std::move(*parsed);
    }
    bring_index_up_to(state, call.now);
    std::vector<const json::object*> hits;
    for (const auto& entry : state.search_index)
        if (matches(entry.second)) hits.push_back(&entry.second);
    const std::size_t reachable = std::min(hits.size(), results_max);
    json::array users;
    for (std::size_t i = first; i < std::min(reachable, first + static_cast<std::size_t>(page.size)); ++i)
        users.push_back(selected(*hits[i], call.query));
    if (!page.with_totals) return json_answer(200, std::move(users));
    const std::size_t length = users.size();
    return json_answer(
        200,
        json::object{
            {"start", first},
            {"limit", page.size},
            {"length", length},
            {"users", std::move(users)},
            {"total", hits.size()}});
}

Response get_user(TenantState& state, const Call& call)
{
    if (auto refused = bad_user_id(call.path[0], "The user_id of the user to retrieve")) return std::move(*refused);
    if (auto refused = bad_fields(call.query)) return std::move(*refused);
    const User* user = find_user(state, call.path[0]);
    return user == nullptr ? no_such_user() : json_answer(200, selected(shown(*user), call.query));
}

}  // namespace standins::auth0
