#include "tests/demo/page/audit_chain.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <openssl/evp.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>

namespace json = boost::json;

namespace demo::page {

namespace {

std::string sha256_hex(const std::string& bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error{"SHA-256 failed"};
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (unsigned int i = 0; i < size; ++i)
    {
        hex += digits[digest[i] >> 4U];
        hex += digits[digest[i] & 15U];
    }
    return hex;
}

// "2026-11-22T14:05:00.123Z"
std::string iso(std::int64_t unix_ms)
{
    const std::chrono::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds{unix_ms}};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{at - day};
    std::array<char, 48> text{};
    std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
        static_cast<int>(time.subseconds().count()));
    return text.data();
}

bool follows(const json::object& row, std::int64_t sequence, const std::string& previous)
{
    const auto& text = row.at("text").as_string();
    json::error_code failure;
    const json::value said = json::parse(text, failure);
    if (failure || !said.is_object()) return false;
    const auto says = [&](const char* key, const json::value& expected) {
        const json::value* value = said.get_object().if_contains(key);
        return value != nullptr && *value == expected;
    };
    return row.at("sequence") == sequence && says("seq", json::value(sequence)) &&
        says("prev", json::value(previous)) && says("at", json::value(iso(row.at("at").as_int64()))) &&
        says("request", row.at("request_id")) &&
        row.at("hash").as_string() == sha256_hex(std::string(1, '\0') + std::string{text.data(), text.size()});
}

}  // namespace

ChainCheck check_chain(const json::array& rows)
{
    ChainCheck check;
    check.rows = rows.size();
    std::int64_t sequence = 0;
    std::string previous(64, '0');
    for (const json::value& value : rows)
    {
        const json::object& row = value.as_object();
        if (!follows(row, ++sequence, previous))
        {
            check.broken_at = sequence;
            return check;
        }
        previous = std::string{row.at("hash").as_string().data(), row.at("hash").as_string().size()};
    }
    return check;
}

}  // namespace demo::page
