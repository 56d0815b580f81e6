#include "handlers/rules/freeze.hpp"
#include "handlers/rules/risk_notes.hpp"
#include "handlers/views/card.hpp"
#include "handlers/views/deny_form.hpp"
#include "handlers/views/details.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/freeze_view.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/reminders.hpp"
#include "handlers/views/risk_words.hpp"
#include "handlers/views/words.hpp"
#include "tests/standins/slack/block_kit.hpp"
#include "tests/support/snapshot.hpp"
#include "tests/unit/handlers/views/drawn.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
namespace json = boost::json;

namespace {

Freeze sample_freeze() { return Freeze{SlackUserId{"U0LEA"}, drawn_at, "a caller imitates customers", {}}; }

Freeze hostile_freeze()
{
    return Freeze{
        SlackUserId{"U0LEA"},
        drawn_at,
        "<!channel> \u202e" + std::string(480, '<'),
        {Decision{SlackUserId{"U0ADA"}, drawn_at}}};
}

}  // namespace

TEST_CASE("what approvers see is as it was reviewed", "[views][snapshots]")
{
    for (const State state : every_state)
        if (state != State::looking_up && state != State::choosing && state != State::refused)
            CHECK(
                snapshot_fault(
                    "card_" + std::string{name_of(state)},
                    drawn(views::card(sample_request(state), sample_settings()))) == "");

    Request many = sample_request();
    many.approvals_needed = 2;
    many.approvals = {Decision{SlackUserId{"U0LEA"}, drawn_at}};
    many.tier = "key customers";
    many.cooling = std::chrono::hours{2};
    many.names = GivenNames{"Augusta Ada", "King"};
    many.escalated_at = drawn_at;
    many.lookalikes = {"Google account"};
    many.risk_notes = {
        RiskNote{"blocked", {}},
        RiskNote{"reset_lately", std::to_string(to_unix_ms(drawn_at))},
        RiskNote{"email_changed", {}},
        RiskNote{"phone_changed", {}},
        RiskNote{"not_verified", {}},
        RiskNote{"never_signed_in", {}},
        RiskNote{"other_accounts", "1"},
        RiskNote{"many_requests", "4"},
        RiskNote{"same_decider", "U0LEA 6 7"},
        RiskNote{"policy_unknown", {}},
        RiskNote{"custom_database", {}},
        RiskNote{"metadata_unread", {}}};
    CHECK(snapshot_fault("card_with_signals", drawn(views::card(many, sample_settings()))) == "");
    CHECK(
        snapshot_fault("card_frozen", drawn(views::card(sample_request(), sample_settings(), sample_freeze()))) == "");
    CHECK(snapshot_fault("details", views::details(many, sample_settings(), {})) == "");
    CHECK(snapshot_fault("deny_form", views::deny_form(sample_request())) == "");
    CHECK(snapshot_fault("explanation", views::explanation("Not denied", "It is *Done* already.")) == "");

    Request claimed = sample_request();
    claimed.claims = {Decision{SlackUserId{"U0LEA"}, drawn_at}, Decision{SlackUserId{"U0GRACE"}, drawn_at}};
    CHECK(snapshot_fault("card_being_checked", drawn(views::card(claimed, sample_settings()))) == "");

    Request created = sample_request();
    created.purpose = Purpose::first_password;
    created.account.reset();
    created.names = GivenNames{"Grace", "Hopper"};
    created.format = PasswordFormat::passphrase;
    CHECK(snapshot_fault("card_new_account", drawn(views::card(created, sample_settings()))) == "");

    Request cooling = sample_request(State::approved);
    cooling.change_from = drawn_at + std::chrono::hours{2};
    CHECK(snapshot_fault("card_cooling", drawn(views::card(cooling, sample_settings()))) == "");
    CHECK(shows(drawn(views::card(cooling, sample_settings())), "request.deny"));
    CHECK_FALSE(shows(drawn(views::card(cooling, sample_settings())), "request.approve"));
    for (const ThreadLine line : {ThreadLine::reminder, ThreadLine::asked_for_reminder, ThreadLine::passed_on})
        CHECK(
            snapshot_fault(
                "thread_" + to_payload(line), drawn(views::thread_line(sample_request(), line, sample_settings()))) ==
            "");
}

