#include "auth0/json_reader.hpp"

#include "handlers/core/wiped_json.hpp"

#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace countersign::auth0 {

namespace json = boost::json;

std::optional<json::value> parse_json(std::string_view body)
{
    if (body.size() > json_bytes_max) return std::nullopt;
    auto parsed = parse_wiped(body, json_depth_max);
    if (!parsed) return std::nullopt;
    return std::move(*parsed);
}

const json::value* member(const json::value& parent, std::string_view key)
{
    const json::object* object = parent.if_object();
    if (object == nullptr) return nullptr;
    return object->if_contains(json::string_view{key.data(), key.size()});
}

std::string_view text_at(const json::value& parent, std::string_view key)
{
    const json::value* found = member(parent, key);
    const json::string* text = found != nullptr ? found->if_string() : nullptr;
    return text != nullptr ? std::string_view{text->data(), text->size()} : std::string_view{};
}

std::optional<std::int64_t> integer_at(const json::value& parent, std::string_view key)
{
    const json::value* found = member(parent, key);
    if (found == nullptr) return std::nullopt;
    if (const std::int64_t* number = found->if_int64()) return *number;
    // 86400.0 is how some JSON writers say 86400. Beyond 2^53 a double is no integer any more.
    if (const double* number = found->if_double())
        if (std::isfinite(*number) && std::abs(*number) < 9e15) return static_cast<std::int64_t>(*number);
    return std::nullopt;
}

std::string cut(std::string_view text)
{
    std::size_t size = std::min(text.size(), text_bytes_max);
    const auto continues = [&text](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; };
    while (size > 0 && size < text.size() && continues(size)) --size;
    return std::string{text.substr(0, size)};
}

std::string word(std::string_view code)
{
    std::string out{code.substr(0, 64)};
    for (char& c : out)
    {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) c = '_';
    }
    return out;
}

}  // namespace countersign::auth0
