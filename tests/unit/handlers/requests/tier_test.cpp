#include "handlers/requests/tier.hpp"

#include <catch2/catch.hpp>

using namespace countersign;

namespace {

Account account_of(std::string email, std::string metadata = {})
{
    Account account{Auth0UserId{"auth0|1"}};
    account.email = std::move(email);
    account.app_metadata = std::move(metadata);
    account.database_connections = {"Main"};
    return account;
}

Tier by_domain(std::string name, std::string domain)
{
    Tier tier;
    tier.name = std::move(name);
    tier.domains = {std::move(domain)};
    return tier;
}

Tier by_metadata(std::string name, std::vector<std::string> path, std::string value)
{
    Tier tier;
    tier.name = std::move(name);
    tier.metadata = {MetadataMatch{std::move(path), std::move(value)}};
    return tier;
}

}  // namespace

TEST_CASE("the first tier that an account belongs to counts", "[requests]")
{
    const std::vector<Tier> tiers{by_domain("one", "acme.example"), by_domain("two", "acme.example")};
    REQUIRE(tier_of(tiers, account_of("Ada@ACME.example")));
    CHECK(tier_of(tiers, account_of("Ada@ACME.example"))->name == "one");
    CHECK_FALSE(tier_of(tiers, account_of("ada@sub.acme.example")));
    CHECK_FALSE(tier_of({}, account_of("ada@acme.example")));
}

TEST_CASE("a tier is found by a path in the metadata, and by the connection", "[requests]")
{
    const std::vector<Tier> tiers{by_metadata("gold", {"account", "plan"}, "gold")};
    CHECK(tier_of(tiers, account_of("a@b.example", R"({"account":{"plan":"gold"}})")));
    CHECK_FALSE(tier_of(tiers, account_of("a@b.example", R"({"account":{"plan":"tin"}})")));
    CHECK_FALSE(tier_of(tiers, account_of("a@b.example", R"({"account":"gold"})")));
    CHECK_FALSE(tier_of(tiers, account_of("a@b.example")));
    Tier by_connection;
    by_connection.connections = {"Main"};
    CHECK(tier_of({by_connection}, account_of("a@b.example")));
}

TEST_CASE("of a list in the metadata one element is enough for a tier", "[requests]")
{
    const std::vector<Tier> tiers{by_metadata("administrators", {"roles"}, "admin")};
    CHECK(tier_of(tiers, account_of("a@b.example", R"({"roles":["auditor","admin"]})")));
    CHECK_FALSE(tier_of(tiers, account_of("a@b.example", R"({"roles":["administrator"]})")));
    CHECK_FALSE(tier_of(tiers, account_of("a@b.example", R"({"roles":[]})")));
    const std::vector<Tier> by_number{by_metadata("seven", {"levels"}, "7")};
    CHECK(tier_of(by_number, account_of("a@b.example", R"({"levels":[6,7]})")));
}

TEST_CASE("an account whose metadata cannot be read is not let past a tier that asks for it", "[requests]")
{
    Tier refusing = by_metadata("board", {"vip"}, "true");
    refusing.refuse = true;
    Account unread = account_of("a@b.example");
    unread.metadata_too_large = true;
    REQUIRE(tier_of({refusing}, unread));
    CHECK(tier_of({refusing}, unread)->refuse);
    // Broken metadata is metadata that cannot be read.
    REQUIRE(tier_of({refusing}, account_of("a@b.example", "{")));
}

TEST_CASE("of the tiers that an unread account may belong to, the strictest demands count", "[requests]")
{
    Tier lenient = by_metadata("lenient", {"a"}, "1");
    lenient.format = PasswordFormat::passphrase;
    Tier strict = by_metadata("strict", {"b"}, "1");
    strict.approvals = 2;
    strict.verification_required = true;
    strict.cooling = std::chrono::hours{1};
    Tier certain = by_domain("certain", "b.example");
    certain.format = PasswordFormat::ticket;
    Tier beyond = by_metadata("beyond", {"c"}, "1");
    beyond.refuse = true;
    Account unread = account_of("a@b.example");
    unread.metadata_too_large = true;
    const auto demands = tier_of({lenient, strict, certain, beyond}, unread);
    REQUIRE(demands);
    CHECK(demands->approvals == 2);
    CHECK(demands->verification_required);
    CHECK(demands->format == PasswordFormat::ticket);
    CHECK(demands->cooling == std::chrono::hours{1});
    CHECK_FALSE(demands->refuse);
}
