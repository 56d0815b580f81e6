#include "handlers/requests/classify.hpp"

#include <catch2/catch.hpp>

using namespace countersign;

namespace {

Account database_account(const std::string& id, const std::string& given = "Ada", const std::string& family = "Byron")
{
    Account account{Auth0UserId{"auth0|" + id}};
    account.given_name = given;
    account.family_name = family;
    account.database_connections = {"Username-Password-Authentication"};
    return account;
}

Account social_account()
{
    Account account{Auth0UserId{"google-oauth2|1"}};
    account.other_providers = {"google-oauth2"};
    return account;
}

std::string code_of(const std::vector<Account>& accounts)
{
    const auto verdict = classify(accounts);
    const auto* none = std::get_if<NoTarget>(&verdict);
    return none == nullptr ? "target" : none->code;
}

}  // namespace

TEST_CASE("one database account is the target, and other accounts with its address are named", "[requests]")
{
    const auto verdict = classify({social_account(), database_account("1")});
    REQUIRE(std::holds_alternative<Target>(verdict));
    CHECK(std::get<Target>(verdict).account.id == Auth0UserId{"auth0|1"});
    CHECK(std::get<Target>(verdict).lookalikes == std::vector<std::string>{"google-oauth2 account"});
}

TEST_CASE("no account is ever guessed", "[requests]")
{
    CHECK(code_of({}) == "account_not_found");
    CHECK(code_of({social_account()}) == "account_not_database");
    CHECK(code_of({database_account("1"), database_account("2")}) == "several_accounts");
    Account linked = database_account("3");
    linked.database_connections.emplace_back("Another-Database");
    CHECK(code_of({linked}) == "several_accounts");
}

TEST_CASE("an account for which the standard format cannot be made is refused before anybody is asked", "[requests]")
{
    CHECK(code_of({database_account("1", "", "Byron")}) == "name_missing");
    CHECK(code_of({database_account("1", "Ada", " \u200b ")}) == "name_missing");
    CHECK(code_of({database_account("1", std::string(40, 'a'), std::string(40, 'b'))}) == "password_too_long");
}
