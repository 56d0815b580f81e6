#include "tests/standins/slack/call.hpp"

#include "tests/standins/slack/text.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace json = boost::json;

namespace standins::slack {
namespace {

std::string lower(std::string_view text)
{
    std::string out{text};
    std::transform(
        out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::string_view trim(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

constexpr std::string_view form_type = "application/x-www-form-urlencoded";

json::object form_to_object(const Form& form)
{
    json::object values;
    for (const auto& [name, value] : form)
        if (name != "token") values[name] = value;
    return values;
}

json::object read_form(std::string_view text)
{
    const auto form = parse_form(text);
    if (!form) throw Refusal{"invalid_form_data", {}, {}};
    for (const auto& [name, value] : *form)
        if (!is_utf8(name) || !is_utf8(value)) throw Refusal{"invalid_charset", {}, {}};
    return form_to_object(*form);
}

json::object read_json(std::string_view text)
{
    json::error_code problem;
    auto value = json::parse(text, problem);
    if (problem) throw Refusal{"invalid_json", {}, {}};
    if (!value.is_object()) throw Refusal{"json_not_object", {}, {}};
    value.get_object().erase("token");
    return std::move(value.get_object());
}

}  // namespace

Refusal invalid_arguments(std::string message)
{
    return Refusal{"invalid_arguments", {"[ERROR] " + std::move(message)}, {}};
}

std::string to_text(const json::value& string)
{
    const auto* text = string.if_string();
    return text == nullptr ? std::string{} : std::string{text->data(), text->size()};
}

bool has_media_type(const Request& request, std::string_view type)
{
    const auto header = request.header("content-type");
    return lower(trim(header.substr(0, header.find(';')))) == type;
}

std::string charset_of(const Request& request)
{
    const auto header = lower(request.header("content-type"));
    const auto at = header.find("charset=");
    if (at == std::string::npos) return {};
    auto value = std::string_view{header}.substr(at + 8);
    value = trim(value.substr(0, value.find(';')));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    return std::string{value};
}

const json::value* Arguments::find(std::string_view name) const
{
    const auto* value = values_.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> Arguments::text(std::string_view name) const
{
    const auto* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_string()) return to_text(*value);
    if (value->is_int64()) return std::to_string(value->get_int64());
    throw invalid_arguments("must be a string [json-pointer:/" + std::string{name} + ']');
}

std::string Arguments::required(std::string_view name) const
{
    auto value = text(name);
    if (!value || value->empty()) throw invalid_arguments("missing required field: " + std::string{name});
    return *std::move(value);
}

bool Arguments::flag(std::string_view name) const
{
    const auto* value = find(name);
    if (value == nullptr) return false;
    if (value->is_bool()) return value->get_bool();
    if (value->is_int64()) return value->get_int64() == 1;
    const auto word = to_text(*value);
    return word == "true" || word == "1";
}

std::optional<json::value> Arguments::structure(std::string_view name, const std::string& error) const
{
    const auto* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (!value->is_string()) return *value;
    const auto source = to_text(*value);
    if (source.empty()) return std::nullopt;
    json::error_code problem;
    auto parsed = json::parse(source, problem);
    if (problem) throw Refusal{error, {}, {}};
    return parsed;
}

std::int64_t Arguments::count(
    std::string_view name, std::int64_t fallback, std::int64_t max, const std::string& error) const
{
    const auto value = text(name);
    if (!value || value->empty()) return fallback;
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(value->data(), value->data() + value->size(), number);
    if (problem != std::errc{} || end != value->data() + value->size() || number < 1 || number > max)
        throw Refusal{error, {}, {}};
    return number;
}

Call read_call(const Request& request, const std::string& method, bool json_allowed, bool get_allowed, TimeMs now)
{
    Call call;
    call.method = method;
    call.now = now;
    if (request.method == "GET")
    {
        if (!get_allowed) throw Refusal{"missing_post_type", {}, {}};
        call.args = Arguments{read_form(request.query())};
        return call;
    }
    const auto charset = charset_of(request);
    if (!charset.empty() && charset != "utf-8" && charset != "utf8") throw Refusal{"invalid_charset", {}, {}};
    if (has_media_type(request, form_type))
    {
        if (!charset.empty()) call.warnings.emplace_back("superfluous_charset");
        call.args = Arguments{read_form(request.body)};
    }
    else if (has_media_type(request, "application/json"))
    {
        if (!json_allowed) throw Refusal{"invalid_post_type", {}, {}};
        if (charset.empty()) call.warnings.emplace_back("missing_charset");
        call.args = Arguments{read_json(request.body)};
    }
    else if (request.header("content-type").empty())
    {
        if (!request.body.empty()) throw Refusal{"missing_post_type", {}, {}};
    }
    else
        throw Refusal{"invalid_post_type", {}, {}};
    return call;
}

std::string token_of(const Request& request)
{
    const auto header = request.header("authorization");
    if (header.size() > 7 && lower(header.substr(0, 7)) == "bearer ") return std::string{trim(header.substr(7))};
    if (!has_media_type(request, form_type)) return {};
    const auto form = parse_form(request.body);
    return form ? form_value(*form, "token") : std::string{};
}

}  // namespace standins::slack
