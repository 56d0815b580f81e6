#include "handlers/rules/classify.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;

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

Verdict judged(const std::vector<Account>& accounts, Purpose purpose = Purpose::reset)
{
    return classify(accounts, purpose, std::nullopt);
}

std::string code_of(const std::vector<Account>& accounts, Purpose purpose = Purpose::reset)
{
    const auto verdict = judged(accounts, purpose);
    if (std::holds_alternative<Candidates>(verdict)) return "candidates";
    if (std::holds_alternative<NewTarget>(verdict)) return "new";
    const auto* none = std::get_if<NoTarget>(&verdict);
    return none == nullptr ? "target" : std::string{name_of(none->ending)};
}

}  // namespace

TEST_CASE("one database account is the target, and other accounts with its address are named", "[requests]")
{
    const auto verdict = judged({social_account(), database_account("1")});
    REQUIRE(std::holds_alternative<Target>(verdict));
    CHECK(std::get<Target>(verdict).account.id == Auth0UserId{"auth0|1"});
    CHECK(std::get<Target>(verdict).connection == "Username-Password-Authentication");
    CHECK(std::get<Target>(verdict).lookalikes == std::vector<std::string>{"Google account"});
}

TEST_CASE("no account is ever guessed", "[requests]")
{
    CHECK(code_of({}) == "account_not_found");
    Account used = database_account("1");
    used.logins_count = 1;
    CHECK(std::holds_alternative<Target>(judged({used})));
    CHECK(code_of({social_account()}) == "account_not_database");
    CHECK(code_of({database_account("1"), database_account("2")}) == "candidates");
    Account linked = database_account("3");
    linked.database_connections.emplace_back("Another-Database");
    CHECK(code_of({linked}) == "candidates");
    const std::vector<Account> many(candidates_max + 1, database_account("4"));
    CHECK(code_of(many) == "too_many_accounts");
}

TEST_CASE("what the requester chose counts as long as it is still there", "[requests]")
{
    Account linked = database_account("2");
    linked.database_connections.emplace_back("Another-Database");
    const std::vector<Account> found{database_account("1"), linked};
    const Choice second{Auth0UserId{"auth0|2"}, "Another-Database"};
    const auto verdict = classify(found, Purpose::reset, second);
    REQUIRE(std::holds_alternative<Target>(verdict));
    CHECK(std::get<Target>(verdict).account.id == second.account);
    CHECK(std::get<Target>(verdict).connection == "Another-Database");
    const Choice gone{Auth0UserId{"auth0|9"}, "Another-Database"};
    CHECK(std::holds_alternative<Candidates>(classify(found, Purpose::reset, gone)));
    // The only one that is left was not chosen: the requester is asked again.
    CHECK(std::holds_alternative<Candidates>(classify({database_account("1")}, Purpose::reset, second)));
    CHECK(std::holds_alternative<NoTarget>(classify({}, Purpose::reset, second)));
}

TEST_CASE("a first password is for somebody who never signed in, or has no account yet", "[requests]")
{
    Account used = database_account("1");
    used.logins_count = 1;
    const auto first = Purpose::first_password;
    CHECK(code_of({}, first) == "new");
    CHECK(code_of({social_account()}, first) == "new");
    CHECK(code_of({database_account("1")}, first) == "target");
    CHECK(code_of({used}, first) == "has_signed_in");
    CHECK(code_of({used, used}, first) == "has_signed_in");
    CHECK(code_of({used, database_account("2")}, first) == "candidates");
    const Choice the_used{used.id, used.database_connections.front()};
    const auto verdict = classify({used, database_account("2")}, first, the_used);
    CHECK(std::holds_alternative<NoTarget>(verdict));
}

TEST_CASE("names that are hardly those of a person are asked about", "[requests]")
{
    const auto wrong = [](const std::string& given, const std::string& family) {
        return look_implausible(database_account("1", given, family));
    };
    CHECK_FALSE(wrong("Ada", "Byron"));
    CHECK_FALSE(wrong("Élodie-Anne", "O’Brien Ångström"));
    CHECK_FALSE(wrong("J", "McDonald"));
    CHECK_FALSE(wrong("山田", "太郎"));
    CHECK(wrong("", "Byron"));
    CHECK(wrong("Ada", " \u200b "));
    CHECK(wrong("ada", "Byron"));
    CHECK(wrong("Ada", "BYRON"));
    CHECK(wrong("ada@example.com", "Byron"));
    CHECK(wrong("Ada1", "Byron"));
}

TEST_CASE("ten accounts are chosen from, and eleven are too many", "[requests]")
{
    std::vector<Account> accounts;
    for (int i = 0; i < 10; ++i) accounts.push_back(database_account(std::to_string(i)));
    const auto verdict = judged(accounts);
    REQUIRE(std::holds_alternative<Candidates>(verdict));
    CHECK(std::get<Candidates>(verdict).accounts == accounts);
    accounts.push_back(database_account("10"));
    CHECK(code_of(accounts) == "too_many_accounts");
    // One of them that was chosen is the target nevertheless.
    const Choice choice{accounts.front().id, accounts.front().database_connections.front()};
    CHECK(std::holds_alternative<Target>(classify(accounts, Purpose::reset, choice)));
}

