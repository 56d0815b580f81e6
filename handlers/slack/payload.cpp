#include "handlers/slack/payload.hpp"

#include "handlers/core/ascii.hpp"
#include "handlers/core/text.hpp"

#include <boost/json/value.hpp>

#include <algorithm>

namespace countersign::slack {

namespace {

constexpr std::size_t name_units_max = 255;  // as long as Slack's block_id and action_id
constexpr std::size_t id_bytes_max = 32;

}  // namespace

bool is_slack_id(std::string_view text)
{
    const auto is_of_id = [](char c) { return ascii::is_upper(c) || ascii::is_digit(c); };
    return !text.empty() && text.size() <= id_bytes_max && std::all_of(text.begin(), text.end(), is_of_id);
}

bool is_message_ts(std::string_view text)
{
    const auto dot = text.find('.');
    return text.size() <= id_bytes_max && dot != std::string_view::npos && ascii::are_digits(text.substr(0, dot)) &&
        ascii::are_digits(text.substr(dot + 1));
}

std::string PayloadReader::text(std::string_view path, std::size_t units_max) const
{
    const std::string_view found = text_view(path);
    if (found.size() > units_max && utf16_units(found) > units_max) refuse();
    return std::string{found};
}

std::string PayloadReader::name(std::string_view path) const
{
    std::string found = text(path, name_units_max);
    if (has_control_characters(found)) refuse();
    return found;
}

std::string PayloadReader::required_name(std::string_view path) const
{
    std::string found = name(path);
    if (found.empty()) refuse();
    return found;
}

std::optional<Secret> PayloadReader::secret(std::string_view path, std::size_t bytes_max) const
{
    const auto found = string(path);
    if (!found || found->empty()) return std::nullopt;
    if (found->size() > bytes_max || !std::all_of(found->begin(), found->end(), ascii::is_visible)) refuse();
    return Secret{*found};
}

Secret PayloadReader::required_secret(std::string_view path, std::size_t bytes_max) const
{
    auto found = secret(path, bytes_max);
    if (found) return std::move(*found);
    refuse();
    return Secret{""};
}

bool PayloadReader::flag(std::string_view path) const
{
    const boost::json::value* found = find(path);
    if (found != nullptr && found->is_bool()) return found->get_bool();
    const std::string_view word = text_view(path);
    if (!word.empty() && word != "true" && word != "false") refuse();
    return word == "true";
}

std::optional<std::string> PayloadReader::id_text(std::string_view path) const
{
    const auto found = string(path);
    if (!found || found->empty()) return std::nullopt;
    if (is_slack_id(*found)) return std::string{*found};
    return fail(std::optional<std::string>{});
}

std::string PayloadReader::required_id_text(std::string_view path) const
{
    auto found = id_text(path);
    if (!found) refuse();
    return found.value_or(std::string{});
}

std::optional<MessageTs> PayloadReader::ts(std::string_view path) const
{
    const auto found = string(path);
    if (!found) return std::nullopt;
    if (is_message_ts(*found)) return MessageTs{std::string{*found}};
    return fail(std::optional<MessageTs>{});
}

}  // namespace countersign::slack
