#include "handlers/passwords/password_policy.hpp"

#include "tests/support/password_vectors.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace countersign;
using namespace countersign::passwords;
using test::codes_of;

namespace {

std::vector<PasswordFault> faults(const PasswordPolicy& policy, std::string_view password)
{
    return faults_of(policy, Secret{password}, {}, false);
}

bool passes(const PasswordPolicy& policy, std::string_view password) { return faults(policy, password).empty(); }

const PasswordPolicy any = password_policy_of(StrengthLevel::none);

}  // namespace

TEST_CASE("every vector of the policy libraries gets the same verdict for the same reasons", "[passwords]")
{
    int compared = 0;
    for (const auto& vector : test::password_vectors())
    {
        CAPTURE(vector.id, vector.policy_name);
        auto codes = codes_of(faults_of(vector.policy, Secret{vector.password}, {}, false));
        const bool is_cut = !vector.policy.refuses_overlong && vector.password.size() > password_bytes_max;
        REQUIRE(std::erase(codes, "over_72_bytes") == (is_cut ? 1 : 0));
        REQUIRE(codes == vector.failed);
        REQUIRE(codes.empty() == vector.ok);
        ++compared;
    }
    CHECK(compared == 581);
}

TEST_CASE("every vector of the rule about personal data gets the same verdict", "[passwords]")
{
    PasswordPolicy policy = any;
    policy.blocked_fields = legacy_blocked_fields();
    int compared = 0;
    for (const auto& vector : test::personal_vectors())
    {
        CAPTURE(vector.note);
        const auto found = faults_of(policy, Secret{vector.password}, vector.person, false);
        CHECK(found == (vector.ok ? std::vector<PasswordFault>{} : std::vector{PasswordFault::personal}));
        ++compared;
    }
    CHECK(compared == 11);
}

TEST_CASE("an empty password breaks every rule that there is", "[passwords]")
{
    CHECK(codes_of(faults(any, "")) == std::vector<std::string>{"nonEmpty"});
    CHECK(
        codes_of(faults(password_policy_of(StrengthLevel::excellent), "")) ==
        std::vector<std::string>{"lengthAtLeast", "containsAtLeast", "identicalChars"});
    PasswordPolicy policy = any;
    policy.blocks_sequential = policy.refuses_overlong = true;
    CHECK(codes_of(faults(policy, "")) == std::vector<std::string>{"nonEmpty", "sequentialChars", "maxLength"});
    policy = any;
    policy.length_min = 0;
    CHECK(codes_of(faults(policy, "")) == std::vector<std::string>{"nonEmpty"});
}

TEST_CASE("the connection's length replaces the level's, up and down", "[passwords]")
{
    const PasswordPolicy up = password_policy_of(StrengthLevel::good, 12);
    CHECK(codes_of(faults(up, "$John!Doe$!")) == std::vector<std::string>{"lengthAtLeast"});
    CHECK(passes(up, "$John!Does$!"));
    const PasswordPolicy down = password_policy_of(StrengthLevel::excellent, 3);
    CHECK(passes(
        down,
        "$Al"
        "1"));
    CHECK(codes_of(faults(down, "A1")) == std::vector<std::string>{"lengthAtLeast", "containsAtLeast"});
    CHECK(codes_of(faults(password_policy_of(StrengthLevel::low, 1), "")) == std::vector<std::string>{"nonEmpty"});
    CHECK(passes(password_policy_of(StrengthLevel::low, 1), "a"));
    // Nobody can pass this one: what Auth0 takes ends at 72 bytes.
    CHECK_FALSE(passes(password_policy_of(StrengthLevel::none, 73), std::string(72, 'a')));
    CHECK_FALSE(passes(password_policy_of(StrengthLevel::none, 73), std::string(73, 'a')));
}

