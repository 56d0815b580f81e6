#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace countersign::config {

// "4h", "90m", "1h30m", "1d": whole numbers, each with its unit d, h, m or s, added up. Never negative.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

struct Listen
{
    std::string host;  // an IP address; "localhost" is read as 127.0.0.1
    std::uint16_t port;
};

// "127.0.0.1:8080" or "[::1]:8080". Names other than localhost are refused: what they resolve to may change.
std::optional<Listen> parse_listen(std::string_view text);

// The absolute path of "sqlite:///PATH", taken literally (no percent-decoding, no options after `?`).
std::optional<std::filesystem::path> parse_sqlite_url(std::string_view text);

// One of `prefixes`, then capital letters and digits: T024BE7LD (handlers/slack/CONTRACT.md). At most 32 characters.
bool is_slack_id(std::string_view text, std::string_view prefixes);

// HOST or HOST:PORT without a scheme or a path; letters, digits, dots and hyphens.
bool is_domain(std::string_view text);

// Printable ASCII without spaces: what can stand in a header.
bool is_token(std::string_view text);

// The number of insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
std::size_t edit_distance(std::string_view from, std::string_view to);

}  // namespace countersign::config
