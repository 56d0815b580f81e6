// What follows an answer: a window, or the word that it did not open.
#include "handlers/effects/follow_up.hpp"

#include "handlers/model/job_payload.hpp"
#include "handlers/model/vault_context.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

#include <optional>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::test;

namespace {

OpenView a_view(bool with_way_back)
{
    OpenView view{agent, Secret{"trigger-1"}, {}};
    if (with_way_back) view.fallback = FallbackTarget{ChannelId{"C0DESK"}, Secret{"https://hooks.example/response/1"}};
    return view;
}

// The note that was stored for the person, if there is one.
std::optional<Note> note_of(Bench& bench)
{
    for (const Job& job : bench.ledger.engine().claim(bench.clock.now(), bench.clock.now(), 10))
        if (job.kind == "note") return payload_from<Note>(job.payload).value();
    return std::nullopt;
}

}  // namespace

TEST_CASE("a window that opened needs no word", "[effects][follow_up]")
{
    Bench bench;
    bench.slack.on_open = [] { return Outcome<std::string>{"V1"}; };
    bench.run(follow_up(bench.services, a_view(true)));
    CHECK_FALSE(note_of(bench));
}

TEST_CASE(
    "of a window that did not open, or may not have, the person is told where they pressed", "[effects][follow_up]")
{
    Bench bench;
    const auto [code, words] = GENERATE(table<Errc, std::string>(
        {{Errc::refused, "The window did not open"},
         {Errc::unreachable, "The window did not open"},
         {Errc::answer_lost, "Slack did not say whether the window opened"}}));
    const Problem problem{code, "expired_trigger_id"};
    bench.slack.on_open = [problem]() -> Outcome<std::string> { return problem; };
    bench.run(follow_up(bench.services, a_view(true)));
    const auto note = note_of(bench);
    REQUIRE(note);
    CHECK(note->user == agent);
    CHECK(note->channel == ChannelId{"C0DESK"});
    REQUIRE(note->response_url);
    CHECK(bench.vault.open(*note->response_url, note_context(agent))->expose() == "https://hooks.example/response/1");
    CHECK(note->text.starts_with(words));
}

TEST_CASE("what is told otherwise anyway gets no note", "[effects][follow_up]")
{
    Bench bench;
    bench.slack.on_open = []() -> Outcome<std::string> { return Problem{Errc::refused}; };
    bench.run(follow_up(bench.services, a_view(false)));
    bench.run(drop_follow_up(bench.services, a_view(false)));
    CHECK_FALSE(note_of(bench));
}

TEST_CASE(
    "a window that is not opened because there is too much to do is told of as one that did not",
    "[effects][follow_up]")
{
    Bench bench;
    bench.run(drop_follow_up(bench.services, a_view(true)));
    const auto note = note_of(bench);
    REQUIRE(note);
    CHECK(note->text.starts_with("The window did not open, and nothing was done."));
}
