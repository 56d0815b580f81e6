#pragma once

#include "handlers/effects/running.hpp"

namespace countersign::effects {

// Carries an approved request out, whatever its operation: checks rights and account again, makes the intent durable,
// sends the change, and settles a lost answer by reading back. Also takes up where a killed process left off.
//
//   approved --begin--> [checked again] --perform--> executing --a 2xx, confirmed by reading back--> changed
//      |                      |                       |  ^  |
//      | too old              | a fault               |  |  +--a definite no to the first send--> failed
//      +------> failed <------+                       |  |
//                                     the answer lost |  | provably not applied: the same password once more
//                                                     v  |
//                                                   checking --both signs, or one and the log--> changed
//                                                     |  +--ruled out by the log--> failed
//                                                     +--ten minutes without a proof--> unknown
//
// Each arrow is one commit. What a job finds that takes up after a crash:
//   approved                              nothing was sent: begins
//   executing, no send in the intent      nothing was sent, or it is known not to have been applied: begins, with the
//                                         password that is sealed already
//   executing, with a send                it may have been applied: checking
//   checking                              looks again
// An operation that may be done twice (a link) has no intent and no sends: it begins again.
boost::asio::awaitable<JobResult> change_password(Running running);

}  // namespace countersign::effects
