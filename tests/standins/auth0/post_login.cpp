#include "tests/standins/auth0/post_login.hpp"

#include "tests/standins/auth0/text.hpp"

#include <boost/json.hpp>

#include <cstdlib>
#include <optional>
#include <string>

namespace standins::auth0 {

namespace json = boost::json;

namespace {

constexpr TimeMs clock_difference_max_ms = 120'000;

const json::object* object_at(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value == nullptr ? nullptr : value->if_object();
}

std::optional<TimeMs> time_at(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return from_iso(json::value_to<std::string>(*value));
}

bool is_still_ours(const json::object& marker, const json::object& user)
{
    const auto reset_at = time_at(marker, "reset_at");
    const auto changed_at = time_at(user, "last_password_reset");
    const auto by_us = time_at(marker, "admin_lpr");
    // A mark that cannot be read does not say that anybody has changed anything.
    if (!by_us && !reset_at) return true;
    if (!changed_at)
    {
        const auto created_at = time_at(user, "created_at");
        if (by_us) return created_at && *created_at == *by_us;
        return created_at && *created_at >= *reset_at - clock_difference_max_ms;
    }
    if (by_us) return *changed_at == *by_us;
    return std::abs(*changed_at - *reset_at) <= clock_difference_max_ms;
}

}  // namespace

PostLogin post_login(const json::object& user, std::string_view strategy)
{
    if (strategy != "auth0") return PostLogin::nothing;
    const auto* metadata = object_at(user, "app_metadata");
    const auto* marker = metadata != nullptr ? object_at(*metadata, "countersign") : nullptr;
    const auto* must_change = marker != nullptr ? marker->if_contains("must_change") : nullptr;
    if (must_change == nullptr || !must_change->is_bool() || !must_change->get_bool()) return PostLogin::nothing;
    return is_still_ours(*marker, user) ? PostLogin::choose : PostLogin::clear;
}

}  // namespace standins::auth0
