#pragma once

#include "tests/standins/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace standins::auth0 {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// "2026-11-22T14:05:00.123Z"
std::string to_iso(TimeMs at);
// The reverse, with 0 to 9 digits of fraction; nullopt for any other form.
std::optional<TimeMs> from_iso(const std::string& text);
// "20261122140500123": what log ids begin with.
std::string to_digits(TimeMs at);

// ASCII only, as Auth0 does with the e-mail addresses of database users.
std::string to_lower(std::string_view text);

// Everything but unreserved characters becomes %XX (RFC 3986 section 2.3).
std::string percent_encode(std::string_view text);
// nullopt for a broken escape.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

// application/x-www-form-urlencoded, also a query; nullopt for a broken escape.
std::optional<Pairs> parse_form(std::string_view text);
// The first value, or nullopt.
std::optional<std::string> find(const Pairs& pairs, std::string_view name);

std::vector<std::string> split(std::string_view text, char separator);
bool contains(const std::vector<std::string>& items, std::string_view item);

// An integer of at most 9 digits, or nullopt.
std::optional<int> to_int(std::string_view text);

// Made-up identifiers: the same seed gives the same ones, so that a simulation repeats.
class Ids
{
public:
    explicit Ids(std::uint64_t seed) : state_{seed} {}
    std::string hex(std::size_t length) { return draw("0123456789abcdef", length); }
    std::string alphanumeric(std::size_t length)
    {
        return draw("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", length);
    }

private:
    std::string draw(std::string_view alphabet, std::size_t length);
    std::uint64_t state_;
};

std::string sha256(std::string_view data);                             // 32 bytes
std::string hmac_sha256(std::string_view key, std::string_view data);  // 32 bytes
std::string md5_hex(std::string_view data);                            // for gravatar addresses only
std::string base64url(std::string_view data);                          // without padding
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace standins::auth0
