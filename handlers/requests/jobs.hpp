#pragma once

#include "handlers/ports/store.hpp"

#include <string>
#include <string_view>

namespace countersign {

// The names under which jobs are stored: never change one.
namespace job_kind {

inline constexpr std::string_view look_up = "look_up";
inline constexpr std::string_view card = "card";
inline constexpr std::string_view answer = "answer";
inline constexpr std::string_view note = "note";
inline constexpr std::string_view claim = "claim";  // payload: see handlers/effects/claim
inline constexpr std::string_view change = "change";
inline constexpr std::string_view reblock = "reblock";
inline constexpr std::string_view requester_dm = "requester_dm";
inline constexpr std::string_view announce = "announce";
inline constexpr std::string_view expire = "expire";
inline constexpr std::string_view trouble = "trouble";
inline constexpr std::string_view home = "home";                  // payload: the person
inline constexpr std::string_view homes = "homes";                // of everybody who opened it lately
inline constexpr std::string_view begin_change = "begin_change";  // after the cooling delay
inline constexpr std::string_view remind = "remind";              // the approvers, by itself
inline constexpr std::string_view escalate = "escalate";
inline constexpr std::string_view thread_line = "thread_line";  // payload: what the line under the card says
inline constexpr std::string_view redraw_cards = "redraw_cards";
inline constexpr std::string_view freeze_notice = "freeze_notice";      // payload: see handlers/effects/freeze_notice
inline constexpr std::string_view release = "release";                  // payload: see handlers/effects/release
inline constexpr std::string_view thread = "thread";                    // the steps after the change, under the card
inline constexpr std::string_view handover_expire = "handover_expire";  // nobody pressed
inline constexpr std::string_view handover_settle = "handover_settle";  // pressed, and then the process died
inline constexpr std::string_view handover_spell = "handover_spell";
inline constexpr std::string_view handover_close = "handover_close";  // the modal has been open long enough
inline constexpr std::string_view still_waiting = "still_waiting";    // Auth0 has not answered for half a minute
inline constexpr std::string_view slack_refusal = "slack_refusal";    // payload: see handlers/effects/slack_refusal

}  // namespace job_kind

// A job of a request, in the lane of that request and kind: one at a time, in order.
inline NewJob request_job(std::string_view kind, const RequestId& request, TimePoint due)
{
    return NewJob{std::string{kind}, request.str() + "/" + std::string{kind}, due, request};
}

// A card is drawn when the request has a new version; with this payload of the `card` job in any case.
inline constexpr std::string_view draw_again = "again";
// With this payload a `card` or `answer` job also says that Auth0 keeps people waiting.
inline constexpr std::string_view draw_waiting = "waiting";

// Has Slack asked whether the card can still be read; one that is gone is posted again.
inline NewJob card_check(const RequestId& request, TimePoint due)
{
    NewJob job = request_job(job_kind::card, request, due);
    job.payload = std::string{draw_again};
    job.coalesce = true;
    return job;
}

// How long people wait for Auth0 before they are told that they wait for it.
inline constexpr std::chrono::seconds said_to_wait_after{30};

// Says so, unless the request has moved on by then.
inline NewJob still_waiting_job(const RequestId& request, TimePoint begun)
{
    NewJob job = request_job(job_kind::still_waiting, request, begun + said_to_wait_after);
    job.coalesce = true;
    return job;
}

// Ends `job` within a change.
inline JobStep end_of(const Job& job, JobEnd end) { return JobStep{job.id, job.epoch, end, {}, {}}; }

}  // namespace countersign
