#pragma once

#include "handlers/core/json_reader.hpp"
#include "handlers/core/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace countersign::auth0 {

// The body of a success, in memory that is wiped when it is freed; null where none was wanted. A type of its own
// because json::value converts from nearly everything, which makes it a trap inside an Outcome.
struct ResponseBody
{
    // Parentheses: braces would make an array of one value.
    explicit ResponseBody(boost::json::value json_) : json(std::move(json_)) {}
    boost::json::value json;
};

// Of a text that is kept; what is longer is cut, or not taken.
inline constexpr std::size_t text_bytes_max = 1000;

// Absent, null and wrongly typed members are as good as none.
inline std::string short_text(const JsonReader& from, std::string_view path)
{
    return cut_to_bytes(from.text_view(path), text_bytes_max);
}

// Lists come bare, or within an object, as with include_totals. nullptr: neither.
inline const boost::json::array* list_in(const boost::json::value& answer, std::string_view wrapper)
{
    const boost::json::value* wrapped = JsonReader{answer}.find(wrapper);
    return (wrapped != nullptr ? *wrapped : answer).if_array();
}

}  // namespace countersign::auth0
