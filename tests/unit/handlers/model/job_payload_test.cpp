// What jobs carry, as it was stored by every version so far: it is read for ever.
#include "handlers/model/job_payload.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace std::chrono_literals;

namespace {

const TimePoint at = from_unix_ms(1'700'000'000'000);

// A text that was stored once, read and written again.
template <class Payload>
std::string again(const std::string& stored)
{
    return to_payload(payload_from<Payload>(stored).value());
}

constexpr const char* note = R"({"user":"U0LEAD","text":"a *word*","channel":"C0APPROVALS","response_url":"00ff2e"})";
constexpr const char* bare_note = R"({"user":"U0LEAD","text":""})";
constexpr const char* press = R"({"by":"{\"user\":\"U0LEAD\",\"text\":\"\"}","at":1700000000000})";
constexpr const char* release =
    R"({"by":"{\"user\":\"U0LEAD\",\"text\":\"\"}","pressed":3,"announcement":"1700000000.000100"})";
constexpr const char* telling =
    R"({"notice":"{\"what\":\"half_released\",\"version\":8,\"freeze\":\"{\\\"by\\\":\\\"U0ADA\\\",)"
    R"(\\\"since\\\":1700000000000,\\\"reason\\\":\\\"incident\\\",\\\"releases\\\":)"
    R"([{\\\"by\\\":\\\"U0LEA\\\",\\\"at\\\":1700000000000}],\\\"lapsed\\\":1}\"}",)"
    R"("to_audit":false,"edits":"1700000000.000100"})";
constexpr const char* refusal = R"({"what":"audit_channel","reason":"not_in_channel","since":1700000000000})";

}  // namespace

TEST_CASE("what a job of an earlier version carries is read, and written as it was", "[jobs][stored]")
{
    CHECK(again<Note>(note) == note);
    CHECK(again<Note>(bare_note) == bare_note);
    CHECK(again<ClaimPress>(press) == press);
    CHECK(again<LastRelease>(release) == release);
    CHECK(again<FreezeTelling>(telling) == telling);
    CHECK(again<SlackRefusal>(refusal) == refusal);
    for (const char* text : {"", "again", "waiting"}) CHECK(again<Redraw>(text) == text);
    for (const char* text : {"reminder", "asked_for_reminder", "passed_on"}) CHECK(again<ThreadLine>(text) == text);
    CHECK(again<ReminderNumber>("7") == "7");
    for (const char* text : {"audit:card", "requester:thread"}) CHECK(again<GivenUpJob>(text) == text);
    CHECK(again<HomeOf>("U0ADA") == "U0ADA");
}

TEST_CASE("a note says to whom, what, and by which ways", "[jobs][stored]")
{
    const Note whole = payload_from<Note>(note).value();
    CHECK(whole.user == SlackUserId{"U0LEAD"});
    CHECK(whole.text == "a *word*");
    CHECK(whole.channel == ChannelId{"C0APPROVALS"});
    CHECK(whole.response_url->bytes == std::string("\0\xff.", 3));
    const Note bare = payload_from<Note>(bare_note).value();
    CHECK_FALSE(bare.channel);
    CHECK_FALSE(bare.response_url);
}

TEST_CASE("a press says whose it is and when it was, a release which button was pressed", "[jobs][stored]")
{
    const ClaimPress pressed = payload_from<ClaimPress>(press).value();
    CHECK(pressed.claim.by == SlackUserId{"U0LEAD"});
    CHECK(pressed.claim.at == at);
    CHECK(pressed.by.user == SlackUserId{"U0LEAD"});
    const LastRelease released = payload_from<LastRelease>(release).value();
    CHECK(released.by.user == SlackUserId{"U0LEAD"});
    CHECK(released.pressed == 3);
    CHECK(released.announcement == MessageTs{"1700000000.000100"});
    const auto elsewhere = payload_from<LastRelease>(R"({"by":"{\"user\":\"U1\",\"text\":\"\"}","pressed":1})");
    CHECK_FALSE(elsewhere.value().announcement);
}