TEST_CASE("the length counts UTF-16 units, whatever the bytes and the characters", "[passwords]")
{
    const PasswordPolicy six = password_policy_of(StrengthLevel::low);
    CHECK(passes(six, "\U0001F600\U0001F600\U0001F600"));
    CHECK_FALSE(passes(six, "\U0001F600\U0001F600a"));
    CHECK_FALSE(passes(six, "\u5C71\u7530\u592A\u90CE\u592A"));
    CHECK(passes(six, std::string_view{"a\0b\0c\0", 6}));
    CHECK_FALSE(passes(six, std::string_view{"a\0b\0c", 5}));
    CHECK(passes(six, "e\u0301e\u0301e\u0301"));
    CHECK_FALSE(passes(six, "\u00E9\u00E9\u00E9"));
}

TEST_CASE("72 bytes are taken, 73 never: refused by the connection or by us", "[passwords]")
{
    const std::string accents = [] {
        std::string text;
        for (int i = 0; i < 36; ++i) text += "\u00E9";
        return text;
    }();
    PasswordPolicy refusing = any;
    refusing.refuses_overlong = true;
    CHECK(passes(any, accents));
    CHECK(passes(refusing, accents));
    CHECK(codes_of(faults(any, accents + "e")) == std::vector<std::string>{"over_72_bytes"});
    CHECK(codes_of(faults(refusing, accents + "e")) == std::vector<std::string>{"maxLength"});
}

TEST_CASE("only ASCII has kinds, and it has 33 special characters", "[passwords]")
{
    PasswordPolicy special = any;
    special.wanted.special = true;
    int specials = 0;
    for (int c = 0; c < 0x80; ++c)
    {
        const char text[] = {static_cast<char>(c), '\0'};
        specials += passes(special, std::string_view{text, 1}) ? 1 : 0;
    }
    CHECK(specials == 33);
    CHECK(passes(special, " "));
    CHECK_FALSE(passes(special, "\t"));
    CHECK_FALSE(passes(special, "\x7F"));
    CHECK_FALSE(passes(special, "\u00A0\u20AC\u2019\uFF01"));
    // Neither are full-width letters, other scripts' digits, or the Kelvin sign, which folds to k.
    CHECK(
        codes_of(faults(password_policy_of(StrengthLevel::fair), "\uFF41\uFF21\u0661\u212A\u00C9\u00E9xx")) ==
        std::vector<std::string>{"shouldContain"});
}

TEST_CASE("three of four need any three, and the wanted types do not matter then", "[passwords]")
{
    PasswordPolicy policy = any;
    policy.type_rule = PasswordPolicy::TypeRule::three_of_four;
    CHECK(passes(policy, "aA1"));
    CHECK(passes(policy, "aA!"));
    CHECK(passes(policy, "a1!"));
    CHECK(passes(policy, "A1!"));
    CHECK(codes_of(faults(policy, "aA")) == std::vector<std::string>{"containsAtLeast"});
    policy.wanted.special = true;
    CHECK(passes(policy, "aA1"));
}

TEST_CASE("three alike in a row are refused, as units and with case", "[passwords]")
{
    PasswordPolicy policy = any;
    policy.blocks_identical = true;
    for (const char* taken :
         {"aabbaa", "Aaa", "aAa", "\U0001F600\U0001F600\U0001F600", "e\u0301e\u0301e\u0301", "11a11"})
        CHECK(passes(policy, taken));
    for (const char* refused : {"aaa", "xaaa", "!!!", "   ", "\u00E9\u00E9\u00E9", "\u5C71\u5C71\u5C71", "aaaa"})
        CHECK(codes_of(faults(policy, refused)) == std::vector<std::string>{"identicalChars"});
    CHECK_FALSE(passes(policy, std::string_view{"\0\0\0", 3}));
    CHECK(passes(policy, std::string_view{"\0\0a", 3}));
}

TEST_CASE("three that follow one another are refused, up or down, within a kind and with case", "[passwords]")
{
    PasswordPolicy policy = any;
    policy.blocks_sequential = true;
    for (const char* taken :
         {"abab",
          "Abc",
          "aBc",
          "abC",
          "ab",
          "12a3",
          "a-b-c",
          "ace",
          "890",
          "901",
          "ab!c",
          "/01",
          "9:;",
          "@AB",
          "YZ[",
          "`ab",
          "yz{",
          "abba",
          "zab",
          "\u00E8\u00E9\u00EA",
          "\u0661\u0662\u0663",
          "\uFF41\uFF42\uFF43"})
    {
        CAPTURE(taken);
        CHECK(passes(policy, taken));
    }
    for (const char* refused : {"abc", "cba", "ABC", "ZYX", "123", "321", "xabc", "ababc", "abcba", "$Stuv", "a1234"})
    {
        CAPTURE(refused);
        CHECK(codes_of(faults(policy, refused)) == std::vector<std::string>{"sequentialChars"});
    }
}

