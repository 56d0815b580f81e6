#pragma once

#include "handlers/core/time.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign {

// Reads a JSON document: what Slack sends, what Auth0 answers, what was stored. Keys that nobody asks for are not
// looked at. In documents of others null is as good as absent, and 86400.0 is an integer; we write neither. What is
// demanded and absent, or there with another type, makes the document unsound, for good: read everything, then ask
// once. What was read of an unsound document means nothing.
//
// A path is a key of an object, or a JSON pointer: "/user/id", and the empty path is the whole. Readers of parts share
// the soundness of the whole: the document and its first reader must outlive them.
class JsonReader
{
public:
    enum class Written
    {
        by_others,
        by_us,
    };

    explicit JsonReader(const boost::json::value& document, Written written = Written::by_others) noexcept
        : value_{&document},
          written_{written},
          sound_{&own_sound_}
    {}
    JsonReader(const JsonReader& other) noexcept : value_{other.value_}, written_{other.written_}, sound_{other.sound_}
    {}
    JsonReader& operator=(const JsonReader&) = delete;
    ~JsonReader() = default;

    bool is_sound() const noexcept { return *sound_; }
    void refuse() const noexcept { *sound_ = false; }
    template <class T>
    T fail(T value) const
    {
        refuse();
        return value;
    }

    // Whether there is anything to read: see within().
    bool is_there() const noexcept { return value_ != nullptr; }
    const boost::json::value* find(std::string_view path) const;  // nullptr when absent
    bool has(std::string_view path) const { return find(path) != nullptr; }

    // What may be absent. The texts are views into the document.
    std::optional<std::string_view> string(std::string_view path) const;
    std::string_view text_view(std::string_view path) const { return string(path).value_or(std::string_view{}); }
    std::optional<std::int64_t> integer(std::string_view path) const;
    std::optional<int> count(std::string_view path, int most) const;  // 0 to `most`
    std::optional<bool> boolean(std::string_view path) const;
    std::string text_or(std::string_view path, std::string_view otherwise) const;
    std::int64_t number_or(std::string_view path, std::int64_t otherwise) const;
    bool flag_or(std::string_view path, bool otherwise) const;
    std::optional<TimePoint> optional_time(std::string_view path) const;  // milliseconds since 1970
    std::optional<JsonReader> optional_object(std::string_view path) const;
    // Reads nothing when the object is absent.
    JsonReader within(std::string_view path) const;
    // The objects of a list; none when it is absent.
    std::vector<JsonReader> objects(std::string_view path) const;
    // The names and texts of an object; none when it is absent.
    std::vector<std::pair<std::string, std::string>> members(std::string_view path) const;

    // What is demanded.
    std::string text(std::string_view path) const;
    std::int64_t number(std::string_view path) const;
    bool flag(std::string_view path) const;
    TimePoint time(std::string_view path) const { return from_unix_ms(number(path)); }
    std::vector<std::string> texts(std::string_view path) const;
    JsonReader object(std::string_view path) const;

    // One of `names` (pairs of a value and its name); `otherwise` when it is absent.
    template <class Value, class Names>
    Value named(std::string_view path, const Names& names, Value otherwise) const
    {
        if (!has(path)) return otherwise;
        return named_value(text_view(path), names, otherwise);
    }
    template <class Value, class Names>
    Value named_value(std::string_view name, const Names& names, Value otherwise) const
    {
        for (const auto& [value, known] : names)
            if (known == name) return value;
        return fail(otherwise);
    }

private:
    // Of a part; nullptr: there is none.
    JsonReader part(const boost::json::value* value) const noexcept
    {
        JsonReader reader{*this};
        reader.value_ = value;
        return reader;
    }
    template <class T>
    T demanded(std::optional<T> found) const
    {
        if (!found) refuse();
        return std::move(found).value_or(T{});
    }

    const boost::json::value* value_;
    Written written_;
    bool own_sound_ = true;
    bool* sound_;
};

}  // namespace countersign
