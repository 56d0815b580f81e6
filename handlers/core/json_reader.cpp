#include "handlers/core/json_reader.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <cmath>

namespace countersign {

namespace json = boost::json;

namespace {

// Beyond 2^53 a double is no integer any more.
constexpr double integer_max = 9e15;

std::string_view view_of(const json::string& text) { return {text.data(), text.size()}; }

}  // namespace

const json::value* JsonReader::find(std::string_view path) const
{
    const json::value* found = nullptr;
    const json::string_view place{path.data(), path.size()};
    if (value_ != nullptr && (path.empty() || path.front() == '/'))
    {
        json::error_code absent;
        found = value_->find_pointer(place, absent);
    }
    else if (value_ != nullptr && value_->is_object())
        found = value_->get_object().if_contains(place);
    const bool is_as_good_as_absent = found != nullptr && found->is_null() && written_ == Written::by_others;
    return is_as_good_as_absent ? nullptr : found;
}

std::optional<std::string_view> JsonReader::string(std::string_view path) const
{
    const json::value* found = find(path);
    if (found == nullptr) return std::nullopt;
    if (!found->is_string()) return fail(std::optional<std::string_view>{});
    return view_of(found->get_string());
}

std::optional<std::int64_t> JsonReader::integer(std::string_view path) const
{
    const json::value* found = find(path);
    if (found == nullptr) return std::nullopt;
    if (const std::int64_t* number = found->if_int64()) return *number;
    const double* real = written_ == Written::by_others ? found->if_double() : nullptr;
    if (real != nullptr && std::isfinite(*real) && std::abs(*real) < integer_max)
        return static_cast<std::int64_t>(*real);
    return fail(std::optional<std::int64_t>{});
}

std::optional<int> JsonReader::count(std::string_view path, int most) const
{
    const auto number = integer(path);
    if (!number) return std::nullopt;
    if (*number < 0 || *number > most) return fail(std::optional<int>{});
    return static_cast<int>(*number);
}

std::optional<bool> JsonReader::boolean(std::string_view path) const
{
    const json::value* found = find(path);
    if (found == nullptr) return std::nullopt;
    if (!found->is_bool()) return fail(std::optional<bool>{});
    return found->get_bool();
}

std::string JsonReader::text_or(std::string_view path, std::string_view otherwise) const
{
    return std::string{string(path).value_or(otherwise)};
}

std::int64_t JsonReader::number_or(std::string_view path, std::int64_t otherwise) const
{
    return integer(path).value_or(otherwise);
}

bool JsonReader::flag_or(std::string_view path, bool otherwise) const { return boolean(path).value_or(otherwise); }

std::optional<TimePoint> JsonReader::optional_time(std::string_view path) const
{
    const auto ms = integer(path);
    if (!ms) return std::nullopt;
    return from_unix_ms(*ms);
}

std::optional<JsonReader> JsonReader::optional_object(std::string_view path) const
{
    JsonReader inside = within(path);
    if (!inside.is_there()) return std::nullopt;
    return inside;
}

JsonReader JsonReader::within(std::string_view path) const
{
    const json::value* found = find(path);
    if (found != nullptr && !found->is_object()) refuse();
    return part(found != nullptr && found->is_object() ? found : nullptr);
}

std::vector<JsonReader> JsonReader::objects(std::string_view path) const
{
    std::vector<JsonReader> out;
    const json::value* found = find(path);
    if (found == nullptr) return out;
    if (!found->is_array()) return fail(out);
    for (const json::value& each : found->get_array())
    {
        if (!each.is_object()) return fail(out);
        out.push_back(part(&each));
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> JsonReader::members(std::string_view path) const
{
    std::vector<std::pair<std::string, std::string>> out;
    const json::value* found = find(path);
    if (found == nullptr) return out;
    if (!found->is_object()) return fail(out);
    for (const auto& member : found->get_object())
    {
        if (!member.value().is_string()) return fail(out);
        out.emplace_back(std::string{member.key()}, std::string{view_of(member.value().get_string())});
    }
    return out;
}

std::string JsonReader::text(std::string_view path) const { return std::string{demanded(string(path))}; }
std::int64_t JsonReader::number(std::string_view path) const { return demanded(integer(path)); }

bool JsonReader::flag(std::string_view path) const { return demanded(boolean(path)); }

std::vector<std::string> JsonReader::texts(std::string_view path) const
{
    std::vector<std::string> out;
    const json::value* found = find(path);
    if (found == nullptr || !found->is_array()) return fail(out);
    for (const json::value& each : found->get_array())
    {
        if (!each.is_string()) return fail(out);
        out.emplace_back(view_of(each.get_string()));
    }
    return out;
}

JsonReader JsonReader::object(std::string_view path) const
{
    const JsonReader inside = within(path);
    return inside.is_there() ? inside : fail(inside);
}

}  // namespace countersign
