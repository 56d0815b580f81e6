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

    constexpr std::size_t bytes_each = SecretText::form_bytes_each;
    std::size_t size = key.size() + bytes_each * (value.size() + text.size()) + 16;
    for (const Secret& secret : view.secrets) size += SecretText::json_bytes_each * bytes_each * secret.expose().size();
    SecretText form{size};
    form.put(key).put('=').form_value(value).put("&view=");
    std::size_t done = 0;
    for (const Spot& spot : *spots)
    {
        form.form_value(std::string_view{text}.substr(done, spot.at - done));
        form.form_json(view.secrets[spot.secret].expose());
        done = spot.at + spot.size;
    }
    return form.form_value(std::string_view{text}.substr(done)).secret();
}

}  // namespace countersign::slack
