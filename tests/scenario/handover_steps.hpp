#pragma once

#include "tests/scenario/world.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::test {

// What the tests of the hand-over have in common.

// The rows of the audit log with this action, oldest first.
std::vector<boost::json::object> rows_of(World& world, std::string_view action);

// One of a row's texts; empty for null.
std::string text_of(const boost::json::object& row, const char* key);

// A detail of the newest of them; empty when there is none.
std::string detail_of(World& world, std::string_view action, const char* detail);

// Whether its request still has a password, sealed.
bool is_sealed(World& world);

// How many windows Slack was asked to open, and how many it opened.
std::size_t openings_tried(const World& world);
std::size_t openings(const World& world);

// How often a password was put into a window; its spelling does not count.
std::size_t fillings(const World& world);

// Waits until the password stands before the person. False when it does not come.
bool wait_for_password(World& world, const std::string& user, Milliseconds limit = std::chrono::seconds{10});

// "Close for good" in the window.
standins::Response close_for_good(World& world, const std::string& user);

// How often Slack was called with this method.
std::size_t calls_of(const World& world, std::string_view method);

// Jobs of this kind that wait become due at this time, as if the runner came to them only then.
void hold(World& world, std::string_view kind, TimePoint due);

// The press on the button in the newest direct message, made now and not delivered.
standins::slack::Delivery press_of(World& world, const std::string& user);

// The same press made once more, now: signed anew, with a trigger of its own. Also when the button is gone by now.
standins::slack::Delivery pressed_again(World& world, const standins::slack::Delivery& press);

// What the person was told last in their conversation with the app, to them alone.
std::string note_of(World& world, const std::string& user);

}  // namespace countersign::test
