#include "handlers/passwords/policy_words.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace countersign;
using namespace countersign::passwords;

namespace {

std::string said(const PasswordPolicy& policy, std::string_view password, bool used_before = false)
{
    const Secret secret{password};
    return explain(faults_of(policy, secret, {}, used_before), policy, secret);
}

}  // namespace

TEST_CASE("an explanation says what is missing, in numbers and kinds", "[passwords]")
{
    CHECK(said(password_policy_of(StrengthLevel::fair), "$John!Doe$!") == "has no digit (0-9)");
    CHECK(
        said(password_policy_of(StrengthLevel::fair), "$$$$$$$$") ==
        "has no small letter (a-z), no capital letter (A-Z) and no digit (0-9)");
    CHECK(
        said(password_policy_of(StrengthLevel::excellent), "$al!wu$!") ==
        "has 8 characters where 10 are needed and needs a capital letter (A-Z) or a digit (0-9)");
    CHECK(
        said(password_policy_of(StrengthLevel::good, 1), "\u5C71") ==
        "needs three of: a small letter (a-z), a capital letter (A-Z), a digit (0-9) or "
        "a special character (such as ! or -)");
    CHECK(said(password_policy_of(StrengthLevel::low), "a") == "has 1 character where 6 are needed");
}

TEST_CASE("an explanation of nothing is empty, one of an empty password is short", "[passwords]")
{
    CHECK(said(password_policy_of(StrengthLevel::none), "a").empty());
    CHECK(said(password_policy_of(StrengthLevel::excellent), "") == "is empty");
}

TEST_CASE("a password over 72 bytes is explained by who would do what", "[passwords]")
{
    PasswordPolicy policy = password_policy_of(StrengthLevel::none);
    CHECK(
        said(policy, std::string(73, 'a')) ==
        "is longer than 72 bytes (it has 73), and Auth0 would ignore the rest without a word");
    policy.refuses_overlong = true;
    CHECK(said(policy, std::string(100, 'a')) == "is longer than 72 bytes (it has 100)");
}

TEST_CASE("every fault has words of its own, none of them from the password", "[passwords]")
{
    const Secret password{"Q7\u00DF"};
    std::set<std::string> all;
    for (int i = 0; i <= static_cast<int>(PasswordFault::used_before); ++i)
    {
        const std::string words =
            explain(static_cast<PasswordFault>(i), password_policy_of(StrengthLevel::excellent), password);
        CHECK_FALSE(words.empty());
        CHECK(words.find("Q7") == std::string::npos);
        CHECK(words.find("\u00DF") == std::string::npos);
        all.insert(words);
    }
    CHECK(all.size() == 11);
}
