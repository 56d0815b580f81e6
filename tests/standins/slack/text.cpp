#include "tests/standins/slack/text.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cctype>

namespace standins::slack {
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
    for (std::size_t i = 0; i < text.size(); ++i)
    {
        if (text[i] == '+')
            out += ' ';
        else if (text[i] != '%')
            out += text[i];
        else
        {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

std::string encode(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text)
    {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '*' || c == '-' || c == '.' || c == '_')
            out += c;
        else if (c == ' ')
            out += '+';
        else
        {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

std::size_t sequence_length(unsigned char lead)
{
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

bool is_address_character(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
        std::string_view{"._%+'-"}.find(c) != std::string_view::npos;
}

bool is_domain_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-'; }

}  // namespace

std::optional<Form> parse_form(std::string_view text)
{
    Form form;
    while (!text.empty())
    {
        const auto end = std::min(text.find('&'), text.size());
        const auto pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = decode(pair.substr(0, equals));
        auto value = decode(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value) return std::nullopt;
        form.emplace_back(std::move(*name), std::move(*value));
    }
    return form;
}

std::string print_form(const Form& form)
{
    std::string out;
    for (const auto& [name, value] : form)
    {
        if (!out.empty()) out += '&';
        out += encode(name) + '=' + encode(value);
    }
    return out;
}

std::string form_value(const Form& form, std::string_view name)
{
    for (const auto& [key, value] : form)
        if (key == name) return value;
    return {};
}

bool is_utf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();)
    {
        const auto lead = static_cast<unsigned char>(text[i]);
        const auto length = sequence_length(lead);
        if (length == 0 || i + length > text.size()) return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return false;
        const auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : static_cast<unsigned char>(0x80);
        const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
        const bool beyond = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
        if (overlong || beyond) return false;
        i += length;
    }
    return true;
}

std::size_t utf16_length(std::string_view utf8)
{
    std::size_t units = 0;
    for (const char c : utf8)
    {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U) continue;
        units += byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

std::string utf16_prefix(std::string_view utf8, std::size_t units)
{
    std::size_t end = 0;
    while (end < utf8.size())
    {
        const auto length = std::max<std::size_t>(1, sequence_length(static_cast<unsigned char>(utf8[end])));
        const std::size_t cost = length == 4 ? 2 : 1;
        if (cost > units) break;
        units -= cost;
        end += length;
    }
    return std::string{utf8.substr(0, end)};
}

std::string escape_entities(std::string_view text)
{
    std::string out;
    for (const char c : text)
    {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

std::optional<std::pair<std::size_t, std::size_t>> find_address(std::string_view word)
{
    const auto at = word.find('@');
    if (at == std::string_view::npos) return std::nullopt;
    auto begin = at;
    while (begin > 0 && is_address_character(word[begin - 1])) --begin;
    auto end = at + 1;
    while (end < word.size() && is_domain_character(word[end])) ++end;
    while (end > at + 1 && !std::isalnum(static_cast<unsigned char>(word[end - 1]))) --end;
    const auto domain = word.substr(at + 1, end - at - 1);
    if (begin == at || domain.find('.') == std::string_view::npos) return std::nullopt;
    return std::pair{begin, end - begin};
}

std::string base64(std::string_view bytes)
{
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int written = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
        static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(written));
    return out;
}

std::optional<std::string> unbase64(std::string_view text)
{
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    std::string out(text.size() / 4 * 3, '\0');
    const int written = EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(text.data()),
        static_cast<int>(text.size()));
    if (written < 0) return std::nullopt;
    const auto padding = static_cast<std::size_t>(std::count(text.end() - 2, text.end(), '='));
    out.resize(static_cast<std::size_t>(written) - padding);
    return out;
}

std::vector<std::string> split_list(std::string_view list)
{
    std::vector<std::string> parts;
    while (!list.empty())
    {
        const auto end = std::min(list.find(','), list.size());
        if (end > 0) parts.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return parts;
}

}  // namespace standins::slack
