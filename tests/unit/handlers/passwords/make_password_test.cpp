#include "handlers/passwords/make_password.hpp"

#include "tests/support/seeded_random.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::passwords;

namespace {

// "none", the password, or why it was refused.
std::string made(PasswordFormat format, const PersonName& name, const PasswordPolicy& policy = {})
{
    test::SeededRandom random{1};
    const auto password = make_password(format, name, policy, {}, random);
    if (!password) return "refused: " + password.error().reason;
    return password->has_value() ? std::string{(*password)->expose()} : "none";
}

}  // namespace

TEST_CASE("formats have the names of the configuration", "[passwords]")
{
    for (const char* name : {"sop", "passphrase", "ticket"})
        CHECK(name_of(password_format_named(name).value()) == name);
    CHECK_FALSE(password_format_named("SOP"));
    CHECK_FALSE(password_format_named(""));
}

TEST_CASE("the standard format is made of the names, whatever the policy", "[passwords]")
{
    CHECK(made(PasswordFormat::sop, {"John", "Doe"}) == "$John!Doe$!");
    CHECK(made(PasswordFormat::sop, {"John", "Doe"}, password_policy_of(StrengthLevel::fair)) == "$John!Doe$!");
    CHECK(made(PasswordFormat::sop, {"John", ""}) == "refused: name_missing");
    CHECK(made(PasswordFormat::sop, {std::string(70, 'J'), "Doe"}) == "refused: password_too_long");
}

TEST_CASE("a passphrase needs no name and fits the policy, or is refused", "[passwords]")
{
    const PasswordPolicy fair = password_policy_of(StrengthLevel::fair, 60);
    const std::string text = made(PasswordFormat::passphrase, {"", ""}, fair);
    CHECK(faults_of(fair, Secret{text}, {}, false).empty());
    CHECK(
        made(PasswordFormat::passphrase, {}, password_policy_of(StrengthLevel::none, 73)) ==
        "refused: no_passphrase_fits");
}

TEST_CASE("a ticket makes no password, and cannot be refused by a policy", "[passwords]")
{
    CHECK(made(PasswordFormat::link, {}, password_policy_of(StrengthLevel::none, 73)) == "none");
}
