#pragma once

#include "tests/scenario/world.hpp"

#include <string>
#include <vector>

namespace countersign::test {

// How somebody who is refused learns of it.
enum class Told
{
    in_answer,  // the answer to a command or a form
    in_modal,   // a modal that opens
    by_note,    // a private note
    on_home,    // the Home itself says what its owner may do
    nowhere,    // Slack has no place for it: a view that was closed, a button in a modal that stands there
};

// One thing that people can do to the bot, as it would arrive from the one it is meant for. Not sent yet.
struct WayIn
{
    std::string name;
    standins::slack::Delivery honest;
    Told told;
    std::string refusal;  // what whoever is refused is told, in part
};

// People whom Slack lets into groups, and who must get nowhere all the same.
namespace intruder {

inline const std::string single_guest = "U0SINGLE";   // single-channel guest; cast::guest is the other kind
inline const std::string deactivated = "U0GONE";      // left the company
inline const std::string robot = "U0ROBOT";           // another app
inline const std::string outsider = "U0OUTSIDER";     // of another company, here through Slack Connect
inline const std::string stranger = "U0STRANGER";     // of another company, shares no channel with us
inline const std::string other_team = "T0OTHERTEAM";  // their workspace

}  // namespace intruder

// A world in which everything that can be typed, pressed or sent lies ready. The intruders are in every group, so that
// nothing but what they are keeps them out.
class House
{
public:
    explicit House(std::uint64_t seed);

    World world;
    // Nothing is frozen.
    std::vector<WayIn> ways;

    // Freezes everything: from now on the button that releases it is the only way in.
    void freeze();

private:
    void populate();
    void type_commands();
    void press_on_card();
    void ask_for_choice();
    void hand_over();
    void open_views();
    void show_one();

    void add(std::string name, standins::slack::Delivery honest, Told told, std::string refusal);
    standins::TimeMs now() const { return to_unix_ms(world.time.now()); }
};

}  // namespace countersign::test