TEST_CASE("a telling says what happened to the switch, and where it is told", "[jobs][stored]")
{
    const FreezeTelling told = payload_from<FreezeTelling>(telling).value();
    CHECK(told.notice.what == FreezeNotice::What::half_released);
    CHECK(told.notice.version == 8);
    CHECK(told.notice.freeze.by == SlackUserId{"U0ADA"});
    CHECK(told.notice.freeze.since == at);
    CHECK(told.notice.freeze.reason == "incident");
    REQUIRE(told.notice.freeze.releases.size() == 1);
    CHECK(told.notice.freeze.releases.front().by == SlackUserId{"U0LEA"});
    CHECK(told.notice.freeze.lapsed == 1);
    CHECK_FALSE(told.to_audit);
    CHECK(told.edits == MessageTs{"1700000000.000100"});
    FreezeTelling other{told.notice, true};
    for (const auto what : {FreezeNotice::What::frozen, FreezeNotice::What::released})
    {
        other.notice.what = what;
        CHECK(payload_from<FreezeTelling>(to_payload(other)).value().notice.what == what);
        CHECK(payload_from<FreezeTelling>(to_payload(other)).value().to_audit);
        CHECK_FALSE(payload_from<FreezeTelling>(to_payload(other)).value().edits);
    }
}

TEST_CASE("a text that is not one of ours is corrupt, and never half read", "[jobs][stored]")
{
    for (const char* text : {"", "[]", "{}", "{", R"({"user":1,"text":""})", R"({"user":"U1"})"})
    {
        CAPTURE(text);
        CHECK_FALSE(payload_from<Note>(text).has_value());
        CHECK_FALSE(payload_from<ClaimPress>(text).has_value());
        CHECK_FALSE(payload_from<LastRelease>(text).has_value());
        CHECK_FALSE(payload_from<FreezeTelling>(text).has_value());
        CHECK_FALSE(payload_from<SlackRefusal>(text).has_value());
        CHECK_FALSE(payload_from<ThreadLine>(text).has_value());
    }
    CHECK_FALSE(payload_from<GivenUpJob>("card").has_value());
    CHECK_FALSE(payload_from<Note>(R"({"user":"U1","text":"","response_url":"xyz"})").has_value());
    CHECK_FALSE(payload_from<ClaimPress>(R"({"by":"{}","at":1})").has_value());
    CHECK_FALSE(payload_from<ClaimPress>(R"({"by":"{\"user\":\"U1\",\"text\":\"\"}"})").has_value());
    CHECK_FALSE(payload_from<LastRelease>(R"({"by":"{\"user\":\"U1\",\"text\":\"\"}"})").has_value());
    CHECK_FALSE(payload_from<FreezeTelling>(
                    R"({"notice":"{\"what\":\"thawed\",\"version\":1,\"freeze\":\"{}\"}","to_audit":true})")
                    .has_value());
    CHECK_FALSE(payload_from<SlackRefusal>(R"({"what":"a","reason":"b"})").has_value());
}

TEST_CASE("a reason to draw that only a newer version knows draws what is new", "[jobs][stored]")
{
    CHECK(payload_from<Redraw>("of_a_newer_version").value() == Redraw::when_newer);
    CHECK(payload_from<Redraw>("again").value() == Redraw::in_any_case);
    CHECK(payload_from<Redraw>("waiting").value() == Redraw::as_waiting);
}

TEST_CASE("a reminder without a number is the first", "[jobs][stored]")
{
    CHECK(payload_from<ReminderNumber>("").value().number == 0);
    CHECK(payload_from<ReminderNumber>("12").value().number == 12);
}

TEST_CASE("a job that was given up is told to one of two, by its kind", "[jobs][stored]")
{
    CHECK(payload_from<GivenUpJob>("audit:card").value().to_audit);
    CHECK(payload_from<GivenUpJob>("audit:card").value().kind == "card");
    CHECK_FALSE(payload_from<GivenUpJob>("requester:answer").value().to_audit);
}