TEST_CASE("a choice is of an account and a connection together", "[requests]")
{
    Account linked = database_account("1");
    linked.database_connections = {"Users", "Partners"};
    const std::vector<Account> found{linked, database_account("2")};
    CHECK(std::holds_alternative<Target>(classify(found, Purpose::reset, Choice{linked.id, "Partners"})));
    CHECK(std::holds_alternative<Candidates>(classify(found, Purpose::reset, Choice{found[1].id, "Partners"})));
}

TEST_CASE("what is no target is said with what was found instead", "[requests]")
{
    Account linked = social_account();
    linked.other_providers = {"google-oauth2", "samlp"};
    Account both = database_account("1");
    both.database_connections = {"Users", "Partners"};
    both.other_providers = {"github"};
    both.logins_count = 1;
    Account nothing{Auth0UserId{"x|1"}};
    CHECK(describe_kind(linked) == "Google account, linked with company sign-in (SAML)");
    CHECK(describe_kind(both) == "password account in Users and Partners, linked with GitHub");
    CHECK(describe_kind(nothing) == "account without a way to sign in");
    Account elsewhere = both;
    elsewhere.sign_ins = {{elsewhere.email, true}, {"other@acme.example", true}};
    CHECK(
        describe_kind(elsewhere) ==
        "password account in Users and Partners (signs in with other@acme.example), linked with GitHub");
    const std::vector<std::string> words{describe_kind(linked), describe_kind(nothing)};
    CHECK(std::get<NoTarget>(judged({linked, nothing})).found == words);
    CHECK(std::get<NewTarget>(judged({linked, nothing}, Purpose::first_password)).lookalikes == words);
    CHECK(std::get<NoTarget>(judged({})).found.empty());
    Account used = database_account("2");
    used.last_login = TimePoint{};
    CHECK(std::get<NoTarget>(judged({used}, Purpose::first_password)).found.size() == 1);
    const auto several = judged({used, both}, Purpose::first_password);
    CHECK(std::get<NoTarget>(several).ending == Ending::has_signed_in);
    CHECK(std::get<NoTarget>(several).found.size() == 2);
}

TEST_CASE("a name that is the address or the nickname, or holds a sign, is asked about, given or family", "[requests]")
{
    Account account = database_account("1");
    account.email = "Ada.Byron";
    account.nickname = "Lovelace";
    CHECK_FALSE(look_implausible(account));
    for (const std::string name :
         {"Ada.Byron", "Lovelace", "A_da", "A/da", "A\\da", "A|da", "A<da", "A>da", "A@da", "A0da", "A9da", "ADA",
          "ada", "."})
    {
        INFO(name);
        Account given = account, family = account;
        given.given_name = name;
        family.family_name = name;
        CHECK(look_implausible(given));
        CHECK(look_implausible(family));
    }
}

TEST_CASE("placeholders and damaged names are no names", "[requests]")
{
    for (const std::string name :
         {"-",
          ".",
          "\u2014",
          "*",
          "Mu&ntilde;oz",
          "Tom &amp; Ann",
          "Tom & Ann",
          "Jos?",
          "Garc?a",
          "Lovelace (External)",
          "Lovelace [ext]",
          "Lovelace, MD",
          "${firstName}",
          "{{name}}",
          "Ada;",
          "N/A",
          "Ada \U0001F600",
          "\U0001F600",
          "Jos\u00C3\u00A9",
          "M\u00C3\u00BCller",
          "Fran\u00C3\u00A7ois",
          "Fr\u00C3\u00AAd\u00E9",
          "Ada\u00BA?",
          "#Ada",
          "Ada=Byron",
          "Ada+",
          "\"Ada\"",
          ".Ada",
          "Ada ."})
    {
        INFO(name);
        CHECK(look_implausible(database_account("1", "Ada", name)));
        CHECK(look_implausible(database_account("1", name, "Byron")));
    }
    for (const std::string name :
         {"Jean-Luc", "O'Brien", "O\u2019Brien", "Sammy Jr.", "J. Robert", "van der Berg", "N\u00FA\u00F1ez",
          "\u00C3ngelo", "Gal\u00B7la", "\u0418\u0432\u0430\u043D", "\u0645\u062D\u0645\u062F",
          "\u0928\u093F\u0936\u093E", "Ame\u0301lie", "\u5C71\u7530", "Nguy\u1EC5n"})
    {
        INFO(name);
        CHECK_FALSE(look_implausible(database_account("1", "Ada", name)));
        CHECK_FALSE(look_implausible(database_account("1", name, "Byron")));
    }
}

TEST_CASE("one letter is a name, and other scripts than Latin have their own ways", "[requests]")
{
    for (const std::string name : {"A", "a", "\u00e9mile", "\u5c71"})
    {
        INFO(name);
        CHECK_FALSE(look_implausible(database_account("1", name, "Byron")));
    }
    CHECK(look_implausible(database_account("1", "ab", "Byron")));
}
