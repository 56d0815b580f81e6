#include "bot/slack/answer_outline.hpp"

#include "handlers/core/wiped_json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <optional>

namespace countersign::slack {

namespace json = boost::json;

namespace {

constexpr std::size_t kept_bytes_max = 64;

// Hears of every value of the document, and keeps two of them. The names are Boost.JSON's.
struct Listener
{
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    using Ec = boost::system::error_code;

    bool on_document_begin(Ec&) { return true; }
    bool on_document_end(Ec&) { return true; }
    bool on_object_begin(Ec&) { return enter(true); }
    bool on_object_end(std::size_t, Ec&) { return leave(); }
    bool on_array_begin(Ec&) { return enter(false); }
    bool on_array_end(std::size_t, Ec&) { return leave(); }
    bool on_key_part(json::string_view part, std::size_t size, Ec&) { return take_key(part, size, false); }
    bool on_key(json::string_view part, std::size_t size, Ec&) { return take_key(part, size, true); }
    bool on_string_part(json::string_view part, std::size_t, Ec&) { return take_text(part); }
    bool on_string(json::string_view part, std::size_t, Ec&) { return take_text(part); }
    bool on_number_part(json::string_view, Ec&) { return true; }
    bool on_int64(std::int64_t, json::string_view, Ec&) { return true; }
    bool on_uint64(std::uint64_t, json::string_view, Ec&) { return true; }
    bool on_double(double, json::string_view, Ec&) { return true; }
    bool on_bool(bool value, Ec&)
    {
        if (depth == 1 && key == "ok") ok = value;
        return true;
    }
    bool on_null(Ec&) { return true; }
    bool on_comment_part(json::string_view, Ec&) { return true; }
    bool on_comment(json::string_view, Ec&) { return true; }

    bool enter(bool object)
    {
        if (depth++ == 0) is_object = object;
        return true;
    }
    bool leave()
    {
        --depth;
        return true;
    }
    bool take_key(json::string_view part, std::size_t size, bool is_last)
    {
        if (depth != 1) return true;
        if (key_is_whole) key.clear();
        key_is_whole = is_last;
        if (size <= kept_bytes_max) key.append(part.data(), part.size());
        return true;
    }
    bool take_text(json::string_view part)
    {
        if (depth == 1 && key == "error" && error.size() + part.size() <= kept_bytes_max)
            error.append(part.data(), part.size());
        return true;
    }

    int depth = 0;
    bool is_object = false;
    bool key_is_whole = true;
    std::string key;  // of the outermost object, the last one heard of
    std::optional<bool> ok;
    std::string error;
};

}  // namespace

std::string outline_of(std::string_view body)
{
    json::parse_options options;
    options.max_depth = json_depth_max;
    json::basic_parser<Listener> parser{options};
    boost::system::error_code ec;
    const std::size_t read = parser.write_some(false, body.data(), body.size(), ec);
    const auto is_space = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    const bool is_whole = std::all_of(body.begin() + static_cast<std::ptrdiff_t>(read), body.end(), is_space);
    const Listener& heard = parser.handler();
    if (ec || !is_whole || !heard.is_object) return {};

    json::object outline;
    if (heard.ok) outline["ok"] = *heard.ok;
    if (!heard.error.empty()) outline["error"] = heard.error;
    return json::serialize(outline);
}

}  // namespace countersign::slack
