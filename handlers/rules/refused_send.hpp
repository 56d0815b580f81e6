#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/request.hpp"

namespace countersign::rules {

// What becomes of a request whose password was sent, and Auth0 did not take it.
struct RefusedSend
{
    enum class Kind
    {
        hold,           // known not to have been applied: the same password waits for the next try
        lose_answer,    // it may have been applied: settled by reading back
        pick_again,     // the passphrase is destroyed, and another one is picked
        meet_existing,  // there is such an account already: whose is it?
        reject,         // a definite no
        prove,          // it is ours: an earlier send made it
    };

    Kind kind;
    StoredEnding ending = {};  // for reject
    bool is_over = false;      // for lose_answer: Auth0 itself said that it failed, so that nothing is under way
};

// `problem`: the answer to the newest send, which is counted in the request's intent.
RefusedSend after_problem(const Request& request, const Problem& problem);

// Auth0 says that the account which was to be made exists. Read back, it is ours, or it is not or cannot be seen.
enum class Existing
{
    unreadable,
    ours,
    not_ours,
};
RefusedSend after_meeting(const Request& request, Existing existing);

}  // namespace countersign::rules
