#include "handlers/model/tier.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>

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
    Account linked = account_of("ada@elsewhere.example");
    linked.sign_ins = {{"", false}, {"ada@acme.example", false}};
    CHECK(tier_of(tiers, linked));
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
    certain.format = PasswordFormat::link;
    Tier beyond = by_metadata("beyond", {"c"}, "1");
    beyond.refuse = true;
    Account unread = account_of("a@b.example");
    unread.metadata_too_large = true;
    const auto demands = tier_of({lenient, strict, certain, beyond}, unread);
    REQUIRE(demands);
    CHECK(demands->approvals == 2);
    CHECK(demands->verification_required);
    CHECK(demands->format == PasswordFormat::link);
    CHECK(demands->cooling == std::chrono::hours{1});
    CHECK_FALSE(demands->refuse);
}

TEST_CASE("a tier is found by the whole address, in lower case", "[requests]")
{
    Tier tier;
    tier.emails = {"ada@acme.example"};
    CHECK(tier_of({tier}, account_of("ADA@Acme.Example")));
    CHECK_FALSE(tier_of({tier}, account_of("xada@acme.example")));
    CHECK_FALSE(tier_of({tier}, account_of("ada@acme.example.org")));
    CHECK_FALSE(tier_of({tier}, account_of("")));
}

TEST_CASE("a domain is what stands behind the last @, and an address without one has none", "[requests]")
{
    const std::vector<Tier> tiers{by_domain("one", "acme.example")};
    CHECK(tier_of(tiers, account_of("\"a@b\"@acme.example")));
    CHECK_FALSE(tier_of(tiers, account_of("acme.example")));
    CHECK_FALSE(tier_of({by_domain("none", "")}, account_of("ada@acme.example")));
}

TEST_CASE("any one of several connections is enough for a tier", "[requests]")
{
    Tier tier;
    tier.connections = {"Partners", "Board"};
    Account account = account_of("a@b.example");
    CHECK_FALSE(tier_of({tier}, account));
    account.database_connections = {"Main", "Board"};
    CHECK(tier_of({tier}, account));
    account.database_connections = {"board"};
    CHECK_FALSE(tier_of({tier}, account));
}

TEST_CASE("numbers and truth values in the metadata are compared as JSON writes them", "[requests]")
{
    const std::string metadata = R"({"level":7,"vip":true,"name":"7","nothing":null})";
    const auto found = [&metadata](const std::string& key, const std::string& value) {
        return tier_of({by_metadata("x", {key}, value)}, account_of("a@b.example", metadata)).has_value();
    };
    CHECK(found("level", "7"));
    CHECK_FALSE(found("level", "70"));
    CHECK(found("vip", "true"));
    CHECK_FALSE(found("vip", "false"));
    CHECK(found("name", "7"));
    CHECK_FALSE(found("name", "\"7\""));
    CHECK_FALSE(found("none", "7"));
}

TEST_CASE("any one of several values in the metadata is enough for a tier", "[requests]")
{
    Tier tier;
    tier.metadata = {MetadataMatch{{"plan"}, "gold"}, MetadataMatch{{"vip"}, "true"}};
    CHECK(tier_of({tier}, account_of("a@b.example", R"({"vip":true})")));
    CHECK_FALSE(tier_of({tier}, account_of("a@b.example", R"({"vip":false})")));
}

TEST_CASE("an unread account is no part of tiers that do not ask for metadata", "[requests]")
{
    Account unread = account_of("a@b.example");
    unread.metadata_too_large = true;
    CHECK_FALSE(tier_of({by_domain("other", "acme.example")}, unread));
    Tier mixed = by_metadata("mixed", {"plan"}, "gold");
    mixed.domains = {"acme.example"};
    REQUIRE(tier_of({mixed}, unread));
    CHECK(tier_of({mixed}, unread)->name == "mixed");
}

TEST_CASE("demands that may hold are all named, and each is the stricter of two, in either order", "[requests]")
{
    Tier weak = by_metadata("weak", {"a"}, "1");
    weak.approvals = 1;
    Tier strict = by_metadata("strict", {"b"}, "1");
    strict.approvals = 2;
    strict.refuse = true;
    strict.verification_required = true;
    strict.cooling = std::chrono::minutes{10};
    Account unread = account_of("a@b.example");
    unread.metadata_too_large = true;
    for (const bool weak_first : {true, false})
    {
        const auto demands =
            tier_of(weak_first ? std::vector<Tier>{weak, strict} : std::vector<Tier>{strict, weak}, unread);
        REQUIRE(demands);
        CHECK(demands->name == (weak_first ? "weak or strict" : "strict or weak"));
        CHECK(demands->refuse);
        CHECK(demands->approvals == 2);
        CHECK(demands->verification_required);
        CHECK(demands->cooling == std::chrono::minutes{10});
    }
}

TEST_CASE("of two formats the one that tells people less of a password counts", "[requests]")
{
    const std::vector<std::optional<PasswordFormat>> from_weak{
        std::nullopt, PasswordFormat::sop, PasswordFormat::passphrase, PasswordFormat::link};
    Account unread = account_of("a@b.example");
    unread.metadata_too_large = true;
    for (std::size_t i = 0; i < from_weak.size(); ++i)
        for (std::size_t j = 0; j < from_weak.size(); ++j)
        {
            Tier one = by_metadata("one", {"a"}, "1"), two = by_metadata("two", {"b"}, "1");
            one.format = from_weak[i];
            two.format = from_weak[j];
            const auto demands = tier_of({one, two}, unread);
            REQUIRE(demands);
            INFO(i << " " << j);
            CHECK(demands->format == from_weak[std::max(i, j)]);
        }
}