TEST_CASE("what people see of a freeze is as it was reviewed", "[views][snapshots]")
{
    using What = FreezeNotice::What;
    Freeze released = sample_freeze();
    released.releases = {Decision{SlackUserId{"U0LEA"}, drawn_at}, Decision{SlackUserId{"U0ADA"}, drawn_at}};
    Freeze half = sample_freeze();
    half.releases = {Decision{SlackUserId{"U0ADA"}, drawn_at}};
    const auto announcement = [](What what, const Freeze& freeze, bool audit) {
        return drawn(views::freeze_announcement(FreezeNotice{what, freeze, 3}, audit));
    };
    CHECK(snapshot_fault("freeze_announced", announcement(What::frozen, sample_freeze(), false)) == "");
    CHECK(snapshot_fault("freeze_audit", announcement(What::frozen, sample_freeze(), true)) == "");
    CHECK(snapshot_fault("freeze_half_released", announcement(What::half_released, half, false)) == "");
    CHECK(snapshot_fault("freeze_released", announcement(What::released, released, false)) == "");
    CHECK(snapshot_fault("freeze_begun", drawn(views::freeze_begun(sample_freeze()))) == "");
    CHECK(snapshot_fault("freeze_already", drawn(views::frozen_already(FreezeSwitch{3, half}))) == "");
    CHECK(snapshot_fault("freeze_needs_reason", drawn(views::freeze_needs_reason())) == "");
}

TEST_CASE("views for approvers keep to Slack's limits, and hostile words do nothing", "[views]")
{
    for (const State state : every_state)
        for (Request request : {sample_request(state), hostile_request(state)})
            for (const auto& freeze : {std::optional<Freeze>{}, std::optional<Freeze>{hostile_freeze()}})
                for (const Purpose purpose : {Purpose::reset, Purpose::first_password})
                {
                    INFO(name_of(state));
                    request.purpose = purpose;
                    const slack::Message card = views::card(request, sample_settings(), freeze);
                    CHECK(faults_of(card) == std::vector<std::string>{});
                    CHECK(card.text.size() < 4000);
                    const json::object details = views::details(request, sample_settings(), freeze);
                    CHECK(standins::slack::check_view(details) == std::vector<std::string>{});
                    const json::object form = sent(views::deny_form(request));
                    CHECK(standins::slack::check_view(form) == std::vector<std::string>{});
                    for (const json::value& view : {drawn(card), json::value(details), json::value(form)})
                    {
                        CHECK_FALSE(shows(view, "<!channel"));
                        CHECK_FALSE(shows(view, "<https"));
                        CHECK_FALSE(shows(view, "\u202e"));
                    }
                }
}

TEST_CASE("a card shows as many signals as it has room for, and says that there are more", "[views]")
{
    Request request = hostile_request();
    request.risk_notes.clear();
    for (int i = 0; i < 60; ++i)
        request.risk_notes.push_back(RiskNote{"of_another_version_" + std::string(200, '<'), std::to_string(i)});
    const slack::Message card = views::card(request, sample_settings());
    CHECK(faults_of(card) == std::vector<std::string>{});
    CHECK(shows(drawn(card), "and more"));
    CHECK(shows(drawn(card), "of_another_version_"));
    // The hostile request of all other cases has too many as well.
    CHECK(shows(drawn(views::card(hostile_request(), sample_settings())), "and more"));
    request.risk_notes.resize(1);
    CHECK_FALSE(shows(drawn(views::card(request, sample_settings())), "and more"));
}

TEST_CASE("views of a freeze keep to Slack's limits, and its reason does nothing", "[views]")
{
    const FreezeSwitch held{7, hostile_freeze()};
    for (const slack::Message& message :
         {views::freeze_announcement(FreezeNotice{FreezeNotice::What::frozen, hostile_freeze(), 7}, false),
          views::freeze_begun(hostile_freeze()), views::frozen_already(held)})
    {
        CHECK(faults_of(message) == std::vector<std::string>{});
        CHECK(message.text.size() < 4000);
        CHECK_FALSE(shows(drawn(message), "<!channel"));
        CHECK_FALSE(shows(drawn(message), "\u202e"));
    }
    CHECK(views::freeze_banner(FreezeSwitch{}).empty());
    CHECK(views::freeze_banner(held).size() == 2);
}

