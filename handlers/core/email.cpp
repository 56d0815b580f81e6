#include "handlers/core/email.hpp"

#include "handlers/core/ascii.hpp"
#include "handlers/core/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace countersign {

namespace {

constexpr std::size_t typed_bytes_max = 3000;  // Slack's own limit of a text input
constexpr std::size_t local_bytes_max = 64;
constexpr std::size_t email_bytes_max = 254;
constexpr std::size_t label_bytes_max = 63;  // RFC 1035 section 2.3.4

constexpr std::array<std::string_view, 8> fault_names = {
    "ok", "empty", "not_one_address", "look_alike", "label_differs", "too_long", "typographic", "several"};

class Category final : public boost::system::error_category
{
public:
    const char* name() const noexcept override { return "countersign.email"; }
    std::string message(int code) const override { return std::string{name_of(static_cast<EmailFault>(code))}; }
};

bool is_ascii(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7E; });
}

// Calls `accepts` with each part between dots; false when one is not accepted.
template <class Accepts>
bool every_part(std::string_view text, Accepts accepts)
{
    while (true)
    {
        const auto dot = text.find('.');
        if (!accepts(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

// dot-atom of RFC 5322 section 3.2.3; quoted local parts are not taken.
bool is_local_part(std::string_view text)
{
    static constexpr std::string_view specials = "!#$%&'*+/=?^_`{|}~-";
    return every_part(text, [](std::string_view atom) {
        return !atom.empty() && std::all_of(atom.begin(), atom.end(), [](char c) {
            return ascii::is_alnum(c) || specials.find(c) != std::string_view::npos;
        });
    });
}

bool is_domain(std::string_view text)
{
    const auto last_dot = text.rfind('.');
    if (last_dot == std::string_view::npos) return false;
    const std::string_view top = text.substr(last_dot + 1);
    if (ascii::are_digits(top)) return false;
    return every_part(text, [](std::string_view label) {
        return !label.empty() && label.size() <= label_bytes_max && label.front() != '-' && label.back() != '-' &&
            std::all_of(label.begin(), label.end(), [](char c) { return ascii::is_alnum(c) || c == '-'; });
    });
}

// What keyboards and word processors make of ' and -, by themselves.
constexpr std::array<std::string_view, 9> typographic_marks = {"\u2018", "\u2019", "\u02BC", "\u00B4", "\u2010",
                                                               "\u2011", "\u2012", "\u2013", "\u2014"};

// Nothing else about it is outside ASCII.
bool is_typographic(std::string_view text)
{
    std::string rest{text};
    for (const std::string_view mark : typographic_marks)
        for (auto at = rest.find(mark); at != std::string::npos; at = rest.find(mark, at)) rest.erase(at, mark.size());
    return is_ascii(rest);
}

// The address itself, with nothing around it.
Result<Email> parse_bare(std::string_view text)
{
    if (text.empty()) return EmailFault::empty;
    if (!is_valid_utf8(text) || has_control_characters(text)) return EmailFault::not_one_address;
    if (first_word(text).size() != text.size()) return EmailFault::not_one_address;
    if (!is_ascii(text)) return is_typographic(text) ? EmailFault::typographic : EmailFault::look_alike;
    const auto at = text.find('@');
    if (at == std::string_view::npos || at != text.rfind('@')) return EmailFault::not_one_address;
    const std::string_view local = text.substr(0, at), domain = text.substr(at + 1);
    if (!is_local_part(local) || !is_domain(domain)) return EmailFault::not_one_address;
    if (local.size() > local_bytes_max || text.size() > email_bytes_max) return EmailFault::too_long;
    return Email{ascii::lower(text)};
}

using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array<Pair, 9> quotes = {
    {{"\"", "\""},
     {"'", "'"},
     {"`", "`"},
     {"\u201C", "\u201D"},
     {"\u2018", "\u2019"},
     {"\u201D", "\u201D"},
     {"\u2019", "\u2019"},
     {"\u201E", "\u201C"},
     {"\u00AB", "\u00BB"}}};

bool is_wrapped(std::string_view text, const Pair& pair)
{
    return text.size() >= pair.first.size() + pair.second.size() && text.starts_with(pair.first) &&
        text.ends_with(pair.second);
}

std::string_view strip_quotes(std::string_view text)
{
    for (const Pair& pair : quotes)
        if (is_wrapped(text, pair))
            return trim_spaces(text.substr(pair.first.size(), text.size() - pair.first.size() - pair.second.size()));
    return text;
}

// Bold, italics or strike-through around all of it. No domain ends so, and then what begins so is none of it either.
std::string_view strip_formatting(std::string_view text)
{
    for (const char mark : {'*', '_', '~'})
        if (text.size() > 2 && text.front() == mark && text.back() == mark) return text.substr(1, text.size() - 2);
    return text;
}

// One comma, semicolon or full stop at the end; not the semicolon of an entity.
std::string_view strip_trailing_mark(std::string_view text)
{
    const bool is_entity = text.ends_with("&gt;") || text.ends_with("&lt;") || text.ends_with("&amp;");
    if (!is_entity && (text.ends_with(',') || text.ends_with(';') || text.ends_with('.'))) text.remove_suffix(1);
    return trim_spaces(text);
}

bool is_in_angles(std::string_view text) { return text.size() >= 2 && text.front() == '<' && text.back() == '>'; }

std::string_view inside(std::string_view text) { return text.substr(1, text.size() - 2); }

// Of a mailto link's target: what follows the ? is no part of the address, unless it names others. In the address
// itself a ? comes before the @.
Result<Email> parse_target(const std::string& target)
{
    const auto query = target.find('?', std::min(target.find('@'), target.size()));
    if (query == std::string::npos) return parse_bare(target);
    if (target.find('@', query) != std::string::npos || target.find("%40", query) != std::string::npos)
        return EmailFault::several;
    return parse_bare(std::string_view{target}.substr(0, query));
}

// The inside of a <...> token of Slack: mailto:X|X, mailto:X, or X. `link` is not yet decoded.
Result<Email> parse_link(std::string_view link)
{
    constexpr std::string_view scheme = "mailto:";
    if (ascii::lower(link.substr(0, scheme.size())) != scheme) return parse_bare(trim_spaces(decode_entities(link)));
    link.remove_prefix(scheme.size());
    // '|' is legal in an address, but Slack's separator comes first.
    const auto bar = link.find('|');
    if (bar == 0 || link.empty()) return EmailFault::not_one_address;
    auto target = parse_target(decode_entities(link.substr(0, bar)));
    if (bar == std::string_view::npos || !target) return target;
    const std::string label = decode_entities(link.substr(bar + 1));
    if (ascii::lower(label) != target->str()) return EmailFault::label_differs;
    return target;
}

constexpr std::string_view open_entity = "&lt;", close_entity = "&gt;", mail_link = "<mailto:";

// "Ada Lovelace <...>", "<...>", both with the brackets as typed or as Slack writes what was typed: where the brackets
// begin. A name that itself holds an address says another one than it means, and a link is no bracket that was typed.
std::size_t brackets_after_name(std::string_view text)
{
    const auto open = std::min(text.find('<'), text.find(open_entity));
    if (open == 0) return open;
    if (open == std::string_view::npos || text.substr(0, open).find('@') != std::string_view::npos) return text.size();
    const bool is_link = ascii::lower(text.substr(open, mail_link.size())) == mail_link;
    return is_link ? text.size() : open;
}

// One address with what people put around it.
Result<Email> parse_wrapped(std::string_view text)
{
    text = strip_trailing_mark(trim_spaces(text));
    for (int layers = 0; layers < 4; ++layers)
    {
        const std::string_view inner = strip_formatting(strip_quotes(text));
        if (inner.size() == text.size()) break;
        text = strip_trailing_mark(trim_spaces(inner));
    }
    const std::string_view bracketed = text.substr(std::min(brackets_after_name(text), text.size()));
    if (is_in_angles(bracketed)) return parse_link(inside(bracketed));
    if (bracketed.starts_with(open_entity) && bracketed.ends_with(close_entity))
    {
        const auto within = trim_spaces(
            bracketed.substr(open_entity.size(), bracketed.size() - open_entity.size() - close_entity.size()));
        return is_in_angles(within) ? parse_link(inside(within)) : parse_bare(decode_entities(within));
    }
    return parse_bare(decode_entities(text));
}

// Whether what is between two addresses only separates them.
bool is_separator(std::string_view word)
{
    return word == "and" || word == "&amp;" || word == "&" || word == "," || word == ";" || word == "/" || word == "+";
}

// What stands first in a text, and what follows it.
struct Token
{
    std::string_view text;
    std::string_view rest;
};

// Where the first token ends: one in brackets, formatted or quoted may hold spaces, so that it is judged as a whole.
std::size_t first_token_end(std::string_view text)
{
    for (const Pair& pair : quotes)
    {
        if (!text.starts_with(pair.first)) continue;
        const auto close = text.find(pair.second, pair.first.size());
        if (close == std::string_view::npos) break;
        return close + pair.second.size() + first_word(text.substr(close + pair.second.size())).size();
    }
    const std::size_t word = first_word(text).size();
    const auto open = text.find('<');
    if (open < word)
        if (const auto close = text.find('>', open); close != std::string_view::npos)
            return close + 1 + first_word(text.substr(close + 1)).size();
    return word;
}

Token first_token(std::string_view text)
{
    // "Ada Lovelace <ada@example.com>": all of it is one.
    constexpr std::size_t name_bytes_max = 200;
    const auto open = brackets_after_name(text);
    std::size_t end = first_token_end(text);
    if (open != 0 && open < std::min(text.size(), name_bytes_max) && end <= open)
        end = open + first_token_end(text.substr(open));
    return {text.substr(0, end), trim_spaces(text.substr(end))};
}

// Somebody has typed two addresses where one is asked for: what follows the first is another, or separates it from one.
bool is_followed_by_another(std::string_view rest)
{
    for (int words = 0; words < 3 && !rest.empty(); ++words)
    {
        const Token next = first_token(rest);
        if (next.text.find('@') != std::string_view::npos && parse_wrapped(next.text)) return true;
        if (!is_separator(next.text)) return false;
        rest = next.rest;
    }
    return false;
}

}  // namespace

const boost::system::error_category& email_category() noexcept
{
    static const Category category;
    return category;
}

std::string_view name_of(EmailFault fault) noexcept
{
    const auto index = static_cast<std::size_t>(fault);
    return index < fault_names.size() ? fault_names[index] : "unknown";
}

Result<Email> parse_email(std::string_view typed)
{
    if (typed.size() > typed_bytes_max) return EmailFault::too_long;
    if (!is_valid_utf8(typed)) return EmailFault::not_one_address;
    // Dropping a control could join what was apart; white space among them is trimmed.
    const std::string_view trimmed = trim_spaces(typed);
    if (has_control_characters(trimmed)) return EmailFault::not_one_address;
    const std::string seen = drop_invisible(trimmed);

    auto email = parse_wrapped(seen);
    if (email || email.error() != make_error_code(EmailFault::not_one_address)) return email;
    const Token first = first_token(seen);
    if (parse_wrapped(first.text) && is_followed_by_another(first.rest)) return EmailFault::several;
    return email;
}

CommandText split_command_text(std::string_view text)
{
    if (!is_valid_utf8(text)) return {EmailFault::not_one_address, {}, false};
    const Token first = first_token(trim_spaces(text));
    auto email = parse_email(first.text);
    if (email && is_followed_by_another(first.rest)) email = EmailFault::several;
    const std::string reason = clean_line(decode_entities(first.rest));
    const bool is_long = utf16_units(reason) > command_reason_units_max;
    return {std::move(email), truncate_to_units(reason, command_reason_units_max), is_long};
}

std::string mask_email(const Email& email)
{
    constexpr std::string_view ellipsis = "\xE2\x80\xA6";
    const std::string& text = email.str();
    const auto at = text.rfind('@');
    if (at == std::string::npos || at == 0) return std::string{ellipsis};
    std::string out{text.front()};
    out += ellipsis;
    if (at > 1) out += text[at - 1];
    return out + text.substr(at);
}

}  // namespace countersign
