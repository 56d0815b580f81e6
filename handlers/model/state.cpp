#include "handlers/model/state.hpp"

#include <utility>

namespace countersign {

namespace {

constexpr std::array<std::pair<State, std::string_view>, 13> names = {{
    {State::looking_up, "looking_up"},
    {State::choosing, "choosing"},
    {State::pending, "pending"},
    {State::approved, "approved"},
    {State::executing, "executing"},
    {State::checking, "checking"},
    {State::changed, "changed"},
    {State::denied, "denied"},
    {State::cancelled, "cancelled"},
    {State::expired, "expired"},
    {State::refused, "refused"},
    {State::failed, "failed"},
    {State::unknown, "unknown"},
}};

}  // namespace

std::string_view name_of(State state) noexcept
{
    for (const auto& [value, name] : names)
        if (value == state) return name;
    return "corrupt";
}

std::optional<State> state_named(std::string_view name) noexcept
{
    for (const auto& [value, known] : names)
        if (known == name) return value;
    return std::nullopt;
}

}  // namespace countersign
