#include "handlers/passwords/passphrase.hpp"

#include "handlers/core/text.hpp"
#include "tests/support/password_vectors.hpp"
#include "tests/support/rounds.hpp"
#include "tests/support/seeded_random.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>
#include <set>

using namespace countersign;
using namespace countersign::passwords;

namespace {

std::string drawn(test::SeededRandom& random, const PasswordPolicy& policy = {}, const PersonalData& person = {})
{
    const auto made = passphrase(random, policy, person);
    return made ? std::string{made->expose()} : "refused: " + made.error().reason;
}

std::vector<std::string> parts_of(const std::string& text)
{
    std::vector<std::string> parts(1);
    for (const char c : text)
        if (c == '-')
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

// All demands that a policy can make of characters, at once.
PasswordPolicy strictest()
{
    PasswordPolicy policy = password_policy_of(StrengthLevel::excellent, 15);
    policy.type_rule = PasswordPolicy::TypeRule::all;
    policy.wanted = {true, true, true, true};
    policy.blocks_sequential = policy.refuses_overlong = policy.has_dictionary = policy.keeps_history = true;
    policy.blocked_fields = legacy_blocked_fields();
    return policy;
}

}  // namespace

TEST_CASE("the list has enough words, in order, each of 3 to 10 small letters", "[passwords]")
{
    const auto words = passphrase_words();
    REQUIRE(words.size() >= passphrase_words_min);
    CHECK(std::adjacent_find(words.begin(), words.end(), std::greater_equal<>{}) == words.end());
    for (const std::string_view word : words)
        if (word.size() < 3 || word.size() > passphrase_word_letters_max ||
            !std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
            FAIL(word);
}

TEST_CASE("no word of the list is one that nobody wants to read out", "[passwords]")
{
    const auto words = passphrase_words();
    for (const std::string_view unwanted : {"rectal", "lusty", "kamikaze", "douche"})
        CHECK_FALSE(std::binary_search(words.begin(), words.end(), unwanted));
    CHECK(std::binary_search(words.begin(), words.end(), std::string_view{"pebble"}));
}

TEST_CASE("no policy on runs can refuse a word of the list", "[passwords]")
{
    PasswordPolicy policy;
    policy.blocks_identical = policy.blocks_sequential = true;
    for (const std::string_view word : passphrase_words())
        if (!faults_of(policy, Secret{word}, {}, false).empty()) FAIL(word);
}

TEST_CASE("of characters that look alike at most one can stand in a passphrase", "[passwords]")
{
    std::set<char> possible{'-'};
    possible.insert(passphrase_digits.begin(), passphrase_digits.end());
    for (const std::string_view word : passphrase_words())
    {
        possible.insert(static_cast<char>(word.front() - 'a' + 'A'));
        possible.insert(word.begin() + 1, word.end());
    }
    for (const std::string_view group : look_alikes)
    {
        CAPTURE(group);
        CHECK(std::count_if(group.begin(), group.end(), [&](char c) { return possible.contains(c); }) <= 1);
    }
    for (const char never : std::string_view{"01IOQ|2568"}) CHECK_FALSE(possible.contains(never));
}

TEST_CASE("a passphrase has at least 60 bits, however often it was drawn again", "[passwords]")
{
    const double words = passphrase_words_each * std::log2(static_cast<double>(passphrase_words_min));
    const double digits = passphrase_digits_each * std::log2(static_cast<double>(passphrase_digits.size()));
    CHECK(words >= 64);
    CHECK(words + digits - std::log2(passphrase_draws_max) >= 60);
}

TEST_CASE(
    "a passphrase is five capitalised words and two digits, and passes the strictest policy", "[passwords][rounds]")
{
    const std::regex shape{"([A-HJ-NPR-Z][a-z]{2,9}-){5}[347]{2}"};
    const auto words = passphrase_words();
    const PasswordPolicy policy = strictest();
    test::SeededRandom random{1};
    std::set<std::string> all;
    const int count = test::rounds(500);
    for (int i = 0; i < count; ++i)
    {
        const std::string text = drawn(random, policy);
        REQUIRE(std::regex_match(text, shape));
        REQUIRE(text.size() <= password_bytes_max);
        REQUIRE(text.size() >= 22);
        for (std::string word : parts_of(text))
        {
            if (word.size() == passphrase_digits_each) continue;
            word.front() = static_cast<char>(word.front() - 'A' + 'a');
            REQUIRE(std::binary_search(words.begin(), words.end(), word));
        }
        for (const auto level : {StrengthLevel::none, StrengthLevel::fair, StrengthLevel::excellent})
            REQUIRE(faults_of(password_policy_of(level), Secret{text}, {}, false).empty());
        all.insert(text);
    }
    CHECK(all.size() == static_cast<std::size_t>(count));
}

TEST_CASE("a passphrase passes every policy of the vectors", "[passwords]")
{
    test::SeededRandom random{2};
    std::set<std::string> seen;
    for (const auto& vector : test::password_vectors())
    {
        if (!seen.insert(vector.policy_name).second) continue;
        CAPTURE(vector.policy_name);
        CHECK(faults_of(vector.policy, Secret{drawn(random, vector.policy)}, {}, false).empty());
    }
    CHECK(seen.size() == 8);
}

TEST_CASE("every place of a passphrase takes any word and any digit", "[passwords]")
{
    test::SeededRandom random{3};
    std::map<std::size_t, std::set<std::string>> by_place;
    for (int i = 0; i < 1'000; ++i)
    {
        const auto parts = parts_of(drawn(random));
        for (std::size_t place = 0; place < parts.size(); ++place) by_place[place].insert(parts[place]);
    }
    REQUIRE(by_place.size() == 6);
    // Of 1000 draws out of 7800 about 940 differ.
    for (std::size_t place = 0; place < 5; ++place) CHECK(by_place[place].size() > 880);
    CHECK(by_place[5].size() == 9);
}

TEST_CASE("a longer minimum is met with more words", "[passwords]")
{
    test::SeededRandom random{4};
    for (const std::size_t length_min : {std::size_t{50}, std::size_t{64}, std::size_t{70}, std::size_t{72}})
        for (int i = 0; i < 5; ++i)
        {
            const std::string text = drawn(random, password_policy_of(StrengthLevel::excellent, length_min));
            CAPTURE(text);
            REQUIRE(text.size() >= length_min);
            REQUIRE(text.size() <= password_bytes_max);
            REQUIRE(parts_of(text).size() >= 6);
        }
}

TEST_CASE("a policy that no passphrase can meet is refused", "[passwords]")
{
    test::SeededRandom random{5};
    CHECK(drawn(random, password_policy_of(StrengthLevel::none, 73)) == "refused: no_passphrase_fits");
    CHECK(drawn(random, password_policy_of(StrengthLevel::none, 128)) == "refused: no_passphrase_fits");
    CHECK(drawn(random, password_policy_of(StrengthLevel::none, 100'000)) == "refused: no_passphrase_fits");
    // Every passphrase holds a hyphen.
    PasswordPolicy policy;
    policy.blocked_fields = {"nickname"};
    const PersonalData person{{{"nickname", "-"}}};
    CHECK(drawn(random, policy, person) == "refused: no_passphrase_fits");
    CHECK(passphrase(random, policy, person).error().code == Errc::refused);
}

TEST_CASE("a blocked value that is in many words costs words, not chance", "[passwords]")
{
    PasswordPolicy policy;
    policy.blocked_fields = {"email", "nickname", "name"};
    const auto values = GENERATE(
        std::vector<std::string>{"E@example.com", "", ""}, std::vector<std::string>{"e@example.com", "A", "i"},
        std::vector<std::string>{"s@example.com", "o", "3"});
    const PersonalData person{{{"email", values[0]}, {"nickname", values[1]}, {"name", values[2]}}};
    const auto words = passphrase_words();
    const auto list = std::count_if(words.begin(), words.end(), [&](std::string_view word) {
        return std::none_of(values.begin(), values.end(), [&](const std::string& value) {
            return !value.empty() && contains_ignoring_case(word, value.substr(0, value.find('@')));
        });
    });
    // What the many draws may give away is paid for, too.
    const double bits = passphrase_bits_min + std::log2(passphrase_draws_max) -
        2 * std::log2(static_cast<double>(passphrase_digits.size()));
    const auto needed = static_cast<std::size_t>(std::ceil(bits / std::log2(static_cast<double>(list))));
    REQUIRE(needed > passphrase_words_each);
    test::SeededRandom random{6};
    int longer = 0;
    for (int i = 0; i < 5; ++i)
    {
        const std::string text = drawn(random, policy, person);
        CAPTURE(text);
        REQUIRE(text.find("refused") == std::string::npos);
        CHECK(faults_of(policy, Secret{text}, person, false).empty());
        // A first draw, of the whole list, may happen to fit.
        const std::size_t count = parts_of(text).size() - 1;
        if (count != passphrase_words_each) CHECK(count == needed);
        if (count == needed) ++longer;
    }
    CHECK(longer > 0);
}

TEST_CASE("no word that the person is known by is drawn, with whatever letter it begins", "[passwords]")
{
    std::map<char, std::string> by_letter;
    for (const std::string_view word : passphrase_words()) (by_letter[word.front()] += ' ') += word;
    REQUIRE(by_letter.contains('a'));
    REQUIRE(by_letter.contains('z'));
    test::SeededRandom random{11};
    for (const char letter : {'a', 'b', 's', 'z'})
    {
        const PersonalData person{{{"user_metadata.note", by_letter.at(letter)}}};
        const char capital = static_cast<char>(letter - 'a' + 'A');
        for (int i = 0; i < 300; ++i)
        {
            const std::string text = drawn(random, {}, person);
            REQUIRE(text.find("refused") == std::string::npos);
            REQUIRE(text.find(capital) == std::string::npos);
        }
    }
}

TEST_CASE("where too few words are left, there is no passphrase", "[passwords]")
{
    PasswordPolicy policy;
    for (const char vowel : std::string_view{"aeiouy"}) policy.blocked_fields.emplace_back(1, vowel);
    PersonalData person;
    for (const std::string& field : policy.blocked_fields) person.values[field] = field;
    test::SeededRandom random{9};
    CHECK(drawn(random, policy, person) == "refused: no_passphrase_fits");
}

TEST_CASE("no word of a passphrase is part of what is known of the person", "[passwords]")
{
    // Each 20th word of the list stands in the person's note.
    std::string name;
    const auto words = passphrase_words();
    for (std::size_t i = 0; i < words.size(); i += 20) (name += ' ') += words[i];
    name += " ZUCCHINI";
    const PersonalData person{{{"phone_number", "-"}, {"user_metadata.note", name}}};
    test::SeededRandom random{7};
    int compared = 0;
    for (int i = 0; i < 5; ++i)
    {
        const std::string text = drawn(random, {}, person);
        REQUIRE(text.find("refused") == std::string::npos);
        for (const std::string& word : parts_of(text))
        {
            if (word.size() <= 2) continue;
            CHECK_FALSE(contains_ignoring_case(name, word));
            ++compared;
        }
    }
    CHECK(compared >= 15);
}

TEST_CASE("the same randomness gives the same passphrase", "[passwords]")
{
    test::SeededRandom one{8}, other{8};
    CHECK(drawn(one) == drawn(other));
}
