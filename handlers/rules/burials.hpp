#pragma once

#include "handlers/model/request.hpp"

#include <optional>

// What it means for a request that one of its jobs was given up. nullopt: nothing, and people are told that a step
// failed.
namespace countersign::rules {

std::optional<Event> after_lost_look_up(const Request& request) noexcept;

// Nobody can decide what nobody sees. Left open, it would also keep the account from being asked for again.
std::optional<Event> after_lost_card(const Request& request, bool has_card) noexcept;

// The job that begins a change after its cooling delay.
std::optional<Event> after_lost_begin(const Request& request) noexcept;

// Rejected while nothing can have been applied; else its answer is lost, or given up.
std::optional<Event> after_lost_change(const Request& request) noexcept;

}  // namespace countersign::rules
