#include "tests/demo/tests/page_fixture.hpp"

#include <catch2/catch.hpp>

using namespace demo;
using namespace demo::page::test;

namespace {

const std::string email = "john.doe@example.com";

// John's password was set for him, with a mark that asks for one of his own.
struct AtTheDoor : Desk
{
    AtTheDoor()
    {
        const auto users = json::parse(company.auth0.snapshot(Company::now())).at("users").as_array();
        for (const auto& user : users)
            if (user.at("email").as_string() == email.c_str())
                company.auth0.set_password(std::string{user.at("user_id").as_string()}, "Read-Out-2", Company::now());
    }

    json::object enter(const std::string& password)
    {
        return body_of(tell("sign_in", {{"email", email}, {"password", password}}));
    }
};

}  // namespace

TEST_CASE("a customer signs in on the page, and is told when they do not", "[page]")
{
    AtTheDoor desk;
    const auto wrong = desk.enter("Wrong-Word-1");
    CHECK_FALSE(wrong.at("ok").as_bool());
    CHECK(wrong.at("words").as_string() == "Wrong e-mail address or password.");
    CHECK_FALSE(wrong.contains("page"));
    const auto right = desk.enter("Read-Out-2");
    CHECK(right.at("ok").as_bool());
    CHECK(right.at("words").as_string() == "Signed in.");
}

TEST_CASE("a link that is none chooses no password", "[page]")
{
    AtTheDoor desk;
    const json::object what{{"page", "https://x/u/reset-password?ticket=none"}, {"state", "s"}, {"password", "Own-1"}};
    const auto answer = Desk::body_of(desk.tell("choose", what));
    CHECK_FALSE(answer.at("ok").as_bool());
    CHECK(answer.at("state").as_string() == "s");
}

TEST_CASE("a log-in that lacks a word is refused with 400", "[page]")
{
    AtTheDoor desk;
    CHECK(desk.tell("sign_in", {{"email", email}}).status == 400);
    CHECK(desk.tell("sign_in", {{"email", 7}, {"password", "x"}}).status == 400);
    CHECK(desk.tell("choose", {{"page", "x"}, {"password", "y"}}).status == 400);
}
