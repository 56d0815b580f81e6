#include "handlers/rules/conclude.hpp"

#include "tests/unit/handlers/transaction_text.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

const TimePoint& sent = drawn_at;

Request sent_request(bool was_blocked)
{
    Request request = sample_request(State::checking);
    request.intent.emplace();
    request.intent->sends = 1;
    request.intent->started_at = sent;
    request.intent->reset_before = request.account->last_password_reset;
    request.intent->blocked_before = was_blocked;
    return request;
}

Account changed_account(bool is_blocked = false)
{
    Account account = *sample_request().account;
    account.last_password_reset = sent + 1s;
    account.blocked = is_blocked;
    account.marker = "of ours";
    return account;
}

Settings settings_without_steps()
{
    Settings settings = sample_settings();
    settings.after_change = AfterCareSettings{false, false, false, false};
    settings.password.reveal_within = 7min;
    return settings;
}

}  // namespace

TEST_CASE("what is proved is handed over for as long as is configured, the account kept as approved", "[rules][settle]")
{
    const Transaction change = proved(sent_request(false), changed_account(), settings_without_steps(), sent + 5s);
    REQUIRE(change.update);
    CHECK(change.update->state == State::changed);
    CHECK(change.update->account->last_password_reset == sent + 1s);
    CHECK(change.update->account->marker.empty());
    REQUIRE(change.update->handover);
    CHECK(change.update->handover->state == HandoverState::ready);
    CHECK(change.update->handover->until == sent + 5s + 7min);
    CHECK(jobs_text(change) == "announce answer card handover_expire+420000 homes+2000 requester_dm");
}

TEST_CASE("an account that was made is kept as it was made", "[rules][settle]")
{
    Request creation = sent_request(false);
    creation.purpose = Purpose::first_password;
    creation.account.reset();
    const Transaction change = proved(creation, changed_account(), settings_without_steps(), sent + 5s);
    CHECK(change.update->account == changed_account());
}

TEST_CASE("the steps after a change begin with its proof", "[rules][settle]")
{
    Settings settings = settings_without_steps();
    settings.after_change.end_sessions = true;
    const Transaction change = proved(sent_request(false), changed_account(), settings, sent + 5s);
    CHECK(change.update->after_change == AfterChangeSteps{{"end_sessions", AfterChange::waiting}});
}

TEST_CASE("a block is put back when the change has cleared it, and only then", "[rules][settle]")
{
    for (const bool before : {true, false})
        for (const bool now : {true, false})
        {
            CAPTURE(before, now);
            const Transaction change =
                proved(sent_request(before), changed_account(now), settings_without_steps(), sent + 5s);
            const bool is_put_back = before && !now;
            CHECK(change.update->reblock == (is_put_back ? AfterChange::waiting : AfterChange::not_needed));
            // The one message in the audit channel waits for the block.
            CHECK((jobs_text(change).find("announce") == std::string::npos) == is_put_back);
        }
}

TEST_CASE("what is given up says why, hands nothing over, and puts back a block that may be gone", "[rules][settle]")
{
    for (const bool was_blocked : {true, false})
    {
        const Transaction change = given_up(sent_request(was_blocked), Ending::changed_by_someone, sent + 10min);
        CHECK(change.update->state == State::unknown);
        CHECK(change.update->ending == Ending::changed_by_someone);
        CHECK_FALSE(change.update->handover);
        CHECK(change.credential_step == CredentialStep::destroy);
        CHECK(change.update->reblock == (was_blocked ? AfterChange::waiting : AfterChange::not_needed));
    }
}
