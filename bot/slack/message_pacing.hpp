#pragma once

#include "handlers/core/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace countersign::slack {

// What must wait until when, by name (a method, or a method and a channel). Call from one executor.
class Pacing
{
public:
    // How long to wait still, rounded up to whole seconds; nothing when free to go.
    std::optional<std::chrono::seconds> wait_for(std::string_view name, SteadyTime now) const;
    // Nothing under this name before `until`. Never shortens a wait.
    void hold(std::string name, SteadyTime until, SteadyTime now);
    std::size_t size() const noexcept { return until_.size(); }

private:
    std::unordered_map<std::string, SteadyTime> until_;
};

}  // namespace countersign::slack
