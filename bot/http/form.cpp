#include "bot/http/form.hpp"

#include <cstdint>
#include <optional>

namespace countersign::http {

namespace {

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// One code point of RFC 3629: its length, or 0 when there is none (overlong, surrogate, too large, cut).
std::size_t utf8_length(std::string_view text)
{
    const auto byte = [&text](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
    const auto lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
    for (std::size_t at = 1; at < length; ++at)
        if ((byte(at) & 0xc0) != 0x80) return 0;
    const auto second = byte(1);
    const bool is_overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
    const bool is_surrogate = lead == 0xed && second > 0x9f;
    const bool is_too_large = lead == 0xf4 && second > 0x8f;
    return is_overlong || is_surrogate || is_too_large ? 0 : length;
}

bool is_utf8(std::string_view text)
{
    while (!text.empty())
    {
        const auto length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::optional<std::string> decode(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at)
    {
        char c = text[at] == '+' ? ' ' : text[at];
        if (c == '%')
        {
            if (at + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[at + 1]);
            const int low = hex_digit(text[at + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            at += 2;
        }
        if (c == '\0') return std::nullopt;
        out += c;
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view body)
{
    std::vector<std::pair<std::string, std::string>> fields;
    while (!body.empty())
    {
        const auto end = body.find('&');
        const auto field = body.substr(0, end);
        body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
        if (field.empty()) continue;
        if (fields.size() == form_fields_max) return Errc::too_large;

        const auto equals = field.find('=');
        auto name = decode(field.substr(0, equals));
        auto value = decode(equals == std::string_view::npos ? std::string_view{} : field.substr(equals + 1));
        if (!name || !value) return Errc::malformed;
        fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

}  // namespace countersign::http
