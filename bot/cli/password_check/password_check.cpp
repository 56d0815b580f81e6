#include "bot/cli/password_check/password_check.hpp"

#include "bot/cli/exit_status.hpp"
#include "bot/cli/password_check/complexity_file.hpp"
#include "bot/cli/password_check/people_file.hpp"
#include "handlers/core/text.hpp"
#include "handlers/passwords/make_password.hpp"
#include "handlers/passwords/policy_words.hpp"
#include "handlers/passwords/standard_format.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <ostream>
#include <string_view>
#include <vector>

namespace countersign {

namespace json = boost::json;

namespace {

constexpr std::size_t shown_units_max = 60;

struct Verdict
{
    std::vector<std::string_view> faults;    // codes
    std::vector<std::string_view> warnings;  // codes
    std::string words;                       // what is wrong, of the password; empty: nothing
    std::size_t units = 0;
    std::size_t bytes = 0;

    bool ok() const noexcept { return faults.empty(); }
};

void measure(Verdict& verdict, std::string_view password)
{
    verdict.units = utf16_units(password);
    verdict.bytes = password.size();
}

Verdict judged(const passwords::PasswordPolicy& policy, const Secret& password)
{
    Verdict verdict;
    measure(verdict, password.expose());
    auto faults = faults_of(policy, password, {}, false);
    verdict.words = passwords::explain(faults, policy, password);
    for (const passwords::PasswordFault fault : faults)
        (fault == passwords::PasswordFault::cut_off ? verdict.warnings : verdict.faults).push_back(name_of(fault));
    return verdict;
}

std::string missing_names(const ListedPerson& person)
{
    const bool first = passwords::clean_name(person.first.expose()).empty(),
               last = passwords::clean_name(person.last.expose()).empty();
    if (first && last) return "cannot be made: both names are missing";
    return first ? "cannot be made: the first name is missing" : "cannot be made: the last name is missing";
}

// Why there is no password at all.
Verdict refused(const Problem& problem, const passwords::PasswordPolicy& policy, const ListedPerson& person)
{
    Verdict verdict;
    if (problem.reason == "name_missing")
    {
        verdict.faults = {"name_missing"};
        verdict.words = missing_names(person);
    }
    else if (problem.reason == "password_too_long")
    {
        verdict.faults = {
            name_of(policy.refuses_overlong ? passwords::PasswordFault::overlong : passwords::PasswordFault::cut_off)};
        verdict.words = "is not made: the names are too long, and it would have more than 72 bytes";
    }
    else
    {
        verdict.faults = {"no_passphrase_fits"};
        verdict.words = "cannot be made: the policy takes no passphrase";
    }
    return verdict;
}

Verdict verdict_on(
    const ListedPerson& person, const PasswordCheck& check, const passwords::PasswordPolicy& policy, Random& random)
{
    const std::string_view first = person.first.expose(), last = person.last.expose();
    const passwords::PersonalData data{{{"given_name", std::string{first}}, {"family_name", std::string{last}}}};
    const auto made = passwords::make_password(check.format, passwords::PersonName{first, last}, policy, data, random);
    if (!made) return refused(made.error(), policy, person);
    if (!made->has_value()) return {};  // a link: there is nothing to refuse
    return judged(policy, **made);
}

json::array codes_of(const std::vector<std::string_view>& codes)
{
    json::array array;
    for (const std::string_view code : codes) array.emplace_back(json::string_view{code.data(), code.size()});
    return array;
}

json::string_view view_of(const Secret& text) { return {text.expose().data(), text.expose().size()}; }

void print_json(std::ostream& out, std::size_t row, const ListedPerson& person, bool has_names, const Verdict& verdict)
{
    json::object line;
    line["row"] = row;
    line["line"] = person.line;
    if (has_names)
    {
        line["first"] = view_of(person.first);
        line["last"] = view_of(person.last);
    }
    line["ok"] = verdict.ok();
    line["faults"] = codes_of(verdict.faults);
    line["warnings"] = codes_of(verdict.warnings);
    line["utf16_units"] = verdict.units;
    line["utf8_bytes"] = verdict.bytes;
    out << json::serialize(line) << '\n';
}

void print_words(std::ostream& out, const ListedPerson& person, bool has_names, const Verdict& verdict)
{
    if (verdict.words.empty()) return;
    out << "line " << person.line << ": ";
    if (has_names)
    {
        std::string name{person.first.expose()};
        (name += ' ') += person.last.expose();
        name = truncate_to_units(clean_line(name), shown_units_max);
        if (!name.empty()) out << name << ": ";
    }
    out << (verdict.ok() ? "taken, but the password " : "the password ") << verdict.words << '\n';
}

std::string description_of(const PasswordCheck& check, const PeopleFile& people)
{
    std::string text = check.complexity_file;
    if (text.empty()) text = "level " + std::string{passwords::name_of(check.level)};
    if (check.length_min) text += ", at least " + std::to_string(*check.length_min) + " characters";
    if (!people.has_passwords) text += ", format " + std::string{name_of(check.format)};
    return text;
}

}  // namespace

int check_passwords(const PasswordCheck& check, Random& random, std::ostream& out, std::ostream& err)
{
    std::optional<passwords::PasswordPolicy> policy = passwords::password_policy_of(check.level, check.length_min);
    if (!check.complexity_file.empty()) policy = read_complexity(check.complexity_file, err);
    const auto people = policy ? read_people(check.people_file, err) : std::nullopt;
    if (!people)
    {
        err << std::flush;
        return exit_misconfigured;
    }

    std::size_t row = 0, refusals = 0;
    for (const ListedPerson& person : people->rows)
    {
        const Verdict verdict =
            people->has_passwords ? judged(*policy, person.password) : verdict_on(person, check, *policy, random);
        refusals += verdict.ok() ? 0 : 1;
        ++row;
        if (check.as_json)
            print_json(out, row, person, people->has_names, verdict);
        else
            print_words(out, person, people->has_names, verdict);
    }
    if (!check.as_json)
        out << refusals << " of " << row << (row == 1 ? " password" : " passwords") << " would be refused ("
            << description_of(check, *people) << ")\n";
    out << std::flush;
    return refusals == 0 ? exit_ok : exit_refused;
}

}  // namespace countersign
