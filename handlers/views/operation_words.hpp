#pragma once

#include "handlers/model/request.hpp"

#include <string>
#include <string_view>

// The words of what is asked for and of what is done: a row for each Purpose, and one for each Operation.
namespace countersign::views {

struct PurposeWords
{
    std::string_view kind;           // "password reset"
    std::string_view kind_of_new;    // the same where an account is created
    std::string_view approve_title;  // of the question before an approval
    std::string_view approve;        // of its button
    std::string_view form_title;     // of the modals
    std::string_view usage;          // how the command is typed, as a sentence
};

// "{}" stands for what is set: the words of the request's format.
struct OperationWords
{
    std::string_view effect;     // of the question before an approval: what it brings about
    std::string_view begins;     // of the card, once it is approved
    std::string_view runs;       // of the card, while it is carried out
    std::string_view done;       // of the card
    std::string_view sentence;   // of the requester's message, once it is done
    std::string_view asked_for;  // what the messages call it; empty: as its purpose does
};

PurposeWords words_of(Purpose purpose);
OperationWords words_of(Operation operation);

// Such words with `what` in the place of "{}".
std::string with_format(std::string_view words, std::string_view what);

}  // namespace countersign::views
