#include "handlers/requests/password_policy.hpp"

#include <catch2/catch.hpp>

using namespace countersign;

TEST_CASE("a legacy policy is judged by its level and its length", "[requests]")
{
    ConnectionPolicy connection{"Main"};
    connection.level = StrengthLevel::good;
    CHECK(password_policy_of(connection) == password_policy_of(PasswordLevel::good));
    connection.length_min = 12;
    CHECK(password_policy_of(connection) == password_policy_of(PasswordLevel::good, 12));
}

TEST_CASE("a flexible policy replaces level and length", "[requests]")
{
    ConnectionPolicy connection{"Main"};
    connection.level = StrengthLevel::excellent;
    connection.length_min = 30;
    PasswordComplexity complexity;
    complexity.length_min = 14;
    complexity.wants_number = true;
    complexity.blocks_sequential = true;
    complexity.overlong = PasswordComplexity::Overlong::error;
    connection.complexity = complexity;
    const PasswordPolicy policy = password_policy_of(connection);
    CHECK(policy.length_min == 14);
    CHECK(policy.wanted.digit);
    CHECK_FALSE(policy.wanted.upper);
    CHECK(policy.blocks_sequential);
    CHECK(policy.refuses_overlong);
}

TEST_CASE("history, dictionary and personal data are carried over as they are switched", "[requests]")
{
    ConnectionPolicy connection{"Main"};
    connection.dictionary.words = {"acme"};
    CHECK(password_policy_of(connection).dictionary.empty());
    CHECK(password_policy_of(connection).blocked_fields.empty());
    CHECK_FALSE(password_policy_of(connection).keeps_history);
    connection.dictionary.active = true;
    connection.personal_data.active = true;
    connection.history.active = true;
    CHECK(password_policy_of(connection).dictionary == std::vector<std::string>{"acme"});
    CHECK(password_policy_of(connection).blocked_fields == legacy_blocked_fields());
    CHECK(password_policy_of(connection).keeps_history);
    connection.personal_data.fields = {"given_name"};
    connection.history.size = 0;
    CHECK(password_policy_of(connection).blocked_fields == std::vector<std::string>{"given_name"});
    CHECK_FALSE(password_policy_of(connection).keeps_history);
}

TEST_CASE("every field that Auth0 blocks by itself is known of an account", "[requests]")
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U0ADA"}, Email{"ada@acme.example"}, std::nullopt, TimePoint{}};
    request.account.emplace(Auth0UserId{"auth0|1"});
    for (const std::string& field : legacy_blocked_fields())
    {
        INFO(field);
        CHECK(personal_data_of(request).values.contains(field));
    }
}
