#pragma once

namespace countersign::store {

// SQL and the name under which failures tell of it. Both live as long as the program.
struct Statement
{
    constexpr Statement(const char* name_, const char* text_) noexcept : name{name_}, text{text_} {}
    // What needs no other name than its text.
    constexpr Statement(const char* text_) noexcept : Statement{text_, text_} {}

    const char* name;
    const char* text;
};

}  // namespace countersign::store
