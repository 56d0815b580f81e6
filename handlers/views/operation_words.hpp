#pragma once

#include "handlers/model/request.hpp"

#include <optional>
#include <string>
#include <string_view>

// The words of what is asked for and of what is done: a row for each Purpose, and one for each Operation.
namespace countersign::views {

struct PurposeWords
{
    std::string_view command;  // with which it is asked for
    std::string_view usage;    // how that is typed, as a sentence
    std::string_view help;     // what comes of it, as a line of the help; escaped mrkdwn

    std::string_view kind;           // "password reset"
    std::string_view kind_of_new;    // the same where an account is created
    std::string_view kinds;          // the same of many
    std::string_view approve_title;  // of the question before an approval
    std::string_view approve;        // of its button
    std::string_view form_title;     // of the modals
    std::string_view option;         // where the form asks what is needed
    std::string_view option_about;   // for whom that is
};

// "{}" stands for what is set: the words of the request's format.
struct OperationWords
{
    std::string_view effect;      // of the question before an approval: what it brings about
    std::string_view begins;      // of the card, once it is approved
    std::string_view runs;        // of the card, while it is carried out
    std::string_view settles;     // of the card, while a lost answer is settled
    std::string_view done;        // of the card
    std::string_view sentence;    // of the requester's message, once it is done
    std::string_view asked_for;   // what the messages call it; empty: as its purpose does
    std::string_view sets;        // of the details: what it sets
    std::string_view blocked;     // what becomes of an administrator's block
    std::string_view not_yet;     // "... is not changed yet", while Auth0 takes long
    std::string_view not_known;   // "whether ... is changed is not known yet", the same of a lost answer
    std::string_view at_present;  // "... is being changed", to who cancels too late
};

PurposeWords words_of(Purpose purpose);
OperationWords words_of(Operation operation);

// nullopt: a command that asks for nothing, or none of ours.
std::optional<Purpose> purpose_of_command(std::string_view command);

// Such words with `what` in the place of "{}".
std::string with_format(std::string_view words, std::string_view what);

}  // namespace countersign::views