TEST_CASE("a dictionary compares the whole password without case", "[passwords]")
{
    PasswordPolicy policy = any;
    policy.dictionary = {"$John!Doe$!", "\u00C9t\u00E9"};
    CHECK(passes(policy, "$john!doe$!"));  // no dictionary without its switch
    policy.has_dictionary = true;
    CHECK(codes_of(faults(policy, "$john!DOE$!")) == std::vector<std::string>{"common_password"});
    CHECK_FALSE(passes(policy, "\u00E9T\u00C9"));
    CHECK_FALSE(passes(policy, "PassWord"));
    CHECK(passes(policy, "$John!Doe$!x"));
    CHECK(passes(policy, "xpassword"));
}

TEST_CASE("only a blocked field's value counts, whole, and of an e-mail its local part", "[passwords]")
{
    PasswordPolicy policy = any;
    const PersonalData person{
        {{"name", "John Doe"},
         {"email", "jd@example.com"},
         {"nickname", ""},
         {"given_name", "John"},
         {"user_metadata.city", "Oslo"}}};
    const auto refuses = [&](std::string_view password) {
        return faults_of(policy, Secret{password}, person, false) == std::vector{PasswordFault::personal};
    };
    CHECK_FALSE(refuses("John Doe in Oslo, jd@example.com"));  // no field is blocked
    policy.blocked_fields = {"name", "email", "nickname", "user_metadata.city", "user_metadata.first"};
    CHECK(refuses("xxJOHN DOExx"));
    CHECK_FALSE(refuses("$John!Doe$!"));
    CHECK(refuses("ajdb"));
    CHECK(refuses("in oslo"));
    CHECK_FALSE(refuses("@example.com"));
    policy.blocked_fields = {"given_name"};
    CHECK(refuses("$John!Doe$!"));
}

TEST_CASE("an address without an at sign counts whole", "[passwords]")
{
    PasswordPolicy policy = any;
    policy.blocked_fields = {"email"};
    CHECK_FALSE(faults_of(policy, Secret{"xjdx"}, PersonalData{{{"email", "jd"}}}, false).empty());
    CHECK(faults_of(policy, Secret{"xjdx"}, PersonalData{{{"email", "@jd"}}}, false).empty());
    CHECK_FALSE(faults_of(policy, Secret{"a@bc"}, PersonalData{{{"email", "a@b@c"}}}, false).empty());
}

TEST_CASE("a password that was used before is refused only where a history is kept", "[passwords]")
{
    PasswordPolicy policy = any;
    CHECK(faults_of(policy, Secret{"a"}, {}, true).empty());
    policy.keeps_history = true;
    CHECK(faults_of(policy, Secret{"a"}, {}, true) == std::vector{PasswordFault::used_before});
    CHECK(faults_of(policy, Secret{"a"}, {}, false).empty());
}

TEST_CASE("all faults are told at once, in a fixed order", "[passwords]")
{
    PasswordPolicy policy;
    policy.length_min = 100;
    policy.wanted = {true, true, true, true};
    policy.blocks_identical = policy.blocks_sequential = policy.refuses_overlong = true;
    policy.has_dictionary = policy.keeps_history = true;
    const std::string password = "aaabc" + std::string(70, 'x');
    policy.dictionary = {password};
    policy.blocked_fields = {"nickname"};
    CHECK(
        codes_of(faults_of(policy, Secret{password}, PersonalData{{{"nickname", "ABC"}}}, true)) ==
        std::vector<std::string>{
            "lengthAtLeast", "shouldContain", "identicalChars", "sequentialChars", "maxLength", "common_password",
            "personal_data", "used_before"});
}

