#include "handlers/rules/transitions.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/deny_form.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

HandlerResult press(Desk& desk, const std::string& user) { return desk.send(desk.click(user, deny_action, "cs-1")); }

HandlerResult submit(Desk& desk, const std::string& user, const std::string& reason = "not her voice")
{
    auto form = desk.form(user, deny_form, "cs-1");
    form.values.emplace(std::string{views::denial_input}, reason);
    return desk.send(std::move(form));
}

}  // namespace

TEST_CASE("Deny opens the form that asks why, and decides nothing by itself", "[decisions]")
{
    WaitingDesk desk;
    const auto answer = press(desk, "U0LEAD");
    CHECK(modal_callback(answer) == "request.deny_form");
    const auto& opened = std::get<OpenView>(answer.then.value());
    CHECK(opened.user == SlackUserId{"U0LEAD"});
    CHECK(opened.trigger_id.matches("trigger of U0LEAD"));
    REQUIRE(opened.fallback);
    CHECK(opened.fallback->channel == desk.settings.approvals);
    REQUIRE(opened.fallback->response_url);
    CHECK(opened.fallback->response_url->matches(Desk::response_url));
    CHECK(desk.stored().state == State::pending);
    CHECK(desk.last().audit.empty());
    CHECK(desk.last().jobs.empty());
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("a denial is recorded with who, when and why", "[decisions]")
{
    WaitingDesk desk;
    desk.clock.advance(3min);
    const auto answer = submit(desk, "U0LEAD", "  not her\u200b voice ");
    CHECK(std::holds_alternative<slack::Acknowledged>(answer.answer));
    const Request request = desk.stored();
    CHECK(request.state == State::denied);
    REQUIRE(request.decision);
    CHECK(request.decision->by == SlackUserId{"U0LEAD"});
    CHECK(request.decision->at == Desk::noon + 3min);
    CHECK(request.denial_reason == "not her voice");
    CHECK(request.approvals.empty());
    CHECK(jobs_text(desk.last()) == "announce answer card homes+2000 requester_dm");
    CHECK(
        only_row(desk.last()) ==
        "request_denied U0LEAD cs-1 state=denied requester=U0AGENT email=a…a@acme.example decided_by=U0LEAD "
        "why=not her voice");
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("a denial needs a reason, of at most 500 characters, and is not remembered before it has one", "[decisions]")
{
    WaitingDesk desk;
    CHECK(has(field_errors(submit(desk, "U0LEAD", " \u200b ")), "Say why"));
    CHECK(has(field_errors(submit(desk, "U0LEAD", std::string(501, 'x'))), "too long"));
    CHECK(field_errors(submit(desk, "U0LEAD", "")).starts_with(std::string{views::denial_block} + ": "));
    CHECK(desk.store.tried.empty());
    CHECK(desk.stored().state == State::pending);
    submit(desk, "U0LEAD", std::string(500, 'x'));
    CHECK(desk.stored().state == State::denied);
    CHECK(desk.stored().denial_reason.size() == 500);
}

TEST_CASE("a denial that was overtaken says by whom, and one that is overtaken for ever is given up", "[decisions]")
{
    WaitingDesk desk;
    desk.store.before_commit = [&desk] {
        Request request = desk.stored();
        request.decision = Decision{SlackUserId{"U0LEAD2"}, Desk::noon};
        Transaction change{Desk::noon};
        advance(change, std::move(request), Event::approve, "U0LEAD2");
        desk.apply(std::move(change));
    };
    CHECK(has(modal_text(submit(desk, "U0LEAD")), "approved by <@U0LEAD2>"));
    CHECK(desk.stored().state == State::approved);
    CHECK(desk.stored().denial_reason.empty());
}

TEST_CASE("a denial that cannot be stored is not acknowledged", "[decisions]")
{
    const auto [fault, answer, tries] = GENERATE(table<Errc, Errc, std::size_t>(
        {{Errc::replayed, Errc::replayed, 1U},
         {Errc::conflict, Errc::unavailable, 4U},
         {Errc::unavailable, Errc::unavailable, 1U}}));
    WaitingDesk desk;
    desk.store.refuses = fault;
    CHECK(rejected(submit(desk, "U0LEAD")) == answer);
    CHECK(desk.store.tried.size() == tries);
    const auto pressed = press(desk, "U0LEAD");
    CHECK(rejected(pressed) == answer);
    CHECK_FALSE(pressed.then);
    CHECK(desk.stored().state == State::pending);
}
