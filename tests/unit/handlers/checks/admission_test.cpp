#include "handlers/checks/admission.hpp"
#include "handlers/checks/gather_risk_notes.hpp"

#include "handlers/checks/gather_risk_notes.hpp"
#include "handlers/rules/risk_notes.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::checks;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// A desk with requests of the past, each over.
struct Past : Desk
{
    void asked(const std::string& requester, TimePoint at, const std::string& account = "auth0|1", bool asked = true)
    {
        Request request = over(requester, at);
        request.account.emplace(Auth0UserId{account});
        request.asked = asked;
        put(std::move(request));
    }

    void decided(const std::string& requester, const std::string& by, TimePoint at)
    {
        Request request = over(requester, at);
        request.decision = Decision{SlackUserId{by}, at};
        put(std::move(request));
    }

    Request over(const std::string& requester, TimePoint at)
    {
        Request request{
            RequestId{"cs-past-" + std::to_string(++made_)}, SlackUserId{requester}, Email{"ada@acme.example"},
            std::nullopt, at};
        request.state = State::denied;
        request.account.emplace(Auth0UserId{"auth0|1"});
        return request;
    }

private:
    int made_ = 0;
};

Request looked_up(const std::string& requester = "U0AGENT", TimePoint at = Desk::noon)
{
    Request request = Desk::request_of(requester, State::looking_up);
    request.created_at = at;
    request.asked = false;
    return request;
}

std::string code(const std::optional<Refusal>& refusal) { return refusal ? refusal->code : ""; }

std::string admitted(Desk& desk, const std::string& who = "U0AGENT")
{
    const auto earlier = run(desk.context, earlier_requests(desk.services, SlackUserId{who}));
    const auto limit = reached_limit(desk.settings.limits, earlier, desk.clock.now());
    return limit ? std::string{name_of(limit->of)} : "";
}

std::string passed(Desk& desk, const Request& request)
{
    return code(run(desk.context, limits_passed(desk.services, request)));
}

std::string within_account_limit(Desk& desk, const Request& request)
{
    return code(run(desk.context, account_limit(desk.services, request)));
}

std::string signals_text(Desk& desk, const Request& request)
{
    std::string text;
    for (const RiskNote& risk : run(desk.context, gather_risk_notes(desk.services, request)))
        text += (text.empty() ? "" : ", ") + risk.code + (risk.detail.empty() ? "" : " " + risk.detail);
    return text;
}

}  // namespace

TEST_CASE("a person's own requests are counted for them, and everybody's for everybody", "[requests]")
{
    Past desk;
    desk.settings.limits = LimitSettings{Limit{1, 0}, Limit{}, Limit{1, 0}};
    CHECK(admitted(desk).empty());
    desk.asked("U0AGENT", Desk::noon - 1min);
    CHECK(admitted(desk) == "limit_person");
    CHECK(admitted(desk, "U0OTHER") == "limit_everybody");
}

TEST_CASE("what is frozen says by whom, until it is released", "[requests]")
{
    Past desk;
    CHECK_FALSE(run(desk.context, frozen(desk.services)));
    desk.freeze("U0LEAD");
    const auto refusal = run(desk.context, frozen(desk.services));
    REQUIRE(refusal);
    CHECK(refusal->code == "frozen");
    CHECK(has(refusal->words, "*Frozen* by <@U0LEAD>"));
    desk.thaw();
    CHECK_FALSE(run(desk.context, frozen(desk.services)));
}

TEST_CASE("what is not counted for any limit is not read", "[requests]")
{
    Past desk;
    desk.settings.limits = LimitSettings{Limit{}, Limit{}, Limit{}, Limit{2, 0}};
    for (int i = 1; i < 5; ++i) desk.asked("U0AGENT", Desk::noon - Milliseconds{i});
    const auto earlier = run(desk.context, earlier_requests(desk.services, SlackUserId{"U0AGENT"}));
    CHECK(earlier.look_ups.size() == 2);
    CHECK(earlier.person.empty());
    CHECK(earlier.everybody.empty());
}

