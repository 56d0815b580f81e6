#include "handlers/model/request.hpp"

#include <catch2/catch.hpp>

using namespace countersign;

namespace {

Request plain_request()
{
    return Request{RequestId{"cs-1"}, SlackUserId{"U0ADA"}, Email{"ada@acme.example"}, std::nullopt, TimePoint{}};
}

}  // namespace

TEST_CASE("names are those that the requester gave, else the account's, else none", "[model]")
{
    Request request = plain_request();
    CHECK(request.given_name().empty());
    CHECK(request.family_name().empty());
    request.account.emplace(Auth0UserId{"auth0|1"});
    request.account->given_name = "Ada";
    request.account->family_name = "Byron";
    CHECK(request.given_name() == "Ada");
    CHECK(request.family_name() == "Byron");
    request.names = GivenNames{"Augusta", "Lovelace"};
    CHECK(request.given_name() == "Augusta");
    CHECK(request.family_name() == "Lovelace");
}

TEST_CASE("an account is made for a first password, and only where there is none", "[model]")
{
    Request request = plain_request();
    CHECK_FALSE(request.creates_account());
    request.purpose = Purpose::first_password;
    CHECK(request.creates_account());
    request.account.emplace(Auth0UserId{"auth0|1"});
    CHECK_FALSE(request.creates_account());
}

TEST_CASE("a request cools while it is approved with a delay, and not before or after", "[model]")
{
    Request request = plain_request();
    request.state = State::approved;
    CHECK_FALSE(request.is_cooling());
    request.change_from = TimePoint{};
    CHECK(request.is_cooling());
    request.state = State::executing;
    CHECK_FALSE(request.is_cooling());
}

TEST_CASE("a password signs in with the address of its identity, or with the one that was asked for", "[model]")
{
    Request request = plain_request();
    CHECK(sign_in_address(request) == "ada@acme.example");
    request.account.emplace(Auth0UserId{"auth0|1"});
    request.account->database_connections = {"Legacy"};
    request.account->sign_ins = {SignIn{"ada@old.example", true}};
    request.connection = "Legacy";
    CHECK(sign_in_address(request) == "ada@old.example");
}
