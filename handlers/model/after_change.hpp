#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

namespace countersign {

// The result of a step after the change. None of them can turn Done into Failed.
enum class AfterChange
{
    not_needed,
    waiting,
    sending,  // for what must not be done twice: it may have been done
    done,
    failed,
    not_in_plan,  // the Auth0 plan or the granted scopes do not include it
};

// The steps after a change, by the names under which they are stored, and in which jobs run: never change one.
namespace after_change {

inline constexpr std::string_view mark_must_change = "mark_must_change";
inline constexpr std::string_view revoke_tokens = "revoke_tokens";
inline constexpr std::string_view end_sessions = "end_sessions";
inline constexpr std::string_view tell_owner = "tell_owner";

inline constexpr std::array all = {mark_must_change, revoke_tokens, end_sessions, tell_owner};

}  // namespace after_change

// A step that is not in the map is not needed.
using AfterChangeSteps = std::map<std::string, AfterChange, std::less<>>;

}  // namespace countersign