TEST_CASE("a day is looked back upon for a limit, and not more", "[requests]")
{
    Past desk;
    desk.settings.limits = LimitSettings{Limit{0, 1}, Limit{}, Limit{}};
    desk.asked("U0AGENT", Desk::noon - 24h);
    CHECK(admitted(desk).empty());
    desk.asked("U0AGENT", Desk::noon - 24h + Milliseconds{1});
    CHECK(admitted(desk) == "limit_person");
}

TEST_CASE("as many rows are looked at as the limit counts", "[requests]")
{
    Past desk;
    desk.settings.limits = LimitSettings{Limit{3, 0}, Limit{}, Limit{}};
    desk.asked("U0AGENT", Desk::noon - 3min);
    desk.asked("U0AGENT", Desk::noon - 2min);
    CHECK(admitted(desk).empty());
    desk.asked("U0AGENT", Desk::noon - 1min);
    CHECK(admitted(desk) == "limit_person");
}

TEST_CASE("a stored request counts those before it, neither itself nor those after it", "[requests]")
{
    const auto [person, everybody, refusal] = GENERATE(table<Limit, Limit, std::string>(
        {{Limit{2, 0}, Limit{}, "limit_person"}, {Limit{}, Limit{2, 0}, "limit_everybody"}}));
    Past desk;
    desk.settings.limits = LimitSettings{person, Limit{}, everybody};
    desk.put(looked_up());
    desk.asked("U0AGENT", Desk::noon - 1min);
    desk.asked("U0AGENT", Desk::noon + Milliseconds{1});
    desk.asked("U0AGENT", Desk::noon + Milliseconds{2});
    CHECK(passed(desk, looked_up()).empty());
    desk.asked("U0AGENT", Desk::noon - 2min);
    CHECK(passed(desk, looked_up()) == refusal);
    // By the clock of the request, not of the look-up.
    desk.clock.advance(2h);
    CHECK(passed(desk, looked_up()) == refusal);
}

TEST_CASE("without limits every stored request passes", "[requests]")
{
    Past desk;
    desk.settings.limits = LimitSettings{Limit{}, Limit{}, Limit{}};
    for (int i = 1; i < 6; ++i) desk.asked("U0AGENT", Desk::noon - Milliseconds{i});
    CHECK(passed(desk, looked_up()).empty());
    CHECK(admitted(desk).empty());
    CHECK(within_account_limit(desk, looked_up()).empty());
}

TEST_CASE("an account's limit counts what approvers were asked about it, whoever asked", "[requests]")
{
    Past desk;
    desk.settings.limits = LimitSettings{Limit{}, Limit{2, 0}, Limit{}};
    desk.asked("U0AGENT", Desk::noon - 1min);
    desk.asked("U0IMPL", Desk::noon - 2min, "auth0|2");
    desk.asked("U0IMPL", Desk::noon - 3min, "auth0|1", false);
    CHECK(within_account_limit(desk, looked_up()).empty());
    desk.asked("U0IMPL", Desk::noon - 4min);
    CHECK(within_account_limit(desk, looked_up()) == "limit_account");
    const auto refusal = run(desk.context, account_limit(desk.services, looked_up()));
    CHECK(has(refusal->words, "There may be 2 requests for one account within an hour"));
    CHECK(refusal->again_at == Desk::noon + 56min);
}

TEST_CASE("an account that is to be made has its limit by its address", "[requests]")
{
    Past desk;
    desk.settings.limits = LimitSettings{Limit{}, Limit{1, 0}, Limit{}};
    Request creation = looked_up();
    creation.account.reset();
    creation.purpose = Purpose::first_password;
    Request before = desk.over("U0IMPL", Desk::noon - 1min);
    before.account.reset();
    before.purpose = Purpose::first_password;
    before.asked = true;
    desk.put(before);
    CHECK(within_account_limit(desk, creation) == "limit_account");
    creation.email = Email{"bea@acme.example"};
    CHECK(within_account_limit(desk, creation).empty());
}

