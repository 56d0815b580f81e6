#pragma once

#include "bot/config/key.hpp"
#include "bot/config/report.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::config {

struct Text
{
    std::string value;
    int line;
};

struct Flag
{
    bool value;
    int line;
};

struct Count
{
    std::int64_t value;
    int line;
};

// A configuration file as TOML, read by a table of keys: what is unknown, missing or of another type is reported
// here, so that the caller only looks at values.
class Document
{
public:
    // Reports a syntax error (TOML stops at the first), or everything that does not fit `keys`.
    Document(std::string_view text, std::span<const Key> keys, ConfigReport& report);
    Document(Document&&) = delete;
    ~Document();

    // False when the text is no TOML: then every key is absent, and none of them is reported missing.
    bool is_toml() const noexcept;

    // The one string of a key; absent also when it was reported.
    std::optional<Text> text(std::string_view section, std::string_view key) const;
    // The strings of a list, or of a single string where the table allows both.
    std::vector<Text> texts(std::string_view section, std::string_view key) const;

    std::optional<Flag> flag(std::string_view section, std::string_view key) const;
    std::optional<Count> count(std::string_view section, std::string_view key) const;
    // The sections of the one that may be repeated, as `section` above: "tier[0]", "tier[1]", ...
    std::vector<std::string> repetitions() const;

    // Where to point for what a section lacks: its first line, or 1.
    int line_of(std::string_view section) const;

private:
    struct Tree;
    std::unique_ptr<Tree> tree_;
};

}  // namespace countersign::config
