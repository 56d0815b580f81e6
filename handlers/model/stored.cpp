#include "handlers/model/stored.hpp"

#include <boost/json/string.hpp>

namespace countersign::stored {

namespace json = boost::json;

namespace {

std::string plain(const json::string& text) { return {text.data(), text.size()}; }

}  // namespace

json::string text_of(std::string_view text) { return json::string{json::string_view{text.data(), text.size()}}; }

json::array texts_of(const std::vector<std::string>& texts)
{
    json::array out;
    for (const std::string& text : texts) out.emplace_back(text_of(text));
    return out;
}

void put(json::object& out, json::string_view key, const std::optional<TimePoint>& at)
{
    if (at) out[key] = to_unix_ms(*at);
}

std::string Fields::text(json::string_view key) const
{
    const json::value* value = find(key);
    if (!value || !value->is_string()) return fail(std::string{});
    return plain(value->get_string());
}

std::int64_t Fields::number(json::string_view key) const
{
    const json::value* value = find(key);
    if (!value || !value->is_int64()) return fail(std::int64_t{0});
    return value->get_int64();
}

bool Fields::flag(json::string_view key) const
{
    const json::value* value = find(key);
    if (!value || !value->is_bool()) return fail(false);
    return value->get_bool();
}

std::vector<std::string> Fields::texts(json::string_view key) const
{
    std::vector<std::string> out;
    const json::value* value = find(key);
    if (!value || !value->is_array()) return fail(out);
    for (const json::value& each : value->get_array())
    {
        if (!each.is_string()) return fail(out);
        out.push_back(plain(each.get_string()));
    }
    return out;
}

Fields Fields::object(json::string_view key) const
{
    const auto found = optional_object(key);
    return found ? *found : fail(Fields{nullptr, *sound_});
}

std::string Fields::text_or(json::string_view key, std::string_view otherwise) const
{
    return has(key) ? text(key) : std::string{otherwise};
}

std::int64_t Fields::number_or(json::string_view key, std::int64_t otherwise) const
{
    return has(key) ? number(key) : otherwise;
}

bool Fields::flag_or(json::string_view key, bool otherwise) const { return has(key) ? flag(key) : otherwise; }

std::optional<TimePoint> Fields::optional_time(json::string_view key) const
{
    if (!has(key)) return std::nullopt;
    return time(key);
}

std::optional<Fields> Fields::optional_object(json::string_view key) const
{
    const json::value* value = find(key);
    if (!value) return std::nullopt;
    if (!value->is_object()) return fail(std::optional<Fields>{});
    return Fields{&value->get_object(), *sound_};
}

std::vector<Fields> Fields::objects(json::string_view key) const
{
    std::vector<Fields> out;
    const json::value* value = find(key);
    if (!value) return out;
    if (!value->is_array()) return fail(out);
    for (const json::value& each : value->get_array())
    {
        if (!each.is_object()) return fail(out);
        out.emplace_back(&each.get_object(), *sound_);
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> Fields::members(json::string_view key) const
{
    std::vector<std::pair<std::string, std::string>> out;
    const json::value* value = find(key);
    if (!value) return out;
    if (!value->is_object()) return fail(out);
    for (const auto& member : value->get_object())
    {
        if (!member.value().is_string()) return fail(out);
        out.emplace_back(std::string{member.key().data(), member.key().size()}, plain(member.value().get_string()));
    }
    return out;
}

}  // namespace countersign::stored