TEST_CASE("a card can be decided while it waits, and approved while nothing is frozen", "[views]")
{
    for (const State state : every_state)
    {
        const json::value card = drawn(views::card(sample_request(state), sample_settings()));
        const json::value frozen = drawn(views::card(sample_request(state), sample_settings(), sample_freeze()));
        CHECK(shows(card, "request.approve") == (state == State::pending));
        CHECK(shows(card, "request.deny") == (state == State::pending));
        CHECK(shows(card, "request.details"));
        CHECK(shows(frozen, "*Frozen* by") == (state == State::pending || state == State::approved));
        CHECK_FALSE(shows(frozen, "request.approve"));
        CHECK(shows(frozen, "request.deny") == (state == State::pending));
    }
}

TEST_CASE("the details of what was not looked up claim nothing about the account", "[views]")
{
    for (const State state : {State::looking_up, State::choosing, State::refused})
    {
        INFO(name_of(state));
        Request request = sample_request(state);
        request.asked = false;
        request.account.reset();
        request.connection.clear();
        request.purpose = Purpose::first_password;
        if (state == State::refused) request.ending = Ending::account_not_found;
        const json::value drawn = views::details(request, sample_settings(), {});
        if (state == State::refused) CHECK(snapshot_fault("details_refused", drawn) == "");
        CHECK_FALSE(shows(drawn, "it is created"));
        CHECK_FALSE(shows(drawn, "not the usual one"));
        CHECK_FALSE(shows(drawn, "new account"));
        CHECK_FALSE(shows(drawn, "standard format"));
        CHECK(shows(drawn, "*Last login*\\nnot known"));
        CHECK(shows(drawn, "no account with this e-mail address") == (state == State::refused));
    }
    Request created = sample_request();
    created.account.reset();
    created.purpose = Purpose::first_password;
    CHECK(shows(drawn(views::card(created, sample_settings())), "one is created"));
    Request late = sample_request(State::expired);
    late.asked = false;
    CHECK_FALSE(shows(json::value(views::details(late, sample_settings(), {})), "nobody decided"));
}

TEST_CASE("who only reviews is not shown the address, the telephone number and the id", "[views]")
{
    const json::value whole = views::details(sample_request(), sample_settings(), {});
    const json::value masked = views::details(sample_request(), sample_settings(), {}, views::Visibility::masked);
    for (const char* part : {"ada@acme.example", "7946 0018", "auth0|1815"})
    {
        INFO(part);
        CHECK(shows(whole, part));
        CHECK_FALSE(shows(masked, part));
    }
    CHECK(shows(masked, "a@acme.example"));
}

TEST_CASE("every signal has words", "[views]")
{
    for (const std::string_view code :
         {risk_code::reset_lately, risk_code::email_changed, risk_code::phone_changed, risk_code::never_signed_in,
          risk_code::blocked, risk_code::not_verified, risk_code::other_accounts, risk_code::many_requests,
          risk_code::same_decider, risk_code::each_other, risk_code::policy_unknown, risk_code::custom_database,
          risk_code::metadata_unread})
    {
        INFO(code);
        const std::string words = views::risk_words(RiskNote{std::string{code}, "1"});
        CHECK(words.find("another version") == std::string::npos);
    }
}

TEST_CASE("two people who decide for each other are told of with both numbers", "[views]")
{
    CHECK(
        views::risk_words(RiskNote{"each_other", "U0LEA 6 7 4 5"}) ==
        "<@U0LEA> decided 6 of this requester's last 7 requests within 30 days, and this requester 4 of the last 5 of "
        "theirs");
}

TEST_CASE("a reminder mentions whoever may decide by now", "[views]")
{
    Request request = sample_request();
    for (const ThreadLine line : {ThreadLine::reminder, ThreadLine::asked_for_reminder})
    {
        request.escalated_at.reset();
        const std::string early = views::thread_line(request, line, sample_settings()).text;
        CHECK(early.starts_with("<!subteam^S0LEADS> <@U0LEA> "));
        CHECK(early.find("S0MANAGERS") == std::string::npos);
        request.escalated_at = drawn_at;
        CHECK(views::thread_line(request, line, sample_settings()).text.find("S0MANAGERS") != std::string::npos);
    }
}

TEST_CASE("every ending of the policy has words", "[views]")
{
    for (const char* code :
         {"protected", "verification_not_configured", "frozen", "frozen_too_long", "limit_person", "limit_account",
          "limit_everybody", "policy_refuses", "no_passphrase_fits", "policy_unknown", "password_disabled",
          "connection_unknown", "demands_more", "own_account", "own_account_unknown", "no_link_for_new_account",
          "has_signed_in"})
    {
        INFO(code);
        CHECK(ending_named(code));
    }
}
