#include "handlers/rules/refused_send.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;

namespace {

using Kind = RefusedSend::Kind;

Request sent_request(int sends, PasswordFormat format = PasswordFormat::sop)
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U1"}, Email{"ada@example.com"}, std::nullopt, TimePoint{}};
    request.account.emplace(Auth0UserId{"auth0|1"});
    request.format = format;
    request.intent.emplace().sends = sends;
    return request;
}

}  // namespace

TEST_CASE("what was certainly not applied is held, at whatever send", "[rules][send]")
{
    const int sends = GENERATE(1, 2);
    for (const Errc code : {Errc::rate_limited, Errc::unreachable, Errc::unavailable})
        CHECK(after_problem(sent_request(sends), Problem{code}).kind == Kind::hold);
}

TEST_CASE("a lost answer is over when Auth0 itself says that it failed", "[rules][send]")
{
    for (const char* reason : {"http_500", "http_503"})
    {
        const RefusedSend lost = after_problem(sent_request(1), Problem{Errc::answer_lost, reason});
        CHECK(lost.kind == Kind::lose_answer);
        CHECK(lost.is_over);
    }
    for (const char* reason : {"http_502", "http_504", "timed_out", ""})
    {
        const RefusedSend lost = after_problem(sent_request(1), Problem{Errc::answer_lost, reason});
        CHECK(lost.kind == Kind::lose_answer);
        CHECK_FALSE(lost.is_over);
    }
}

TEST_CASE("a no to the first send ends the request with its reason", "[rules][send]")
{
    const RefusedSend no = after_problem(sent_request(1), Problem{Errc::refused, "password_used_before"});
    CHECK(no.kind == Kind::reject);
    CHECK(no.ending == Ending::password_used_before);
    const RefusedSend unnamed = after_problem(sent_request(1), Problem{Errc::forbidden});
    CHECK(unnamed.kind == Kind::reject);
    CHECK(unnamed.ending.name() == "forbidden");
}

TEST_CASE("a no to a later send says nothing about one before it", "[rules][send]")
{
    const RefusedSend no = after_problem(sent_request(2), Problem{Errc::refused, "password_used_before"});
    CHECK(no.kind == Kind::lose_answer);
    CHECK_FALSE(no.is_over);
}

TEST_CASE("a passphrase that is too weak by now is replaced once, at the first send", "[rules][send]")
{
    const Problem weak{Errc::refused, "password_too_weak"};
    CHECK(after_problem(sent_request(1, PasswordFormat::passphrase), weak).kind == Kind::pick_again);
    CHECK(after_problem(sent_request(2, PasswordFormat::passphrase), weak).kind == Kind::lose_answer);
    CHECK(after_problem(sent_request(1, PasswordFormat::sop), weak).kind == Kind::reject);
    Request redrawn = sent_request(1, PasswordFormat::passphrase);
    redrawn.intent->redrawn = true;
    CHECK(after_problem(redrawn, weak).kind == Kind::reject);
    const Problem used{Errc::refused, "password_used_before"};
    CHECK(after_problem(sent_request(1, PasswordFormat::passphrase), used).kind == Kind::reject);
}

TEST_CASE("a refusal without a better reason is a full profile where that is close to its limit", "[rules][send]")
{
    const Problem bare{Errc::refused, "invalid_request"};
    Request request = sent_request(1);
    request.account->profile_bytes = profile_bytes_max - profile_bytes_max / 10;
    CHECK(after_problem(request, bare).ending == Ending::invalid_request);
    request.account->profile_bytes += 1;
    CHECK(after_problem(request, bare).ending == Ending::profile_full);
    CHECK(after_problem(request, Problem{Errc::refused, "password_too_weak"}).ending == Ending::password_too_weak);
    request.account.reset();
    CHECK(after_problem(request, bare).ending == Ending::invalid_request);
}

TEST_CASE("an account that exists already is met, whatever send says so", "[rules][send]")
{
    const int sends = GENERATE(1, 2);
    CHECK(after_problem(sent_request(sends), Problem{Errc::refused, "account_exists"}).kind == Kind::meet_existing);
}

TEST_CASE("an existing account is ours by its mark, somebody's at the first send, and open otherwise", "[rules][send]")
{
    CHECK(after_meeting(sent_request(1), Existing::ours).kind == Kind::prove);
    CHECK(after_meeting(sent_request(2), Existing::ours).kind == Kind::prove);
    const RefusedSend foreign = after_meeting(sent_request(1), Existing::not_ours);
    CHECK(foreign.kind == Kind::reject);
    CHECK(foreign.ending == Ending::account_exists);
    CHECK(after_meeting(sent_request(2), Existing::not_ours).kind == Kind::lose_answer);
    CHECK(after_meeting(sent_request(1), Existing::unreadable).kind == Kind::lose_answer);
}
