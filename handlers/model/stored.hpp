#pragma once

#include "handlers/core/time.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
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

// Reads such an object. The first thing that is not as it should be clears `sound`; from then on the values mean
// nothing, and the caller looks at `sound` once, at the end.
class Fields
{
public:
    Fields(const boost::json::object* object, bool& sound) : object_{object}, sound_{&sound} {}

    // A key that every version writes.
    std::string text(boost::json::string_view key) const;
    std::int64_t number(boost::json::string_view key) const;
    bool flag(boost::json::string_view key) const;
    TimePoint time(boost::json::string_view key) const { return from_unix_ms(number(key)); }
    std::vector<std::string> texts(boost::json::string_view key) const;
    Fields object(boost::json::string_view key) const;

    // A key that may be absent.
    std::string text_or(boost::json::string_view key, std::string_view otherwise) const;
    std::int64_t number_or(boost::json::string_view key, std::int64_t otherwise) const;
    bool flag_or(boost::json::string_view key, bool otherwise) const;
    std::optional<TimePoint> optional_time(boost::json::string_view key) const;
    std::optional<Fields> optional_object(boost::json::string_view key) const;
    // The objects of a list; none when it is absent.
    std::vector<Fields> objects(boost::json::string_view key) const;
    // The names and texts of an object; none when it is absent.
    std::vector<std::pair<std::string, std::string>> members(boost::json::string_view key) const;

    // One of `names` (pairs of value and stored name), for an enumeration.
    template <class Value, class Names>
    Value named(boost::json::string_view key, const Names& names, Value otherwise) const
    {
        if (!has(key)) return otherwise;
        return named_value(text(key), names, otherwise);
    }
    template <class Value, class Names>
    Value named_value(std::string_view name, const Names& names, Value otherwise) const
    {
        for (const auto& [value, known] : names)
            if (known == name) return value;
        return fail(otherwise);
    }

    bool has(boost::json::string_view key) const { return find(key) != nullptr; }

    template <class T>
    T fail(T value) const
    {
        *sound_ = false;
        return value;
    }

private:
    const boost::json::value* find(boost::json::string_view key) const
    {
        return object_ ? object_->if_contains(key) : nullptr;
    }

    const boost::json::object* object_;
    bool* sound_;
};

template <class Value, class Names>
std::string_view stored_name(const Names& names, Value value)
{
    for (const auto& [known, name] : names)
        if (known == value) return name;
    return "corrupt";
}

}  // namespace countersign::stored
