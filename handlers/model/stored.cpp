#include "handlers/model/stored.hpp"

#include <boost/json/parse.hpp>

namespace countersign::stored {

namespace json = boost::json;

json::string text_of(std::string_view text) { return json::string{json::string_view{text.data(), text.size()}}; }

json::array texts_of(const std::vector<std::string>& texts)
{
    json::array out;
    for (const std::string& text : texts) out.emplace_back(text_of(text));
    return out;
}

void put(json::object& out, json::string_view key, const std::optional<TimePoint>& at)
{
    if (at) out[key] = to_unix_ms(*at);
}

Result<json::value> parse(std::string_view document, Utf8 utf8)
{
    json::parse_options options;
    options.allow_invalid_utf8 = utf8 == Utf8::any;
    json::error_code failed;
    json::value parsed =
        json::parse(json::string_view{document.data(), document.size()}, failed, json::storage_ptr{}, options);
    if (failed || !parsed.is_object()) return Errc::corrupt;
    return parsed;
}

}  // namespace countersign::stored
