#pragma once

#include <boost/json/fwd.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace standins::auth0 {

enum class Kind
{
    text,
    text_or_null,
    flag,
    count,  // an integer from 0
    object,
};

enum class Format
{
    any,
    email,
    user_id,  // provider, a bar, an id
    uri,
    phone,          // E.164
    connection_id,  // con_ and 16 alphanumerics
    no_space,
};

struct Property
{
    std::string_view name;
    Kind kind = Kind::text;
    std::size_t length_min = 0;
    std::size_t length_max = 0;  // 0: no limit
    Format format = Format::any;
    std::string_view description;
};

// What Auth0's OpenAPI document demands of the requests that the bot makes.
struct Schema
{
    std::span<const Property> properties;
    std::string_view required;  // names, space-separated
    bool closed = true;         // by OpenAPI: unknown properties are refused
};

const Schema& create_user_schema();
const Schema& update_user_schema();
const Schema& password_ticket_schema();
const Schema& revoke_access_schema();

bool has_format(std::string_view text, Format format);

// "Payload validation error: ..." as Auth0 words it, or nullopt. `refuse_unknown` closes an open schema too.
std::optional<std::string> violation(const boost::json::object& body, const Schema& schema, bool refuse_unknown);

}  // namespace standins::auth0
