#include "tests/standins/auth0/text.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <stdexcept>

namespace standins::auth0 {

namespace {

std::string format_time(TimeMs at, const char* pattern)
{
    const TimeMs day_part = at % 1000;
    const TimeMs milliseconds = day_part < 0 ? day_part + 1000 : day_part;
    const auto seconds = static_cast<std::time_t>((at - milliseconds) / 1000);
    std::tm fields{};
    ::gmtime_r(&seconds, &fields);
    std::array<char, 80> text{};
    const int length = std::snprintf(
        text.data(), text.size(), pattern, fields.tm_year + 1900, fields.tm_mon + 1, fields.tm_mday, fields.tm_hour,
        fields.tm_min, fields.tm_sec, static_cast<int>(milliseconds));
    return std::string{text.data(), static_cast<std::size_t>(length)};
}

int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string digest(std::string_view data, const EVP_MD* algorithm)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    if (EVP_Digest(data.data(), data.size(), out.data(), &size, algorithm, nullptr) != 1)
        throw std::runtime_error{"EVP_Digest failed"};
    return std::string{out.begin(), out.begin() + size};
}

constexpr std::string_view base64url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string to_iso(TimeMs at) { return format_time(at, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ"); }

std::optional<TimeMs> from_iso(const std::string& text)
{
    std::tm fields{};
    const char* end = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &fields);
    if (end == nullptr || text.back() != 'Z') return std::nullopt;
    std::string fraction{end, text.c_str() + text.size() - 1};
    if (!fraction.empty() && (fraction.front() != '.' || fraction.size() < 2 || fraction.size() > 10))
        return std::nullopt;
    // Beyond milliseconds nothing counts, but digits they must be.
    if (fraction.find_first_not_of("0123456789", 1) != std::string::npos) return std::nullopt;
    fraction.resize(4, '0');
    return static_cast<TimeMs>(::timegm(&fields)) * 1000 + to_int(std::string_view{fraction}.substr(1)).value_or(0);
}

std::string to_digits(TimeMs at) { return format_time(at, "%04d%02d%02d%02d%02d%02d%03d"); }

std::string to_lower(std::string_view text)
{
    std::string lower{text};
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::string percent_encode(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text)
    {
        const bool unreserved = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
            c == '-' || c == '.' || c == '_' || c == '~';
        if (unreserved)
            out += c;
        else
        {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
    {
        if (text[i] == '+' && plus_is_space)
            out += ' ';
        else if (text[i] != '%')
            out += text[i];
        else
        {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

std::optional<Pairs> parse_form(std::string_view text)
{
    Pairs pairs;
    for (const std::string& part : split(text, '&'))
    {
        if (part.empty()) continue;
        const std::string_view item = part;
        const auto equals = item.find('=');
        auto name = percent_decode(item.substr(0, equals), true);
        auto value = percent_decode(equals == std::string_view::npos ? "" : item.substr(equals + 1), true);
        if (!name || !value) return std::nullopt;
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

std::optional<std::string> find(const Pairs& pairs, std::string_view name)
{
    for (const auto& [key, value] : pairs)
        if (key == name) return value;
    return std::nullopt;
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    for (;;)
    {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

bool contains(const std::vector<std::string>& items, std::string_view item)
{
    return std::find(items.begin(), items.end(), item) != items.end();
}

std::optional<int> to_int(std::string_view text)
{
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size() || text.size() > 9) return std::nullopt;
    return value;
}

std::string Ids::draw(std::string_view alphabet, std::size_t length)
{
    std::string id;
    while (id.size() < length)
    {
        // SplitMix64 (Steele, Lea, Flood 2014).
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
        id += alphabet[(mixed ^ (mixed >> 31U)) % alphabet.size()];
    }
    return id;
}

std::string sha256(std::string_view data) { return digest(data, EVP_sha256()); }

std::string hmac_sha256(std::string_view key, std::string_view data)
{
    const std::string bytes{data};
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    const std::vector<unsigned char> input{bytes.begin(), bytes.end()};
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), input.data(), input.size(), out.data(), &size) ==
        nullptr)
        throw std::runtime_error{"HMAC failed"};
    return std::string{out.begin(), out.begin() + size};
}

std::string md5_hex(std::string_view data)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : digest(data, EVP_md5()))
    {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

std::string base64url(std::string_view data)
{
    std::string out;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : data)
    {
        bits = (bits << 8U) | static_cast<unsigned char>(c);
        count += 8;
        while (count >= 6)
        {
            count -= 6;
            out += base64url_alphabet[(bits >> count) & 63U];
        }
    }
    if (count > 0) out += base64url_alphabet[(bits << (6 - count)) & 63U];
    return out;
}

std::optional<std::string> from_base64url(std::string_view text)
{
    std::string out;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text)
    {
        const auto value = base64url_alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8)
        {
            count -= 8;
            out += static_cast<char>((bits >> count) & 255U);
        }
    }
    return out;
}

}  // namespace standins::auth0
