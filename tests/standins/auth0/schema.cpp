#include "tests/standins/auth0/schema.hpp"

#include "tests/standins/auth0/text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace standins::auth0 {

namespace json = boost::json;

namespace {

constexpr std::array create_user_properties{
    Property{"email", Kind::text, 0, 0, Format::email, "The user's email"},
    Property{
        "phone_number", Kind::text, 0, 0, Format::phone,
        "The user's phone number (following the E.164 recommendation)"},
    Property{
        "user_metadata", Kind::object, 0, 0, Format::any,
        "Data related to the user that does not affect the application's core functionality"},
    Property{"blocked", Kind::flag, 0, 0, Format::any, "Whether this user was blocked by an administrator"},
    Property{"email_verified", Kind::flag, 0, 0, Format::any, "Whether this email address is verified"},
    Property{"phone_verified", Kind::flag, 0, 0, Format::any, "Whether this phone number has been verified"},
    Property{
        "app_metadata", Kind::object, 0, 0, Format::any,
        "Data related to the user that does affect the application's core functionality"},
    Property{"given_name", Kind::text, 1, 150, Format::any, "The user's given name(s)"},
    Property{"family_name", Kind::text, 1, 150, Format::any, "The user's family name(s)"},
    Property{"name", Kind::text, 1, 300, Format::any, "The user's full name"},
    Property{"nickname", Kind::text, 1, 300, Format::any, "The user's nickname"},
    Property{"picture", Kind::text, 0, 0, Format::uri, "A URI pointing to the user's picture"},
    Property{
        "user_id", Kind::text, 0, 255, Format::no_space, "The external user's id provided by the identity provider"},
    Property{"connection", Kind::text, 1, 0, Format::any, "Name of the connection this user should be created in"},
    Property{
        "password", Kind::text, 1, 0, Format::any,
        "Initial password for this user. Only valid for auth0 connection strategy"},
    Property{
        "verify_email", Kind::flag, 0, 0, Format::any,
        "Whether the user will receive a verification email after creation"},
    Property{
        "username", Kind::text, 1, 128, Format::any,
        "The user's username. Only valid if the connection requires a username"}};

constexpr std::array update_user_properties{
    Property{"blocked", Kind::flag, 0, 0, Format::any, "Whether this user was blocked by an administrator"},
    Property{"email_verified", Kind::flag, 0, 0, Format::any, "Whether this email address is verified"},
    Property{"email", Kind::text_or_null, 0, 0, Format::email, "Email address of this user"},
    Property{
        "phone_number", Kind::text_or_null, 0, 0, Format::phone,
        "The user's phone number (following the E.164 recommendation)"},
    Property{"phone_verified", Kind::flag, 0, 0, Format::any, "Whether this phone number has been verified"},
    Property{
        "user_metadata", Kind::object, 0, 0, Format::any, "User metadata to which this user has read/write access"},
    Property{"app_metadata", Kind::object, 0, 0, Format::any, "User metadata to which this user has read-only access"},
    Property{"given_name", Kind::text_or_null, 1, 150, Format::any, "Given name/first name/forename of this user"},
    Property{"family_name", Kind::text_or_null, 1, 150, Format::any, "Family name/last name/surname of this user"},
    Property{"name", Kind::text_or_null, 1, 300, Format::any, "Name of this user"},
    Property{"nickname", Kind::text_or_null, 1, 300, Format::any, "Preferred nickname or alias of this user"},
    Property{"picture", Kind::text_or_null, 0, 0, Format::uri, "URL to picture, photo, or avatar of this user"},
    Property{
        "verify_email", Kind::flag, 0, 0, Format::any,
        "Whether this user will receive a verification email after creation"},
    Property{
        "verify_phone_number", Kind::flag, 0, 0, Format::any,
        "Whether this user will receive a text after changing the phone number"},
    Property{
        "password", Kind::text_or_null, 1, 0, Format::any,
        "New password for this user. Only valid for database connections"},
    Property{"connection", Kind::text, 1, 0, Format::any, "Name of the connection to target for this user update"},
    Property{"client_id", Kind::text, 1, 0, Format::any, "Auth0 client ID. Only valid when updating email address"},
    Property{
        "username", Kind::text_or_null, 1, 128, Format::any,
        "The user's username. Only valid if the connection requires a username"}};

constexpr std::array password_ticket_properties{
    Property{"result_url", Kind::text, 0, 0, Format::uri, "URL the user will be redirected to"},
    Property{"user_id", Kind::text, 0, 0, Format::user_id, "user_id of for whom the ticket should be created"},
    Property{"client_id", Kind::text, 0, 0, Format::any, "ID of the client (application)"},
    Property{"organization_id", Kind::text, 0, 0, Format::any, "ID of the Organization"},
    Property{"connection_id", Kind::text, 0, 0, Format::connection_id, "ID of the connection"},
    Property{
        "email", Kind::text, 0, 0, Format::email, "Email address of the user for whom the tickets should be created"},
    Property{
        "ttl_sec", Kind::count, 0, 0, Format::any, "Number of seconds for which the ticket is valid before expiration"},
    Property{
        "mark_email_as_verified", Kind::flag, 0, 0, Format::any, "Whether to set the email_verified attribute to true"},
    Property{
        "includeEmailInRedirect", Kind::flag, 0, 0, Format::any,
        "Whether to include the email address as part of the returnUrl"},
    Property{"identity", Kind::object, 0, 0, Format::any, "The user's identity"}};

constexpr std::array revoke_access_properties{
    Property{"session_id", Kind::text, 0, 50, Format::any, "ID of the session to revoke"},
    Property{
        "preserve_refresh_tokens", Kind::flag, 0, 0, Format::any,
        "Whether to preserve the refresh tokens associated with the session"}};

std::string_view kind_name(Kind kind)
{
    switch (kind)
    {
    case Kind::text:
    case Kind::text_or_null: return "string";
    case Kind::flag: return "boolean";
    case Kind::count: return "integer";
    case Kind::object: return "object";
    }
    return "?";
}

std::string_view kind_name(const json::value& value)
{
    switch (value.kind())
    {
    case json::kind::null: return "null";
    case json::kind::bool_: return "boolean";
    case json::kind::int64:
    case json::kind::uint64: return "integer";
    case json::kind::double_: return "number";
    case json::kind::string: return "string";
    case json::kind::array: return "array";
    case json::kind::object: return "object";
    }
    return "?";
}

bool has_kind(const json::value& value, Kind kind)
{
    switch (kind)
    {
    case Kind::text: return value.is_string();
    case Kind::text_or_null: return value.is_string() || value.is_null();
    case Kind::flag: return value.is_bool();
    case Kind::count: return value.is_int64();
    case Kind::object: return value.is_object();
    }
    return false;
}

std::string_view format_name(Format format)
{
    switch (format)
    {
    case Format::any: return "any";
    case Format::email: return "email";
    case Format::user_id: return "user-id";
    case Format::uri: return "strict-uri";
    case Format::phone:
    case Format::connection_id:
    case Format::no_space: return "pattern";
    }
    return "?";
}

std::size_t code_points(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

// z-schema's words, which Auth0's answers use.
std::string complaint(const json::value& value, const Property& property)
{
    if (!has_kind(value, property.kind))
        return "Expected type " + std::string{kind_name(property.kind)} + " but found type " +
            std::string{kind_name(value)};
    if (value.is_int64() && value.get_int64() < 0)
        return "Value " + std::to_string(value.get_int64()) + " is less than minimum 0";
    if (!value.is_string()) return {};
    const std::string_view text = value.get_string();
    const std::size_t length = code_points(text);
    if (length < property.length_min)
        return "String is too short (" + std::to_string(length) + " chars), minimum " +
            std::to_string(property.length_min);
    if (property.length_max > 0 && length > property.length_max)
        return "String is too long (" + std::to_string(length) + " chars), maximum " +
            std::to_string(property.length_max);
    if (!has_format(text, property.format))
        return "Object didn't pass validation for format " + std::string{format_name(property.format)} + ": " +
            std::string{text};
    return {};
}

const Property* find_property(const Schema& schema, std::string_view name)
{
    for (const Property& property : schema.properties)
        if (property.name == name) return &property;
    return nullptr;
}

bool is_email(std::string_view text)
{
    const auto at = text.rfind('@');
    return at != std::string_view::npos && at > 0 && at <= 64 && at + 1 < text.size() && text.size() <= 254 &&
        text.find_first_of(" \t\r\n") == std::string_view::npos && text.substr(0, at).find('@') == text.npos;
}

bool is_phone(std::string_view text)
{
    return text.size() >= 2 && text.size() <= 16 && text[0] == '+' &&
        text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

}  // namespace

bool has_format(std::string_view text, Format format)
{
    switch (format)
    {
    case Format::any: return true;
    case Format::email: return is_email(text);
    case Format::user_id:
    {
        const auto bar = text.find('|');
        return bar != std::string_view::npos && bar > 0 && bar + 1 < text.size() && text.size() <= 300;
    }
    case Format::uri: return text.find("://") != std::string_view::npos;
    case Format::phone: return is_phone(text);
    case Format::connection_id: return text.size() == 20 && text.substr(0, 4) == "con_";
    case Format::no_space: return text.find_first_of(" \t\r\n") == std::string_view::npos;
    }
    return false;
}

const Schema& create_user_schema()
{
    static const Schema schema{create_user_properties, "connection", true};
    return schema;
}

const Schema& update_user_schema()
{
    static const Schema schema{update_user_properties, "", false};
    return schema;
}

const Schema& password_ticket_schema()
{
    static const Schema schema{password_ticket_properties, "", true};
    return schema;
}

const Schema& revoke_access_schema()
{
    static const Schema schema{revoke_access_properties, "", true};
    return schema;
}

std::optional<std::string> violation(const json::object& body, const Schema& schema, bool refuse_unknown)
{
    const std::string prefix = "Payload validation error: '";
    for (const auto& member : body)
    {
        const std::string name{member.key().data(), member.key().size()};
        const Property* property = find_property(schema, name);
        if (property == nullptr)
        {
            if (schema.closed || refuse_unknown) return prefix + "Additional properties not allowed: " + name + "'.";
            continue;
        }
        const std::string what = complaint(member.value(), *property);
        if (!what.empty())
            return prefix + what + "' on property " + name + " (" + std::string{property->description} + ").";
    }
    for (const std::string& name : split(schema.required, ' '))
        if (!name.empty() && !body.contains(name)) return prefix + "Missing required property: " + name + "'.";
    return std::nullopt;
}

}  // namespace standins::auth0
