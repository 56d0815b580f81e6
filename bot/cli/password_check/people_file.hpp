#pragma once

#include "handlers/core/secret.hpp"

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

inline constexpr std::size_t people_bytes_max = 10'485'760;  // 10 MiB
inline constexpr std::size_t people_max = 100'000;

struct ListedPerson
{
    std::size_t line;  // of the file, from 1
    Secret first;      // empty where there is no such column, likewise the others
    Secret last;
    Secret password;
};

// A file of people: CSV with a header that names the columns `first` and `last`, or `password`, or all three, in any
// order and case; other columns are passed over.
struct PeopleFile
{
    bool has_names = false;
    bool has_passwords = false;
    std::vector<ListedPerson> rows;
};

// Nothing when the file is wrong anywhere; then `err` has a line for each fault, with its number, but at most
// people_faults_max.
inline constexpr std::size_t people_faults_max = 20;
std::optional<PeopleFile> read_people(const std::string& file, std::ostream& err);

}  // namespace countersign
