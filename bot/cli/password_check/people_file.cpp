#include "bot/cli/password_check/people_file.hpp"

#include "bot/cli/password_check/csv.hpp"
#include "bot/cli/password_check/input_file.hpp"
#include "handlers/core/text.hpp"

#include <ostream>
#include <string_view>
#include <utility>

namespace countersign {

namespace {

struct Columns
{
    std::optional<std::size_t> first;
    std::optional<std::size_t> last;
    std::optional<std::size_t> password;
    std::size_t count = 0;
};

// Counts the faults of one file, and prints the first of them.
class Faults
{
public:
    Faults(const std::string& file, std::ostream& err) : file_{file}, err_{err} {}

    void add(std::size_t line, std::string_view text)
    {
        if (++count_ <= people_faults_max) err_ << file_ << ':' << line << ": " << text << '\n';
        if (count_ == people_faults_max + 1) err_ << file_ << ": more faults follow\n";
    }
    bool any() const noexcept { return count_ > 0; }

private:
    const std::string& file_;
    std::ostream& err_;
    std::size_t count_ = 0;
};

void set_column(std::optional<std::size_t>& column, std::size_t at, std::size_t line, Faults& faults)
{
    if (column) faults.add(line, "a column is named twice");
    column = at;
}

Columns columns_of(const CsvRecord& header, Faults& faults)
{
    Columns columns;
    columns.count = header.fields.size();
    for (std::size_t at = 0; at < header.fields.size(); ++at)
    {
        const std::string_view name = trim_spaces(header.fields[at].expose());
        if (equal_ignoring_case(name, "first")) set_column(columns.first, at, header.line, faults);
        if (equal_ignoring_case(name, "last")) set_column(columns.last, at, header.line, faults);
        if (equal_ignoring_case(name, "password")) set_column(columns.password, at, header.line, faults);
    }
    const bool is_complete =
        columns.first.has_value() == columns.last.has_value() && (columns.first || columns.password);
    if (!is_complete && header.fields.size() == 1 &&
        header.fields.front().expose().find_first_of(";\t") != std::string_view::npos)
        faults.add(
            header.line, "fields are separated by commas, and here are semicolons or tabs: save the file with commas");
    else if (!is_complete)
        faults.add(header.line, "the first line names the columns: first and last, or password");
    return columns;
}

Secret taken(CsvRecord& record, const std::optional<std::size_t>& column)
{
    return column ? std::move(record.fields[*column]) : Secret{""};
}

void read_rows(CsvReader& reader, const Columns& columns, PeopleFile& people, Faults& faults)
{
    while (auto record = reader.next())
    {
        if (people.rows.size() == people_max)
            return faults.add(record->line, "more than " + std::to_string(people_max) + " people");
        if (record->fields.size() != columns.count)
        {
            faults.add(
                record->line,
                "has " + std::to_string(record->fields.size()) + " fields where the first line has " +
                    std::to_string(columns.count));
            continue;
        }
        people.rows.push_back(ListedPerson{
            record->line, taken(*record, columns.first), taken(*record, columns.last),
            taken(*record, columns.password)});
    }
}

}  // namespace

std::optional<PeopleFile> read_people(const std::string& file, std::ostream& err)
{
    const auto text = read_input(file, people_bytes_max, err);
    if (!text) return std::nullopt;

    Faults faults{file, err};
    CsvReader reader{text->expose()};
    PeopleFile people;
    if (const auto header = reader.next())
    {
        const Columns columns = columns_of(*header, faults);
        people.has_names = columns.first.has_value();
        people.has_passwords = columns.password.has_value();
        if (!faults.any()) read_rows(reader, columns, people, faults);
    }
    else if (!reader.fault())
        faults.add(1, "the file is empty: its first line names the columns, first and last, or password");
    if (reader.fault()) faults.add(reader.fault()->line, reader.fault()->text);
    if (faults.any()) return std::nullopt;
    return people;
}

}  // namespace countersign
