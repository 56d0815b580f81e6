#include "handlers/core/email.hpp"

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

constexpr std::array<std::string_view, 6> fault_names = {"ok",         "empty",         "not_one_address",
                                                         "look_alike", "label_differs", "too_long"};

class Category final : public boost::system::error_category
{
public:
    const char* name() const noexcept override { return "countersign.email"; }
    std::string message(int code) const override { return std::string{name_of(static_cast<EmailFault>(code))}; }
};

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_ascii(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7E; });
}

std::string lower(std::string_view text)
{
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
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
            return is_letter_or_digit(c) || specials.find(c) != std::string_view::npos;
        });
    });
}

bool is_domain(std::string_view text)
{
    const auto last_dot = text.rfind('.');
    if (last_dot == std::string_view::npos) return false;
    const std::string_view top = text.substr(last_dot + 1);
    if (std::all_of(top.begin(), top.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
    return every_part(text, [](std::string_view label) {
        return !label.empty() && label.size() <= label_bytes_max && label.front() != '-' && label.back() != '-' &&
            std::all_of(label.begin(), label.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
    });
}

// The address itself, with nothing around it.
Result<Email> parse_bare(std::string_view text)
{
    if (text.empty()) return EmailFault::empty;
    if (!is_valid_utf8(text) || has_control_characters(text)) return EmailFault::not_one_address;
    if (first_word(text).size() != text.size()) return EmailFault::not_one_address;
    if (!is_ascii(text)) return EmailFault::look_alike;
    const auto at = text.find('@');
    if (at == std::string_view::npos || at != text.rfind('@')) return EmailFault::not_one_address;
    const std::string_view local = text.substr(0, at), domain = text.substr(at + 1);
    if (!is_local_part(local) || !is_domain(domain)) return EmailFault::not_one_address;
    if (local.size() > local_bytes_max || text.size() > email_bytes_max) return EmailFault::too_long;
    return Email{lower(text)};
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

// One comma, semicolon or full stop at the end; not the semicolon of an entity.
std::string_view strip_trailing_mark(std::string_view text)
{
    const bool is_entity = text.ends_with("&gt;") || text.ends_with("&lt;") || text.ends_with("&amp;");
    if (!is_entity && (text.ends_with(',') || text.ends_with(';') || text.ends_with('.'))) text.remove_suffix(1);
    return trim_spaces(text);
}

bool is_in_angles(std::string_view text) { return text.size() >= 2 && text.front() == '<' && text.back() == '>'; }

std::string_view inside(std::string_view text) { return text.substr(1, text.size() - 2); }

// The inside of a <...> token of Slack: mailto:X|X, mailto:X, or X. `link` is not yet decoded.
Result<Email> parse_link(std::string_view link)
{
    constexpr std::string_view scheme = "mailto:";
    if (lower(link.substr(0, scheme.size())) != scheme) return parse_bare(trim_spaces(decode_entities(link)));
    link.remove_prefix(scheme.size());
    // '|' is legal in an address, but Slack's separator comes first.
    const auto bar = link.find('|');
    if (bar == 0 || link.empty()) return EmailFault::not_one_address;
    auto target = parse_bare(decode_entities(link.substr(0, bar)));
    if (bar == std::string_view::npos || !target) return target;
    const std::string label = decode_entities(link.substr(bar + 1));
    if (lower(label) != target->str()) return EmailFault::label_differs;
    return target;
}

// Where the first token ends: a <...> token or a quoted one may hold spaces, so that it is judged as a whole.
std::size_t first_token_end(std::string_view text)
{
    for (const Pair& pair : quotes)
    {
        if (!text.starts_with(pair.first)) continue;
        const auto close = text.find(pair.second, pair.first.size());
        if (close == std::string_view::npos) break;
        return close + pair.second.size() + first_word(text.substr(close + pair.second.size())).size();
    }
    if (text.starts_with('<'))
        if (const auto close = text.find('>'); close != std::string_view::npos)
            return close + 1 + first_word(text.substr(close + 1)).size();
    return first_word(text).size();
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

    std::string_view text = strip_trailing_mark(trim_spaces(seen));
    if (const auto unquoted = strip_quotes(text); unquoted.size() < text.size()) text = strip_trailing_mark(unquoted);
    if (is_in_angles(text)) return parse_link(inside(text));

    const std::string decoded = decode_entities(text);
    return parse_bare(is_in_angles(decoded) ? trim_spaces(inside(decoded)) : std::string_view{decoded});
}

CommandText split_command_text(std::string_view text)
{
    if (!is_valid_utf8(text)) return {EmailFault::not_one_address, {}, false};
    const std::string_view trimmed = trim_spaces(text);
    const auto end = first_token_end(trimmed);
    const std::string reason = clean_line(decode_entities(trimmed.substr(end)));
    const bool is_long = utf16_units(reason) > command_reason_units_max;
    return {parse_email(trimmed.substr(0, end)), truncate_to_units(reason, command_reason_units_max), is_long};
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