TEST_CASE("policies are compared by all that they demand", "[passwords]")
{
    CHECK(password_policy_of(StrengthLevel::good) == password_policy_of(StrengthLevel::good, 8));
    CHECK(password_policy_of(StrengthLevel::good) != password_policy_of(StrengthLevel::excellent, 8));
    PasswordPolicy policy = any;
    policy.blocked_fields = {"name"};
    CHECK(policy != any);
}

TEST_CASE("levels have the names of the configuration, and every fault has its own code", "[passwords]")
{
    for (const char* name : {"none", "low", "fair", "good", "excellent"})
        CHECK(name_of(strength_level_named(name).value()) == name);
    CHECK_FALSE(strength_level_named("Good"));
    CHECK_FALSE(strength_level_named(""));
    std::set<std::string_view> codes;
    for (int fault = 0; fault <= static_cast<int>(PasswordFault::used_before); ++fault)
        codes.insert(name_of(static_cast<PasswordFault>(fault)));
    CHECK(codes.size() == 11);
    CHECK_FALSE(codes.contains("corrupt"));
}

TEST_CASE("a legacy connection's settings become its demands", "[passwords]")
{
    ConnectionPolicy connection{"Users"};
    CHECK(password_policy_of(connection) == any);
    connection.level = StrengthLevel::excellent;
    CHECK(password_policy_of(connection) == password_policy_of(StrengthLevel::excellent));
    connection.length_min = 4;
    CHECK(password_policy_of(connection) == password_policy_of(StrengthLevel::excellent, 4));
    connection.length_min = 0;
    CHECK(password_policy_of(connection) == password_policy_of(StrengthLevel::excellent, 1));

    connection.dictionary.words = {"acme"};
    connection.personal_data.fields = {"name"};
    CHECK(password_policy_of(connection) == password_policy_of(StrengthLevel::excellent, 1));  // what is off is off
    connection.history.active = connection.dictionary.active = connection.personal_data.active = true;
    PasswordPolicy expected = password_policy_of(StrengthLevel::excellent, 1);
    expected.keeps_history = expected.has_dictionary = true;
    expected.dictionary = {"acme"};
    expected.blocked_fields = {"name"};
    CHECK(password_policy_of(connection) == expected);
    connection.personal_data.fields.clear();
    expected.blocked_fields = legacy_blocked_fields();
    CHECK(password_policy_of(connection) == expected);
}

TEST_CASE("a flexible policy replaces level and length", "[passwords]")
{
    ConnectionPolicy connection{"Users"};
    connection.level = StrengthLevel::excellent;
    connection.length_min = 20;
    connection.complexity.emplace();
    CHECK(password_policy_of(connection) == any);
    connection.complexity->length_min = 15;
    connection.complexity->wants_number = connection.complexity->blocks_sequential = true;
    connection.complexity->overlong = PasswordComplexity::Overlong::error;
    PasswordPolicy expected;
    expected.length_min = 15;
    expected.wanted.digit = expected.blocks_sequential = expected.refuses_overlong = true;
    CHECK(password_policy_of(connection) == expected);
    connection.complexity->type_rule = PasswordComplexity::TypeRule::three_of_four;
    CHECK(password_policy_of(connection).type_rule == PasswordPolicy::TypeRule::three_of_four);
}

TEST_CASE("an account's values stand under the names that policies use, empty ones do not", "[passwords]")
{
    Account account{Auth0UserId{"auth0|1"}};
    CHECK(personal_data_of(account).values.empty());
    account.email = "ada@example.com";
    account.name = "Ada Lovelace";
    account.nickname = "ada";
    account.username = "al";
    account.metadata_name = "Countess";
    account.metadata_first = "Augusta";
    account.metadata_last = "King";
    account.given_name = "Ada";
    account.family_name = "Lovelace";
    account.phone_number = "+44 1";
    const PersonalData person = personal_data_of(account);
    CHECK(person.values.size() == 10);
    for (const std::string& field : legacy_blocked_fields()) CHECK(person.values.contains(field));
    CHECK(person.values.at("user_metadata.last") == "King");
    PasswordPolicy policy;
    policy.blocked_fields = {"email", "nickname", "missing"};
    CHECK(blocked_values(policy, person) == std::vector<std::string_view>{"ada", "ada"});
}
