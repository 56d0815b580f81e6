#pragma once

#include "handlers/core/json_reader.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/core/strong_id.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace countersign::slack {

// An id of Slack's: ^[A-Z0-9]{1,32}$.
bool is_slack_id(std::string_view text);

// A message's time stamp: digits, a dot, digits; at most 32 bytes.
bool is_message_ts(std::string_view text);

// Reads what Slack sends: a JsonReader that knows the forms of Slack's values. What is present with the wrong form or
// length is as bad as what is required and absent.
class PayloadReader : public JsonReader
{
public:
    using JsonReader::JsonReader;

    // Any text of at most `units_max` UTF-16 units; empty when absent.
    std::string text(std::string_view path, std::size_t units_max) const;
    // A name that an app chose (action_id, block_id, callback_id): 1 to 255 characters, no controls. Empty when absent.
    std::string name(std::string_view path) const;
    std::string required_name(std::string_view path) const;
    // Printable ASCII without spaces (URLs, trigger ids), straight into a Secret.
    std::optional<Secret> secret(std::string_view path, std::size_t bytes_max) const;
    Secret required_secret(std::string_view path, std::size_t bytes_max) const;
    // true, false, "true" or "false"; false when absent or an empty text.
    bool flag(std::string_view path) const;
    // An empty text is an absent id: a form has no null.
    std::optional<std::string> id_text(std::string_view path) const;
    std::string required_id_text(std::string_view path) const;
    std::optional<MessageTs> ts(std::string_view path) const;

    template <class Id>
    std::optional<Id> id(std::string_view path) const
    {
        auto found = id_text(path);
        if (!found) return std::nullopt;
        return Id{std::move(*found)};
    }

    template <class Id>
    Id required_id(std::string_view path) const
    {
        return Id{required_id_text(path)};
    }
};

}  // namespace countersign::slack
