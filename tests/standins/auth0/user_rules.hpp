#pragma once

#include "tests/standins/auth0/api.hpp"

// What creating and updating a user have in common. Inside only.
namespace standins::auth0 {

Response invalid_body(std::string_view message);

// Names in metadata may hold neither a dot nor a dollar sign.
std::optional<Response> bad_metadata(const json::object& body);

// Why the connection's policy does not want this password for the account; nullopt: it does.
std::optional<Response> refuse_password(
    const Identity& identity, const Connection& connection, const json::object& profile, std::string_view password);

// 400, and a record in the log, for a profile that would be over the tenant's limit. That Auth0 refuses to write such
// is documented, and so is the record's type; status, code and sentence of the answer are not confirmed.
std::optional<Response> refuse_size(TenantState& state, const User& after, TimeMs now);

// Another user of the connection has this value in this field.
bool is_taken(
    const TenantState& state, const Connection& connection, std::string_view field, std::string_view value,
    std::string_view except_user);

}  // namespace standins::auth0
