#pragma once

#include "tests/scenario/world.hpp"
#include "tests/support/text.hpp"

#include <string>

namespace countersign::test {

// Requests as they are once they were approved, whatever the way they came.

// For the customer of the world.
Request approved(World& world, const std::string& id, PasswordFormat format);

// For an account that is to be made for grace@acme.example, Grace Hopper.
Request approved_creation(World& world, const std::string& id, PasswordFormat format);

// Puts it into the ledger and lets it be carried out. False when it does not end in `limit`.
bool carry_out(World& world, Request request, Milliseconds limit = std::chrono::minutes{20});

// Asks, approves, and waits for Done and the direct message with its button.
bool reset_and_wait(World& world);

// The texts of the password's modal, as it is open now: the password first, then its spelling.
std::vector<std::string> shown_secrets(World& world, const std::string& user);

void freeze(World& world, bool frozen);

// Somebody deletes a message of the bot's.
void delete_message(World& world, const standins::slack::Message& message);

}  // namespace countersign::test
