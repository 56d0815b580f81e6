#pragma once

#include "tests/scenario/world.hpp"
#include "tests/support/text.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

// What people do, and have in front of them, until approvers are asked.
namespace countersign::test {

// Types a command in the desk's channel.
standins::Response command(World& world, const std::string& user, const std::string& name, const std::string& text);

// `/reset-password` alone; false when no form opens.
bool open_form(World& world, const std::string& user, const std::string& name = "/reset-password");

// Until the visible modal says this.
bool wait_for_words(World& world, const std::string& user, const std::string& part);

// Delivers what a person sent with every `honest` in its encoded body replaced: what Slack's client would not have let
// them do, in Slack's name. Throws when there is nothing to replace.
standins::Response deliver_forged(
    World& world, const standins::slack::Delivery& sent, const std::string& honest, const std::string& forged);

// The answer to a form, if it names what is wrong with fields; else empty.
std::string field_errors(const standins::Response& answer);

// Approves the only card, and checks that the password was changed and no promise broken.
void approve_and_settle(World& world);

// Another account with the customer's address, in another database connection. Its id.
std::string add_partner_account(World& world);

// A person at a form that is in the way of everything else.
void close_all_modals(World& world, const std::string& user);

// Every way to begin a request that there is, one after the other; what the person is told at each. The Home is left
// out when it offers none.
std::vector<std::string> try_every_way_in(World& world, const std::string& user);

}  // namespace countersign::test
