#include "handlers/rules/ids.hpp"

#include "handlers/rules/personal_data.hpp"
#include "tests/support/seeded_random.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::passwords;

namespace {

// Gives out these bytes, and then nothing but the last.
class GivenBytes final : public Random
{
public:
    explicit GivenBytes(std::vector<unsigned> bytes) : bytes_{std::move(bytes)} {}

    void fill(std::span<std::byte> out) override
    {
        asked += out.size();
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = static_cast<std::byte>(bytes_[i < bytes_.size() ? i : bytes_.size() - 1]);
    }

    std::size_t asked = 0;

private:
    std::vector<unsigned> bytes_;
};

}  // namespace

TEST_CASE("a request's number is twelve characters that are not taken for one another", "[requests]")
{
    GivenBytes random{{0, 9, 10, 17, 18, 19, 20, 21, 26, 27, 31, 32}};
    CHECK(new_request_id(random).str() == "cs-09ahjkmntvz0");
    CHECK(random.asked == 12);
    test::SeededRandom seeded{7};
    std::set<char> seen;
    for (int i = 0; i < 200; ++i)
    {
        const std::string id = new_request_id(seeded).str();
        REQUIRE(id.size() == 15);
        seen.insert(id.begin() + 3, id.end());
    }
    CHECK(std::string(seen.begin(), seen.end()) == "0123456789abcdefghjkmnpqrstvwxyz");
}

TEST_CASE("a message's number is a random UUID of version 4", "[requests]")
{
    GivenBytes ones{{0xff}};
    CHECK(new_uuid(ones) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
    CHECK(ones.asked == 16);
    GivenBytes zeros{{0}};
    CHECK(new_uuid(zeros) == "00000000-0000-4000-8000-000000000000");
    GivenBytes counted{
        {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}};
    CHECK(new_uuid(counted) == "01234567-89ab-4def-8123-456789abcdef");
}

TEST_CASE("a password is judged against the account as it is, or as it will be", "[requests]")
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U1"}, Email{"ada@acme.example"}, std::nullopt, TimePoint{}};
    request.names = GivenNames{"Augusta", "King"};
    using Values = std::map<std::string, std::string, std::less<>>;
    CHECK(
        personal_data_of(request).values ==
        Values{{"email", "ada@acme.example"}, {"given_name", "Augusta"}, {"family_name", "King"}});
    request.account.emplace(Auth0UserId{"auth0|1"});
    request.account->given_name = "Ada";
    request.account->nickname = "addie";
    CHECK(
        personal_data_of(request).values ==
        Values{{"email", "ada@acme.example"}, {"given_name", "Ada"}, {"nickname", "addie"}});
    request.account->email = "Other@acme.example";
    CHECK(personal_data_of(request).values.at("email") == "Other@acme.example");
}

TEST_CASE("what is named alike has one id, and anything but 16 hex digits is no name", "[requests]")
{
    const RequestId id = request_id_named("0123456789abcdef");
    CHECK(id == request_id_named("0123456789abcdef"));
    CHECK(id != request_id_named("0123456789abcdee"));
    CHECK(id.str().size() == 15);
    CHECK(id.str().starts_with("cs-"));
    CHECK(id.str().find_first_not_of("cs-0123456789abcdefghjkmnpqrstvwxyz") == std::string::npos);
    for (const char* bad : {"", "0123456789abcde", "0123456789abcdef0", "0123456789abcdeg", "-123456789abcdef"})
        CHECK_THROWS_AS(request_id_named(bad), std::invalid_argument);
}
