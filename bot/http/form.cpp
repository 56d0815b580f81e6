#include "bot/http/form.hpp"

#include "handlers/core/text.hpp"

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
    if (!is_valid_utf8(out)) return std::nullopt;
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
