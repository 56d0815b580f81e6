#include "tests/standins/auth0/api.hpp"

#include <memory>

// The part of Lucene's query language that Auth0's searches are asked with.
namespace standins::auth0 {

namespace {

struct Term
{
    std::string field;
    std::string value;
    std::string upper;  // of a range
    bool is_prefix = false;
    bool is_range = false;
    bool is_negated = false;
    bool starts_alternative = false;  // OR before it
    bool ignores_case = false;
};

class Reader
{
public:
    explicit Reader(std::string_view text) : text_{text} {}

    bool at_end()
    {
        while (!text_.empty() && text_[0] == ' ') text_.remove_prefix(1);
        return text_.empty();
    }

    bool skip(std::string_view word)
    {
        if (text_.substr(0, word.size()) != word) return false;
        text_.remove_prefix(word.size());
        return true;
    }

    // name, a colon and a value; false: this is no such thing.
    bool read(Term& term)
    {
        const auto colon = text_.find(':');
        if (colon == std::string_view::npos || colon == 0) return false;
        term.field = std::string{text_.substr(0, colon)};
        if (term.field.find_first_of(" ()\"") != std::string::npos) return false;
        text_.remove_prefix(colon + 1);
        if (skip("[")) return read_range(term);
        if (skip("\"")) return read_quoted(term.value);
        const auto end = text_.find(' ');
        term.value = std::string{text_.substr(0, end)};
        text_.remove_prefix(end == std::string_view::npos ? text_.size() : end);
        if (!term.value.empty() && term.value.back() == '*')
        {
            term.is_prefix = true;
            term.value.pop_back();
        }
        return term.is_prefix || (!term.value.empty() && term.value.find_first_of("()\"") == std::string::npos);
    }

private:
    bool read_quoted(std::string& value)
    {
        while (!text_.empty() && text_[0] != '"')
        {
            if (text_[0] == '\\') text_.remove_prefix(1);
            if (text_.empty()) return false;
            value += text_[0];
            text_.remove_prefix(1);
        }
        return skip("\"");
    }

    bool read_range(Term& term)
    {
        const auto middle = text_.find(" TO ");
        const auto end = text_.find(']');
        if (middle == std::string_view::npos || end == std::string_view::npos || end < middle) return false;
        term.is_range = true;
        term.value = std::string{text_.substr(0, middle)};
        term.upper = std::string{text_.substr(middle + 4, end - middle - 4)};
        text_.remove_prefix(end + 1);
        return true;
    }

    std::string_view text_;
};

bool text_matches(const std::string& found, const Term& term)
{
    const std::string text = term.ignores_case ? to_lower(found) : found;
    const std::string value = term.ignores_case ? to_lower(term.value) : term.value;
    if (term.is_range) return (term.value == "*" || text >= term.value) && (term.upper == "*" || text <= term.upper);
    return term.is_prefix ? text.substr(0, value.size()) == value : text == value;
}

// The value at a dotted path, or at any element of the arrays on the way, fits the term.
bool fits(const json::value& value, std::string_view path, const Term& term)
{
    if (value.is_array())
    {
        for (const json::value& item : value.get_array())
            if (fits(item, path, term)) return true;
        return false;
    }
    if (path.empty())
    {
        if (value.is_null()) return false;
        return text_matches(value.is_string() ? json::value_to<std::string>(value) : json::serialize(value), term);
    }
    if (!value.is_object()) return false;
    const auto dot = path.find('.');
    const auto* member = value.get_object().if_contains(path.substr(0, dot));
    return member != nullptr &&
        fits(*member, dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1), term);
}

}  // namespace

std::optional<Matcher> parse_query(std::string_view query, const std::vector<std::string>& case_insensitive_fields)
{
    auto terms = std::make_shared<std::vector<Term>>();
    Reader reader{query};
    bool is_alternative = false;
    while (!reader.at_end())
    {
        if (reader.skip("AND ")) continue;
        if (reader.skip("OR "))
        {
            is_alternative = true;
            continue;
        }
        Term term;
        term.is_negated = reader.skip("NOT ") || reader.skip("-");
        if (!reader.read(term)) return std::nullopt;
        term.starts_alternative = std::exchange(is_alternative, false);
        term.ignores_case = contains(case_insensitive_fields, term.field);
        terms->push_back(std::move(term));
    }
    // AND binds tighter than OR, so the terms between two ORs stand or fall together.
    return Matcher{[terms](const json::object& object) {
        bool group = true;
        for (const Term& term : *terms)
        {
            if (term.starts_alternative)
            {
                if (group) return true;
                group = true;
            }
            group = group && fits(json::value(object), term.field, term) != term.is_negated;
        }
        return group;
    }};
}

}  // namespace standins::auth0
