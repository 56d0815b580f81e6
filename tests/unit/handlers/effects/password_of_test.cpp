#include "handlers/effects/password_of.hpp"

#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::test;

namespace {

Outcome<Secret> made(Bench& bench, Request request, Freshness freshness = Freshness::recent)
{
    return bench.run(password_of(bench.services, std::move(request), freshness));
}

Request with_format(Request request, PasswordFormat format)
{
    request.format = format;
    return request;
}

}  // namespace

TEST_CASE("a standard password is made of the names, and of nothing that has to be asked for", "[effects][password]")
{
    Bench bench;
    CHECK(made(bench, approved_request())->expose() == "$Ada!Byron$!");
    CHECK(made(bench, approved_creation())->expose() == "$Grace!Hopper$!");
    Request corrected = approved_request();
    corrected.names = GivenNames{"Augusta", "King"};
    CHECK(made(bench, corrected)->expose() == "$Augusta!King$!");
    CHECK(bench.accounts.calls.empty());
}

TEST_CASE("a passphrase is made for the connection's policy, as fresh as was asked for", "[effects][password]")
{
    Bench bench;
    const Freshness wanted = GENERATE(Freshness::recent, Freshness::now);
    bench.accounts.on_policy = [wanted](Freshness freshness) {
        CHECK(freshness == wanted);
        ConnectionPolicy policy{"Main"};
        policy.length_min = 60;
        return policy;
    };
    const auto password = made(bench, with_format(approved_request(), PasswordFormat::passphrase), wanted);
    REQUIRE(password.has_value());
    CHECK(password->expose().size() >= 60);
    CHECK(bench.accounts.calls == std::vector<std::string>{"policy Main"});
}

TEST_CASE("a passphrase whose policy cannot be read is none", "[effects][password]")
{
    Bench bench;
    bench.accounts.on_policy = [](Freshness) -> Outcome<ConnectionPolicy> {
        return Problem{Errc::forbidden, "auth0_options_scope_missing"};
    };
    const auto password = made(bench, with_format(approved_request(), PasswordFormat::passphrase));
    REQUIRE(password.has_error());
    CHECK(password.error().reason == "auth0_options_scope_missing");
}

TEST_CASE("a link is no password", "[effects][password]")
{
    Bench bench;
    const auto password = made(bench, with_format(approved_request(), PasswordFormat::link));
    REQUIRE(password.has_error());
    CHECK(password.error().code == Errc::unsupported);
    CHECK(password.error().reason == "password_format_unknown");
}

TEST_CASE("a name of which no password can be made is a problem and no password", "[effects][password]")
{
    Bench bench;
    Request request = approved_request();
    request.account->given_name.clear();
    const auto password = made(bench, request);
    REQUIRE(password.has_error());
    CHECK(password.error().reason == "name_missing");
}

TEST_CASE(
    "a passphrase for an account that is to be made holds no word of its owner's names or address",
    "[effects][password]")
{
    // The same bytes draw the same words, unless one is somebody's.
    const auto drawn = [](const GivenNames& names, const std::string& email) {
        Bench bench;
        bench.accounts.on_policy = [](Freshness) { return ConnectionPolicy{"Main"}; };
        Request request = with_format(approved_creation(), PasswordFormat::passphrase);
        request.names = names;
        request.email = Email{email};
        return std::string{made(bench, request)->expose()};
    };
    const std::string first = drawn(GivenNames{"Grace", "Hopper"}, "grace@acme.example");
    const std::string word = first.substr(0, first.find('-'));
    REQUIRE(word.size() >= 3);
    CHECK(drawn(GivenNames{"Grace", "Hopper"}, "grace@acme.example") == first);
    CHECK_FALSE(drawn(GivenNames{word, "Hopper"}, "grace@acme.example").starts_with(word));
    CHECK_FALSE(drawn(GivenNames{"Grace", word}, "grace@acme.example").starts_with(word));
    CHECK_FALSE(drawn(GivenNames{"Grace", "Hopper"}, word + "@acme.example").starts_with(word));
}
