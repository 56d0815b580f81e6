#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace countersign {

// A string that means one thing. Ids of different tags neither convert nor compare.
template <class Tag>
class StrongId
{
public:
    explicit StrongId(std::string value) : value_{std::move(value)} {}

    const std::string& str() const noexcept { return value_; }

    friend bool operator==(const StrongId&, const StrongId&) = default;
    friend auto operator<=>(const StrongId&, const StrongId&) = default;

private:
    std::string value_;
};

using SlackTeamId = StrongId<struct SlackTeamIdTag>;    // T... : a workspace
using SlackUserId = StrongId<struct SlackUserIdTag>;    // U... or W... : opaque, compare only
using SlackGroupId = StrongId<struct SlackGroupIdTag>;  // S... : a user group
using ChannelId = StrongId<struct ChannelIdTag>;        // C..., G... or D...
using MessageTs = StrongId<struct MessageTsTag>;        // "1763800000.000100": a text, never a number
using Email = StrongId<struct EmailTag>;                // lower case, as parsed by handlers/core/email
using Auth0UserId = StrongId<struct Auth0UserIdTag>;    // "auth0|63d1..."
using RequestId = StrongId<struct RequestIdTag>;        // ours, [a-z0-9-], at most 20 characters

}  // namespace countersign

template <class Tag>
struct std::hash<countersign::StrongId<Tag>>
{
    std::size_t operator()(const countersign::StrongId<Tag>& id) const noexcept
    {
        return std::hash<std::string>{}(id.str());
    }
};
