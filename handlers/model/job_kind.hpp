#pragma once

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

}  // namespace countersign
