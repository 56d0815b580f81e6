#include "tests/standins/auth0/post_login.hpp"

#include "tests/standins/auth0/text.hpp"

#include <boost/json.hpp>

#include <optional>
#include <string>

namespace standins::auth0 {

namespace json = boost::json;

namespace {

constexpr TimeMs clock_difference_max_ms = 10 * 60'000;
constexpr TimeMs earlier_max_ms = 24 * 60 * 60'000;

// nullptr: there is none, or it is null.
const json::value* value_at(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<TimeMs> time_at(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return from_iso(json::value_to<std::string>(*value));
}

// nullopt: there is none. Empty: there is one, and it cannot be read.
std::optional<json::object> marker_of(const json::object& user)
{
    const auto* metadata = value_at(user, "app_metadata");
    if (metadata == nullptr) return std::nullopt;
    if (!metadata->is_object()) return json::object{};
    const auto* marker = value_at(metadata->get_object(), "countersign");
    if (marker == nullptr) return std::nullopt;
    return marker->is_object() ? marker->get_object() : json::object{};
}

// nullopt also for a time at which no change of ours can have begun.
std::optional<TimeMs> reset_at_of(const json::object& marker, const json::object& user, TimeMs now)
{
    const auto reset_at = time_at(marker, "reset_at");
    const auto created_at = time_at(user, "created_at");
    if (!reset_at || *reset_at > now + clock_difference_max_ms) return std::nullopt;
    if (created_at && *reset_at < *created_at - clock_difference_max_ms) return std::nullopt;
    return reset_at;
}

bool is_still_ours(const json::object& marker, const json::object& user, TimeMs now)
{
    const auto changed_at = time_at(user, "last_password_reset");
    const bool tells = value_at(user, "last_password_reset") != nullptr;
    const auto by_us = time_at(marker, "admin_lpr");
    if (tells && !changed_at) return true;
    if (by_us) return !tells || *changed_at == *by_us;
    const auto reset_at = reset_at_of(marker, user, now);
    if (!reset_at) return true;
    if (!tells)
    {
        const auto created_at = time_at(user, "created_at");
        return !created_at || *created_at >= *reset_at - earlier_max_ms;
    }
    return *changed_at >= *reset_at - earlier_max_ms && *changed_at <= *reset_at + clock_difference_max_ms;
}

}  // namespace

PostLogin post_login(const json::object& user, std::string_view strategy, TimeMs now)
{
    if (!strategy.empty() && strategy != "auth0") return PostLogin::nothing;
    const auto marker = marker_of(user);
    if (!marker) return PostLogin::nothing;
    const auto* must_change = marker->if_contains("must_change");
    if (must_change != nullptr && must_change->is_bool() && !must_change->get_bool()) return PostLogin::nothing;
    return is_still_ours(*marker, user, now) ? PostLogin::choose : PostLogin::clear;
}

}  // namespace standins::auth0
