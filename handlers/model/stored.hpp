#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/json_reader.hpp"
#include "handlers/core/time.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Stored documents: JSON objects that this program wrote itself. Keys that are absent have a default, so that a newer
// version reads what an older one wrote; a key of another type means that the document is not ours.
namespace countersign::stored {

boost::json::string text_of(std::string_view text);
boost::json::array texts_of(const std::vector<std::string>& texts);
// Absent times are absent keys.
void put(boost::json::object& out, boost::json::string_view key, const std::optional<TimePoint>& at);

enum class Utf8
{
    valid,
    any,  // what people type is stored as it came
};

// Errc::corrupt when the text is no JSON object.
Result<boost::json::value> parse(std::string_view document, Utf8 utf8 = Utf8::valid);

// What `read` makes of a stored object; Errc::corrupt when there is none, or it is not sound.
template <class T>
Result<T> read(std::string_view document, T (*read)(const JsonReader&), Utf8 utf8 = Utf8::valid)
{
    const Result<boost::json::value> parsed = parse(document, utf8);
    if (!parsed) return parsed.error();
    const JsonReader fields{*parsed, JsonReader::Written::by_us};
    T value = read(fields);
    if (!fields.is_sound()) return Errc::corrupt;
    return value;
}

template <class Value, class Names>
std::string_view stored_name(const Names& names, Value value)
{
    for (const auto& [known, name] : names)
        if (known == value) return name;
    return "corrupt";
}

}  // namespace countersign::stored
