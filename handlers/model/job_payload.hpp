#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/sealed.hpp"
#include "handlers/model/freeze.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What jobs carry, each with one codec. A job that an older version stored is read for ever: a key is never renamed,
// and a new key may be absent.
namespace countersign {

// The codec of a payload. Errc::corrupt: the text is not one of ours.
template <class Payload>
Result<Payload> payload_from(std::string_view text);

// Most jobs carry nothing: they look at the request, or at everything.
struct NoPayload
{
};

// A private note to one person about a click of theirs. The response_url is sealed for note_context(user).
struct Note
{
    Note(SlackUserId user_, std::string text_) : user{std::move(user_)}, text{std::move(text_)} {}

    SlackUserId user;
    std::string text;  // mrkdwn, escaped
    std::optional<ChannelId> channel;
    std::optional<Sealed> response_url;
};

// A press of Approve that is a claim so far.
struct ClaimPress
{
    ClaimPress(Note by_, TimePoint at) : claim{by_.user, at}, by{std::move(by_)} {}

    Decision claim;
    Note by;  // who pressed, and where they are told what becomes of it; without text
};

// A release that was pressed and would be the last one.
struct LastRelease
{
    LastRelease(Note by_, std::int64_t pressed_) : by{std::move(by_)}, pressed{pressed_} {}

    Note by;                                // who pressed, and where they are told; without text
    std::int64_t pressed;                   // the version on the button
    std::optional<MessageTs> announcement;  // whose button it was; it is edited in place
};

// Something that happened to the switch, for those who have to know.
struct FreezeNotice
{
    enum class What
    {
        frozen,
        half_released,
        released,
    };

    FreezeNotice(What what_, Freeze freeze_, std::int64_t version_)
        : what{what_},
          freeze{std::move(freeze_)},
          version{version_}
    {}

    What what;
    Freeze freeze;         // with all releases
    std::int64_t version;  // of the switch from then on
};

// What one job tells of it, and to whom.
struct FreezeTelling
{
    FreezeTelling(FreezeNotice notice_, bool to_audit_) : notice{std::move(notice_)}, to_audit{to_audit_} {}

    FreezeNotice notice;
    bool to_audit;                   // to the audit channel, else to the approvals channel
    std::optional<MessageTs> edits;  // the message that is edited; absent: a new one is posted
};

// Something that Slack refuses to the bot, for longer than a moment, and that somebody can mend.
struct SlackRefusal
{
    std::string what;    // a name of bot/slack/refusals: "audit_channel"
    std::string reason;  // Slack's error code
    TimePoint since;
};

// Why a card, or the requester's line, is drawn.
enum class Redraw
{
    when_newer,   // the request may have a new version
    in_any_case,  // it may be gone, or something else that it shows has changed
    as_waiting,   // it also says that Auth0 keeps people waiting
};

// What is said in the thread of a card.
enum class ThreadLine
{
    reminder,            // by itself
    asked_for_reminder,  // by the requester
    passed_on,           // to the second group, which it mentions
};

// Which of the reminders that come by themselves, from 0.
struct ReminderNumber
{
    int number = 0;
};

// That a job was given up.
struct GivenUpJob
{
    bool to_audit = false;  // told to the audit channel, else to the requester
    std::string kind;       // of that job
};

// Whose Home is published.
struct HomeOf
{
    SlackUserId user;
};

std::string to_payload(const Note& note);
std::string to_payload(const ClaimPress& press);
std::string to_payload(const LastRelease& release);
std::string to_payload(const FreezeTelling& telling);
std::string to_payload(const SlackRefusal& refusal);
std::string to_payload(Redraw why);
std::string to_payload(ThreadLine line);
std::string to_payload(ReminderNumber reminder);
std::string to_payload(const GivenUpJob& given_up);
std::string to_payload(const HomeOf& home);

template <>
Result<NoPayload> payload_from(std::string_view text);
template <>
Result<Note> payload_from(std::string_view text);
template <>
Result<ClaimPress> payload_from(std::string_view text);
template <>
Result<LastRelease> payload_from(std::string_view text);
template <>
Result<FreezeTelling> payload_from(std::string_view text);
template <>
Result<SlackRefusal> payload_from(std::string_view text);
template <>
Result<Redraw> payload_from(std::string_view text);  // what a newer version may add is drawn when newer
template <>
Result<ThreadLine> payload_from(std::string_view text);
template <>
Result<ReminderNumber> payload_from(std::string_view text);
template <>
Result<GivenUpJob> payload_from(std::string_view text);
template <>
Result<HomeOf> payload_from(std::string_view text);

}  // namespace countersign
