#include "handlers/rules/link.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;

namespace {

// Refused, since the standard password would break the connection's rules.
Request refused_for(std::string_view ending)
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U0ADA"}, Email{"ada@acme.example"}, std::nullopt, TimePoint{}};
    request.account.emplace(Auth0UserId{"auth0|1"});
    request.state = State::refused;
    request.ending = StoredEnding::named(ending);
    return request;
}

}  // namespace

TEST_CASE("a link serves where a request ended for the password that was to be set", "[requests]")
{
    const char* ending = GENERATE(
        "name_missing", "password_too_long", "policy_refuses", "policy_unknown", "no_passphrase_fits",
        "password_too_weak", "password_used_before", "password_too_common", "password_has_personal_data");
    Request request = refused_for(ending);
    CHECK(link_serves(request));
    request.state = State::failed;
    CHECK(link_serves(request));
}

TEST_CASE("a link serves nobody whose request ended for another reason, or has not ended", "[requests]")
{
    for (const char* ending : {"", "protected", "account_gone", "frozen", "limit_person"})
        CHECK_FALSE(link_serves(refused_for(ending)));
    Request request = refused_for("policy_refuses");
    const State state = GENERATE(State::looking_up, State::pending, State::approved, State::denied, State::changed);
    request.state = state;
    CHECK_FALSE(link_serves(request));
}

TEST_CASE("a link serves where names are asked for, and for no other question", "[requests]")
{
    Request request = refused_for("");
    request.state = State::choosing;
    request.questions = {std::string{question::account}};
    CHECK_FALSE(link_serves(request));
    request.questions.emplace_back(question::names);
    CHECK(link_serves(request));
}

TEST_CASE("no link is offered without an account, nor where a link was what was to be made", "[requests]")
{
    Request request = refused_for("policy_refuses");
    SECTION("no account") { request.account.reset(); }
    SECTION("the usual format is a link") { request.format = PasswordFormat::link; }
    SECTION("a link was asked for") { request.wants_link = true; }
    CHECK_FALSE(link_serves(request));
}
