#pragma once

#include "handlers/actions/perform.hpp"

// The form that asks a requester for what their request lacks: which account, the names, the reason, and so on.
namespace countersign::actions {

// The form, submitted: its request is looked up once more, with what was said.
Verdict answer(const slack::ViewSubmission& form, const Snapshot& seen, const Settings& settings);
// "Continue…" in the private line: opens the form.
Verdict open_questions(const Press& press, const Snapshot& seen, const Settings& settings);
// The form, closed without an answer: the request goes on waiting, and the requester is told where to go on.
Verdict put_off_answer(const Action& action, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> submit_choice(
    const Services& services, slack::ViewSubmission form, ReplayMark replay);
boost::asio::awaitable<HandlerResult> close_choice(
    const Services& services, slack::ViewClosed closed, ReplayMark replay);

}  // namespace countersign::actions
