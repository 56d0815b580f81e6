#pragma once

#include <string_view>

namespace countersign::config {

enum class Shape
{
    text,
    texts,          // a list of strings
    text_or_texts,  // a string, or a list of strings
    flag,           // true or false
    count,          // a whole number
};

enum class Presence
{
    demanded,
    optional,
};

struct Entry;

// A key of countersign.toml: how it is written, and where its value goes.
struct Key
{
    std::string_view section;
    std::string_view name;
    Shape shape;
    Presence presence;
    std::string_view example;          // as it stands in the file, for messages
    void (*take)(const Entry& entry);  // reads the value, when it is there, into the draft, or reports what is wrong
};

// The section that may stand there several times: [[tier]].
inline constexpr std::string_view repeated_section = "tier";

}  // namespace countersign::config
