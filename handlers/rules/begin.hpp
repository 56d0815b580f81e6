#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/time.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/transaction.hpp"

#include <chrono>
#include <string_view>

namespace countersign::rules {

inline constexpr std::chrono::hours approval_age_max{2};  // an approval not carried out by then has lapsed
inline constexpr std::chrono::seconds frozen_every{30};   // looks whether everything is still frozen

// Whether an approved request may be carried out at this moment.
struct Beginning
{
    enum class Kind
    {
        now,
        later,  // look again after `wait`
        never,  // the request ends
    };

    Kind kind = Kind::now;
    std::chrono::seconds wait{0};
    std::string_view why = {};  // for later: a code for the operator
    Ending ending = Ending::none;
};

// Not before its time, not after it lapsed, and not while everything is frozen.
Beginning beginning_of(const Request& request, bool is_frozen, TimePoint now);

// What the job that carries a request out finds, also after a process died over it.
enum class Stage
{
    over,          // or not approved yet
    nothing_sent,  // or it is known not to have been applied
    perhaps_sent,  // by a process that died between the send and its outcome
    answer_lost,
};
Stage stage_of(const Request& request) noexcept;

// Counts the send that `change` makes durable.
void add_send(Transaction& change, Request request);

// Whether Auth0's no to a call before any send is its last word; what may pass is tried again.
bool is_definite(const Problem& problem) noexcept;

}  // namespace countersign::rules
