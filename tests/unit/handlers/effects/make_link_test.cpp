// Links with which the owner sets a password, instead of a password.
#include "handlers/effects/make_link.hpp"

#include "handlers/effects/change_password.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Kind = JobResult::Kind;

const std::string good_link = "https://acme.eu.auth0.com/u/reset-password?ticket=a";
const std::string started =
    R"(change_started countersign {"state":"executing","requester":"U0AGENT","email":"a…a@acme.example","decided_by":"U0LEAD"})";

Request for_link()
{
    Request request = approved_request();
    request.format = PasswordFormat::link;
    return request;
}

JobResult carry_out(Bench& bench, const Request& request = for_link())
{
    bench.accounts.on_read = [] { return account_of_ada(); };
    const Job job = bench.begin(request, job_kind::change);
    return bench.perform(job);
}

void link_is(Bench& bench, Outcome<std::string> answer)
{
    bench.accounts.on_ticket = [answer](std::chrono::seconds) { return answer; };
}

}  // namespace

TEST_CASE("a link is made after its start is durable, sealed, and waits for the press", "[effects][ticket]")
{
    Bench bench;
    bench.settings.password.link_life = 10min;
    bench.settings.password.reveal_within = 15min;
    bench.accounts.on_ticket = [&bench](std::chrono::seconds ttl) -> Outcome<std::string> {
        CHECK(ttl == 10min);
        CHECK(bench.request().state == State::executing);
        CHECK(bench.rows() == std::vector<std::string>{started});
        bench.clock.advance(3s);
        return good_link;
    };
    CHECK(carry_out(bench).kind == Kind::committed);
    CHECK(bench.accounts.calls == std::vector<std::string>{"read auth0|1", "ticket auth0|1 cs-1"});
    const Request done = bench.request();
    CHECK(done.state == State::changed);
    CHECK(bench.sealed() == good_link);
    CHECK_FALSE(done.intent);
    REQUIRE(done.handover);
    CHECK(done.handover->until == noon + 3s + 10min);
    CHECK(done.after_change.empty());
    CHECK(bench.job(job_kind::change).state == "done");
    REQUIRE(bench.rows().size() == 2);
    CHECK(
        bench.rows()[1] ==
        R"(password_changed countersign {"state":"changed","requester":"U0AGENT","email":"a…a@acme.example","decided_by":"U0LEAD"})");
}

TEST_CASE("a link is shown no longer than it lives, and no longer than is configured", "[effects][ticket]")
{
    Bench bench;
    const auto [shown_for, life] =
        GENERATE(table<std::chrono::seconds, std::chrono::seconds>({{15min, 60min}, {60min, 15min}}));
    bench.settings.password.reveal_within = shown_for;
    bench.settings.password.link_life = life;
    link_is(bench, good_link);
    carry_out(bench);
    CHECK(bench.request().handover->until == noon + 15min);
}

TEST_CASE("a link that may be asked for again is asked for again, started once", "[effects][ticket]")
{
    Bench bench;
    const auto code = GENERATE(Errc::unavailable, Errc::unreachable, Errc::answer_lost, Errc::rate_limited);
    link_is(bench, Problem{code, "x", 4s});
    const JobResult result = carry_out(bench);
    CHECK(result.kind == (code == Errc::rate_limited ? Kind::postpone : Kind::retry));
    CHECK(result.wait == 4s);
    CHECK(bench.request().state == State::executing);
    CHECK(bench.sealed().empty());

    link_is(bench, good_link);
    const std::int64_t id = bench.job(job_kind::change).id;
    const Job job{id, "change", "cs-1/change", RequestId{"cs-1"}, "", 1, 1, noon};
    CHECK(bench.perform(job).kind == Kind::committed);
    CHECK(bench.request().state == State::changed);
    CHECK(bench.directory.asked.size() == 4);  // and rights are asked about again
    CHECK(bench.rows().size() == 2);
}

TEST_CASE("a link that is refused fails the request with the reason", "[effects][ticket]")
{
    Bench bench;
    link_is(bench, Problem{Errc::refused, "no_email_address"});
    CHECK(carry_out(bench).kind == Kind::committed);
    CHECK(bench.request().state == State::failed);
    CHECK(bench.request().ending == Ending::no_email_address);
    CHECK_FALSE(bench.request().handover);
    CHECK(bench.rows().size() == 2);
}

TEST_CASE("a freeze between two tries at a link stops the second", "[effects][ticket]")
{
    Bench bench;
    Request request = for_link();
    request.state = State::executing;
    bench.accounts.on_read = [&bench] {
        bench.freeze();
        return account_of_ada();
    };
    const Job job = bench.begin(request, job_kind::change);
    CHECK(bench.perform(job).kind == Kind::postpone);
    CHECK(bench.accounts.calls == std::vector<std::string>{"read auth0|1"});
    CHECK(bench.request().state == State::executing);
}
