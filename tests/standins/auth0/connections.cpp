#include "tests/standins/auth0/api.hpp"

namespace standins::auth0 {

namespace {

// What a client may see: the options only with a scope of their own (the tenant's setting "Allow Connections Management
// without Options Scopes" being off).
json::object visible(const Connection& connection, const Call& call)
{
    json::object object = shown(connection);
    if (!call.may("read:connections_options")) object.erase("options");
    return selected(object, call.query);
}

}  // namespace

Response get_connections(TenantState& state, const Call& call)
{
    Page page;
    if (auto refused = read_page(call.query, 1, page)) return std::move(*refused);
    const auto name = find(call.query, "name");
    const auto strategy = find(call.query, "strategy");
    json::array found;
    for (const Connection& connection : state.connections)
        if ((!name || connection.name == *name) && (!strategy || connection.strategy == *strategy))
            found.push_back(visible(connection, call));
    const auto first = static_cast<std::size_t>(page.number) * static_cast<std::size_t>(page.size);
    const std::size_t total = found.size();
    json::array shown_page;
    for (std::size_t i = first; i < total && i < first + static_cast<std::size_t>(page.size); ++i)
        shown_page.push_back(std::move(found[i]));
    if (!page.with_totals) return json_answer(200, std::move(shown_page));
    return json_answer(
        200,
        json::object{{"total", total}, {"start", first}, {"limit", page.size}, {"connections", std::move(shown_page)}});
}

Response get_connection(TenantState& state, const Call& call)
{
    for (const Connection& connection : state.connections)
        if (connection.id == call.path[0]) return json_answer(200, visible(connection, call));
    return error_answer(404, "The connection does not exist", "inexistent_connection");
}

}  // namespace standins::auth0
