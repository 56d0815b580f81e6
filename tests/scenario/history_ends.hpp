#pragma once

#include "tests/scenario/world.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>

// What histories come to: so that it is known that something happened in them, and what.
namespace countersign::test {

// Names of what a history came to.
using Ends = std::set<std::string>;

// Seen by people, and not to be read from the ledger.
namespace end_seen {

inline constexpr std::string_view killed = "killed";
inline constexpr std::string_view killed_while_open = "killed while a request was open";
inline constexpr std::string_view resumed = "killed, resumed, and then changed";
inline constexpr std::string_view by_form = "asked by form";
inline constexpr std::string_view window = "window with the password seen";
inline constexpr std::string_view told_by_whom = "late click told by whom";
inline constexpr std::string_view closing_lost = "closing of the window never delivered";
inline constexpr std::string_view stays_shut = "pressed again after it was closed for good, and it stayed shut";
inline constexpr std::string_view opened_again = "pressed again after a closing, and it was opened again";

}  // namespace end_seen

// What the audit log of a settled world says that its requests came to.
Ends ends_of(World& world);

// How many histories came to each end. Its size does not depend on how many are counted.
class EndTally
{
public:
    void add(const Ends& ends);

    // The ends that no history came to, in words; empty: none is missing. Fewer histories than the usual ones cannot
    // be asked for what is rare, and a handful of them for nothing.
    std::string missing() const;
    // Each end with its number, for whoever looks for what is missing.
    std::string table() const;

    static constexpr int all_from = 60;     // so many histories meet every end
    static constexpr int common_from = 20;  // and so many the common ones

private:
    int histories_ = 0;
    std::map<std::string, int, std::less<>> met_;
};

}  // namespace countersign::test
