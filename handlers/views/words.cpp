#include "handlers/views/words.hpp"

namespace countersign::views {

std::string_view state_word(State state) noexcept
{
    switch (state)
    {
    case State::looking_up: return "Looking up";
    case State::choosing: return "Waiting for you";
    case State::pending: return "Waiting";
    case State::approved:
    case State::executing: return "Working";
    case State::checking: return "Checking";
    case State::changed: return "Done";
    case State::denied: return "Denied";
    case State::cancelled: return "Cancelled";
    case State::expired: return "Expired";
    case State::refused: return "Refused";
    case State::failed: return "Failed";
    case State::unknown: return "Unknown";
    }
    return "Unknown";
}

}  // namespace countersign::views
