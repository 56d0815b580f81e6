#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/core/strong_id.hpp"

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace countersign::slack {

inline constexpr int json_depth_max = 32;
inline constexpr std::size_t json_bytes_max = 1'048'576;

// Parses what came from Slack, in memory that is wiped when it is given back. malformed: no JSON, no UTF-8, deeper than
// json_depth_max; too_large: over `bytes_max`.
Result<boost::json::value> parse_json(std::string_view text, std::size_t bytes_max = json_bytes_max);

// An id of Slack's: ^[A-Z0-9]{1,32}$.
bool is_slack_id(std::string_view text);

// A message's time stamp: digits, a dot, digits; at most 32 bytes.
bool is_message_ts(std::string_view text);

// Reads single values of a document by JSON pointer ("/user/id"). Absent and null are the same, unknown keys are not
// looked at. What is required and absent, or present with the wrong type, form or length, makes the reader `broken`:
// read everything, then ask once. The document must outlive the reader.
class Reader
{
public:
    explicit Reader(const boost::json::value& root) : root_{root} {}

    bool broken() const noexcept { return broken_; }
    void refuse() noexcept { broken_ = true; }

    // nullptr when absent or null.
    const boost::json::value* find(std::string_view pointer) const;

    // Any text of at most `units_max` UTF-16 units; empty when absent.
    std::string text(std::string_view pointer, std::size_t units_max);
    // A name that an app chose (action_id, block_id, callback_id): 1 to 255 characters, no controls. Empty when absent.
    std::string name(std::string_view pointer);
    std::string required_name(std::string_view pointer);
    // Printable ASCII without spaces (URLs, trigger ids), straight into a Secret.
    std::optional<Secret> secret(std::string_view pointer, std::size_t bytes_max);
    Secret required_secret(std::string_view pointer, std::size_t bytes_max);
    // true, false, "true" or "false"; false when absent or an empty text.
    bool flag(std::string_view pointer);
    // An empty text is an absent id: a form has no null.
    std::optional<std::string> id_text(std::string_view pointer);
    std::string required_id_text(std::string_view pointer);
    std::optional<MessageTs> ts(std::string_view pointer);

    template <class Id>
    std::optional<Id> id(std::string_view pointer)
    {
        auto found = id_text(pointer);
        if (!found) return std::nullopt;
        return Id{std::move(*found)};
    }

    template <class Id>
    Id required_id(std::string_view pointer)
    {
        return Id{required_id_text(pointer)};
    }

private:
    std::optional<std::string_view> string_at(std::string_view pointer);

    const boost::json::value& root_;
    bool broken_ = false;
};

}  // namespace countersign::slack
