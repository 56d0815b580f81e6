#include "handlers/passwords/password_policy.hpp"

#include "tests/support/password_vectors.hpp"
#include "tests/support/rounds.hpp"
#include "tests/support/seeded_random.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

using namespace countersign;
using namespace countersign::passwords;
using namespace std::string_literals;

// A second opinion, written the slow way: it makes the string of UTF-16 units and looks at every window of three.
namespace {

std::u16string units_of(const std::u32string& text)
{
    std::u16string units;
    for (const char32_t c : text)
    {
        if (c < 0x10000)
        {
            units += static_cast<char16_t>(c);
            continue;
        }
        units += static_cast<char16_t>((c - 0x10000) / 0x400 + 0xD800);
        units += static_cast<char16_t>((c - 0x10000) % 0x400 + 0xDC00);
    }
    return units;
}

std::string utf8_of(const std::u32string& text)
{
    std::string bytes;
    for (const char32_t c : text)
    {
        const auto tail = [&](int shift) { bytes += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
        if (c < 0x80)
            bytes += static_cast<char>(c);
        else if (c < 0x800)
            bytes += static_cast<char>(0xC0 | (c >> 6)), tail(0);
        else if (c < 0x10000)
            bytes += static_cast<char>(0xE0 | (c >> 12)), tail(6), tail(0);
        else
            bytes += static_cast<char>(0xF0 | (c >> 18)), tail(12), tail(6), tail(0);
    }
    return bytes;
}

const std::u16string lowers = u"abcdefghijklmnopqrstuvwxyz";
const std::u16string uppers = u"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const std::u16string digits = u"0123456789";
const std::u16string specials = u" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

bool has_one_of(const std::u16string& text, const std::u16string& set)
{
    return text.find_first_of(set) != std::u16string::npos;
}

bool has_three_alike(const std::u16string& text)
{
    for (const char16_t c : text)
        if (text.find(std::u16string(3, c)) != std::u16string::npos) return true;
    return false;
}

bool has_three_in_order(const std::u16string& text)
{
    for (std::u16string alphabet : {lowers, uppers, digits})
        for (int turn = 0; turn < 2; ++turn, std::reverse(alphabet.begin(), alphabet.end()))
            for (std::size_t i = 0; i + 3 <= alphabet.size(); ++i)
                if (text.find(alphabet.substr(i, 3)) != std::u16string::npos) return true;
    return false;
}

std::vector<std::string> model(const PasswordPolicy& policy, const std::u32string& password)
{
    const std::u16string text = units_of(password);
    const std::size_t bytes = utf8_of(password).size();
    std::vector<std::string> codes;
    if (text.size() < policy.length_min) codes.emplace_back(policy.length_min == 1 ? "nonEmpty" : "lengthAtLeast");

    const std::array<bool, 4> present = {
        has_one_of(text, lowers), has_one_of(text, uppers), has_one_of(text, digits), has_one_of(text, specials)};
    const std::array<bool, 4> wanted = {
        policy.wanted.lower, policy.wanted.upper, policy.wanted.digit, policy.wanted.special};
    if (policy.type_rule == PasswordPolicy::TypeRule::three_of_four)
    {
        if (std::count(present.begin(), present.end(), true) < 3) codes.emplace_back("containsAtLeast");
    }
    else
        for (std::size_t i = 0; i < 4; ++i)
            if (wanted.at(i) && !present.at(i))
            {
                codes.emplace_back("shouldContain");
                break;
            }
    if (policy.blocks_identical && (text.empty() || has_three_alike(text))) codes.emplace_back("identicalChars");
    if (policy.blocks_sequential && (text.empty() || has_three_in_order(text))) codes.emplace_back("sequentialChars");
    if (policy.refuses_overlong && (text.empty() || bytes > 72)) codes.emplace_back("maxLength");
    if (!policy.refuses_overlong && bytes > 72) codes.emplace_back("over_72_bytes");
    return codes;
}

const std::u32string others = U" !-/:@[`{~\u007F\t\0\u00A0\u00C9\u00E9\u0301\u0661\u20AC\u2019\uFF11\uFF21\uFF41"
                              U"\u5C71\uD7FF\uE000\uFFFD\uFFFF\U00010000\U0001F600\U0010FFFF"s;

// Runs, neighbours and look-alikes are frequent, so that the rules meet their borders.
std::u32string draw_password(test::SeededRandom& random)
{
    std::u32string text;
    const std::size_t length = random.below(8) == 0 ? random.below(80) : random.below(14);
    while (text.size() < length)
    {
        const auto last = text.empty() ? U'a' : text.back();
        switch (random.below(6))
        {
        case 0: text += U'a' + static_cast<char32_t>(random.below(26)); break;
        case 1: text += U'A' + static_cast<char32_t>(random.below(26)); break;
        case 2: text += U'0' + static_cast<char32_t>(random.below(10)); break;
        case 3: text += last; break;
        case 4: text += last > 0x20 && last < 0x7E ? last + (random.below(2) == 0 ? 1 : char32_t(-1)) : last; break;
        default: text += others.at(random.below(others.size()));
        }
    }
    return text;
}

PasswordPolicy draw_policy(test::SeededRandom& random)
{
    const auto coin = [&] { return random.below(2) == 0; };
    PasswordPolicy policy;
    policy.length_min = 1 + random.below(random.below(4) == 0 ? 72 : 12);
    if (random.below(3) == 0)
        policy.type_rule = PasswordPolicy::TypeRule::three_of_four;
    else
        policy.wanted = {coin(), coin(), coin(), coin()};
    policy.blocks_identical = coin();
    policy.blocks_sequential = coin();
    policy.refuses_overlong = coin();
    return policy;
}

}  // namespace

TEST_CASE("a second, slower reading of the rules comes to the same faults for drawn passwords", "[passwords][rounds]")
{
    constexpr std::uint64_t seed = 20'261'124;
    test::SeededRandom random{seed};
    REQUIRE(others.size() == 31);  // none is lost behind the NUL
    std::size_t with_faults = 0, without = 0;
    const int count = test::rounds(4'000);
    for (int round = 0; round < count; ++round)
    {
        const PasswordPolicy policy = draw_policy(random);
        const std::u32string password = draw_password(random);
        const std::string bytes = utf8_of(password);
        const auto found = test::codes_of(faults_of(policy, Secret{bytes}, {}, false));
        CAPTURE(seed, round, bytes);
        REQUIRE(found == model(policy, password));
        ++(found.empty() ? without : with_faults);
    }
    CHECK(with_faults > 500);
    CHECK(without > 500);
}
