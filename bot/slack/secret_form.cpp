#include "bot/slack/secret_form.hpp"

#include "handlers/core/secret_text.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace countersign::slack {

namespace json = boost::json;

namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";
constexpr std::size_t json_bytes_each = 6;  // \u00XX
constexpr std::size_t form_bytes_each = 3;  // %XX

bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
        c == '_' || c == '~';
}

void put_encoded(SecretText& form, char c)
{
    if (is_unreserved(c))
    {
        form.put(c);
        return;
    }
    const auto byte = static_cast<unsigned char>(c);
    form.put('%').put(hex_digits[byte >> 4]).put(hex_digits[byte & 0x0F]);
}

void put_encoded(SecretText& form, std::string_view text)
{
    for (const char c : text) put_encoded(form, c);
}

// As the inside of a JSON string (RFC 8259 section 7), within a form.
void put_escaped(SecretText& form, std::string_view text)
{
    for (const char c : text)
    {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20)
        {
            put_encoded(form, "\\u00");
            form.put(hex_digits[byte >> 4]).put(hex_digits[byte & 0x0F]);
            continue;
        }
        if (c == '"' || c == '\\') put_encoded(form, '\\');
        put_encoded(form, c);
    }
}

// A place as it stands in the serialised view, without the quotes.
std::string written(std::string_view place)
{
    const std::string quoted = json::serialize(json::string{json::string_view{place.data(), place.size()}});
    return quoted.substr(1, quoted.size() - 2);
}

struct Spot
{
    std::size_t at;
    std::size_t size;
    std::size_t secret;
};

// Where each secret goes, in the order of the text; nullopt when there is not one place for each, and no other.
std::optional<std::vector<Spot>> spots_in(const std::string& text, std::size_t secrets)
{
    std::vector<Spot> spots;
    for (std::size_t index = 0; index < secrets_max; ++index)
    {
        const std::string place = written(secret_place(index));
        const std::size_t at = text.find(place);
        if ((at == std::string::npos) != (index >= secrets)) return std::nullopt;
        if (at == std::string::npos) continue;
        if (text.find(place, at + 1) != std::string::npos) return std::nullopt;
        spots.push_back({at, place.size(), index});
    }
    std::sort(spots.begin(), spots.end(), [](const Spot& a, const Spot& b) { return a.at < b.at; });
    return spots;
}

}  // namespace

Result<Secret> secret_form(std::string_view key, std::string_view value, const SecretView& view)
{
    if (view.secrets.size() > secrets_max) return Errc::malformed;
    const std::string text = json::serialize(view.view);
    const auto spots = spots_in(text, view.secrets.size());
    if (!spots) return Errc::malformed;

    std::size_t size = key.size() + form_bytes_each * (value.size() + text.size()) + 16;
    for (const Secret& secret : view.secrets) size += json_bytes_each * form_bytes_each * secret.expose().size();
    SecretText form{size};
    form.put(key).put('=');
    put_encoded(form, value);
    form.put("&view=");
    std::size_t done = 0;
    for (const Spot& spot : *spots)
    {
        put_encoded(form, std::string_view{text}.substr(done, spot.at - done));
        put_escaped(form, view.secrets[spot.secret].expose());
        done = spot.at + spot.size;
    }
    put_encoded(form, std::string_view{text}.substr(done));
    return form.secret();
}

}  // namespace countersign::slack
