#include "handlers/slack/payload.hpp"

#include "handlers/core/text.hpp"
#include "handlers/core/wiped_json.hpp"

#include <boost/json/value.hpp>

#include <algorithm>

namespace countersign::slack {

namespace json = boost::json;

namespace {

constexpr std::size_t name_units_max = 255;  // as long as Slack's block_id and action_id

bool is_digits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_printable(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

Result<json::value> parse_json(std::string_view text, std::size_t bytes_max)
{
    if (text.size() > bytes_max) return Errc::too_large;
    return parse_wiped(text, json_depth_max);
}

bool is_slack_id(std::string_view text)
{
    return !text.empty() && text.size() <= 32 &&
        std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

bool is_message_ts(std::string_view text)
{
    const auto dot = text.find('.');
    return text.size() <= 32 && dot != std::string_view::npos && is_digits(text.substr(0, dot)) &&
        is_digits(text.substr(dot + 1));
}

const json::value* Reader::find(std::string_view pointer) const
{
    json::error_code absent;
    const json::value* found = root_.find_pointer(json::string_view{pointer.data(), pointer.size()}, absent);
    return found == nullptr || found->is_null() ? nullptr : found;
}

std::optional<std::string_view> Reader::string_at(std::string_view pointer)
{
    const json::value* found = find(pointer);
    if (found == nullptr) return std::nullopt;
    const json::string* text = found->if_string();
    if (text == nullptr)
    {
        refuse();
        return std::nullopt;
    }
    return std::string_view{text->data(), text->size()};
}

std::string Reader::text(std::string_view pointer, std::size_t units_max)
{
    const auto found = string_at(pointer);
    if (!found) return {};
    if (found->size() > units_max && utf16_units(*found) > units_max) refuse();
    return std::string{*found};
}

std::string Reader::name(std::string_view pointer)
{
    std::string found = text(pointer, name_units_max);
    if (has_control_characters(found)) refuse();
    return found;
}

std::string Reader::required_name(std::string_view pointer)
{
    std::string found = name(pointer);
    if (found.empty()) refuse();
    return found;
}

std::optional<Secret> Reader::secret(std::string_view pointer, std::size_t bytes_max)
{
    const auto found = string_at(pointer);
    if (!found || found->empty()) return std::nullopt;
    if (found->size() > bytes_max || !is_printable(*found)) refuse();
    return Secret{*found};
}

Secret Reader::required_secret(std::string_view pointer, std::size_t bytes_max)
{
    auto found = secret(pointer, bytes_max);
    if (found) return std::move(*found);
    refuse();
    return Secret{""};
}

bool Reader::flag(std::string_view pointer)
{
    const json::value* found = find(pointer);
    if (found == nullptr) return false;
    if (const bool* value = found->if_bool()) return *value;
    const auto word = string_at(pointer);
    if (word && !word->empty() && *word != "true" && *word != "false") refuse();
    return word == "true";
}

std::optional<std::string> Reader::id_text(std::string_view pointer)
{
    const auto found = string_at(pointer);
    if (!found || found->empty()) return std::nullopt;
    if (is_slack_id(*found)) return std::string{*found};
    refuse();
    return std::nullopt;
}

std::string Reader::required_id_text(std::string_view pointer)
{
    auto found = id_text(pointer);
    if (!found) refuse();
    return found.value_or(std::string{});
}

std::optional<MessageTs> Reader::ts(std::string_view pointer)
{
    const auto found = string_at(pointer);
    if (!found) return std::nullopt;
    if (is_message_ts(*found)) return MessageTs{std::string{*found}};
    refuse();
    return std::nullopt;
}

}  // namespace countersign::slack
