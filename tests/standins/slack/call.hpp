#pragma once

#include "tests/standins/http.hpp"
#include "tests/standins/time.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace standins::slack {

// Ends a call with Slack's error code; nothing was applied.
struct Refusal
{
    std::string error;
    std::vector<std::string> messages;  // response_metadata.messages
    boost::json::object extra;          // e.g. needed, provided
};

Refusal invalid_arguments(std::string message);

// A call's arguments, whether they came as a form (everything is text) or as JSON. Null is the same as absent.
class Arguments
{
public:
    Arguments() = default;
    explicit Arguments(boost::json::object values) : values_{std::move(values)} {}

    const boost::json::object& values() const { return values_; }
    bool has(std::string_view name) const { return find(name) != nullptr; }
    // A text or a number as text. Nothing when absent; a structure is refused (invalid_arguments).
    std::optional<std::string> text(std::string_view name) const;
    // The text, or a refusal naming the missing field.
    std::string required(std::string_view name) const;
    bool flag(std::string_view name) const;  // true, "true", "1"
    // An object or array, given as JSON or as JSON text. Text that is no JSON is refused with `error`.
    std::optional<boost::json::value> structure(std::string_view name, const std::string& error) const;
    // `fallback` when absent; outside [1, max], or no number: refused with `error`.
    std::int64_t count(std::string_view name, std::int64_t fallback, std::int64_t max, const std::string& error) const;

private:
    const boost::json::value* find(std::string_view name) const;
    boost::json::object values_;
};

struct Call
{
    std::string method;
    Arguments args;
    TimeMs now = 0;
    std::vector<std::string> warnings;
};

// The arguments of a request as Slack takes them, and the warnings its encoding deserves. `json_allowed` and
// `get_allowed` are the method's. Throws Refusal.
Call read_call(const Request& request, const std::string& method, bool json_allowed, bool get_allowed, TimeMs now);

// The token: from the Authorization header, else from a form body. Never from the address.
std::string token_of(const Request& request);

std::string to_text(const boost::json::value& string);
// Is the media type of the Content-Type header this one, whatever its parameters?
bool has_media_type(const Request& request, std::string_view type);
// The charset parameter in lower case, or empty.
std::string charset_of(const Request& request);

}  // namespace standins::slack