TEST_CASE("what was refused before anybody was asked, or cancelled, costs no place but a look-up", "[requests]")
{
    Past desk;
    desk.settings.limits = LimitSettings{Limit{2, 0}, Limit{2, 0}, Limit{2, 0}, Limit{4, 0}};
    for (int i = 1; i < 4; ++i)
    {
        Request refused = desk.over("U0AGENT", Desk::noon - Milliseconds{i});
        refused.state = i == 2 ? State::cancelled : State::refused;
        refused.asked = i == 2;
        desk.put(std::move(refused));
    }
    CHECK(admitted(desk).empty());
    CHECK(within_account_limit(desk, looked_up()).empty());
    desk.asked("U0AGENT", Desk::noon - 1min);
    CHECK(admitted(desk) == "limit_look_ups");
    CHECK(admitted(desk, "U0OTHER").empty());
}

TEST_CASE("from the third request of a person within a day on the approvers are told which it is", "[requests]")
{
    Past desk;
    desk.settings.limits.look_twice_from = 3;
    desk.put(looked_up());
    Request request = looked_up();
    request.account->email_verified = true;
    request.account->logins_count = 1;
    desk.asked("U0AGENT", Desk::noon - 24h + Milliseconds{1});
    desk.asked("U0AGENT", Desk::noon - 24h - Milliseconds{1});
    desk.asked("U0OTHER", Desk::noon - 1min);
    desk.asked("U0AGENT", Desk::noon + Milliseconds{1});
    CHECK(signals_text(desk, request).empty());
    desk.asked("U0AGENT", Desk::noon - 1h);
    CHECK(signals_text(desk, request) == "many_requests 3");
    // As a rule it is the tenth: support has days like that.
    desk.settings.limits.look_twice_from = LimitSettings{}.look_twice_from;
    CHECK(signals_text(desk, request).empty());
    for (int i = 1; i < 8; ++i) desk.asked("U0AGENT", Desk::noon - 1h - Milliseconds{i});
    CHECK(signals_text(desk, request) == "many_requests 10");
    desk.settings.limits.look_twice_from = 0;
    CHECK(signals_text(desk, request).empty());
}

TEST_CASE("whoever decided most of a person's requests within thirty days is named to the approvers", "[requests]")
{
    Past desk;
    Request request = looked_up();
    request.account->email_verified = true;
    request.account->logins_count = 1;
    for (int i = 1; i <= 4; ++i) desk.decided("U0AGENT", "U0LEAD", Desk::noon - 48h * i);
    desk.decided("U0AGENT", "U0LEAD", Desk::noon - 24h * 30 - Milliseconds{1});
    CHECK(signals_text(desk, request).empty());
    desk.decided("U0AGENT", "U0LEAD", Desk::noon - 24h * 30 + Milliseconds{1});
    CHECK(signals_text(desk, request) == "same_decider U0LEAD 5 5");
    // And those whom the requester decided about in return.
    desk.decided("U0LEAD", "U0AGENT", Desk::noon - 48h);
    CHECK(signals_text(desk, request) == "each_other U0LEAD 5 5 1 1");
    desk.decided("U0LEAD", "U0LEAD2", Desk::noon - 48h);
    CHECK(signals_text(desk, request) == "same_decider U0LEAD 5 5");
}

TEST_CASE("what changed since our last change of an account is told to the approvers", "[requests]")
{
    Past desk;
    Request before = desk.over("U0AGENT", Desk::noon - 24h * 10);
    before.state = State::changed;
    before.account->email = "old@acme.example";
    before.account->phone_number = "+1";
    desk.put(before);
    Request request = looked_up();
    request.account->email_verified = true;
    request.account->logins_count = 1;
    CHECK(signals_text(desk, request) == "email_changed, phone_changed");
    request.account->id = Auth0UserId{"auth0|2"};
    CHECK(signals_text(desk, request).empty());
    request.account.reset();
    CHECK(signals_text(desk, request).empty());
}
