#include "bot/cli/summary.hpp"

#include "bot/config/load.hpp"
#include "tests/support/config_sample.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

using namespace countersign;
using namespace std::chrono_literals;
using countersign::test::FakeMachine;

namespace {

Config minimal()
{
    LoadedConfig loaded = load_config("etc/countersign.toml", FakeMachine{}.surroundings());
    REQUIRE(loaded.config);
    return std::move(*loaded.config);
}

// The line about one thing, without its name.
std::string line(const Config& config, const std::string& name)
{
    const std::string text = summary_of(config);
    const auto begin = text.find("  " + name + ' ');
    REQUIRE(begin != std::string::npos);
    const auto value = begin + 2 + 18;
    return text.substr(value, text.find('\n', begin) - value);
}

}  // namespace

TEST_CASE("a configuration is summed up line by line", "[cli]")
{
    CHECK(
        summary_of(minimal()) ==
        "  listens on        127.0.0.1:8080 (plain HTTP: put a reverse proxy with TLS in front)\n"
        "  Slack             https://slack.com/api/ as app A0123 in T0123\n"
        "  signing secrets   1\n"
        "  approvals in      C0001\n"
        "  audit in          C0002\n"
        "  may ask           support: 1 user group; implementation: nobody\n"
        "  may decide        1 user group and 1 person\n"
        "  may audit         nobody\n"
        "  Auth0             https://example.eu.auth0.com/ (tenant example.eu.auth0.com)\n"
        "  connection        Username-Password-Authentication\n"
        "  may decide late   nobody\n"
        "  verification      0 methods, not required\n"
        "  password          sop, shown once within 15m\n"
        "  limits            an hour/a day: person 5/20, account 2/3, everybody 30/200 (0: none)\n"
        "  tiers             0 tiers\n"
        "  approval expires  after 4h\n"
        "  database          /var/lib/countersign/countersign.db\n"
        "  log level         info\n");
}

TEST_CASE("what is not as usual is in the summary too", "[cli]")
{
    Config config = minimal();
    config.server.host = "::1";
    config.server.tls = TlsFiles{"c.pem", "k.pem"};
    CHECK(line(config, "listens on") == "[::1]:8080 (TLS)");
    config.slack.api = http::Origin{"http", "::1", "9000", "/api/"};
    config.slack.team_ids.emplace_back("T9");
    CHECK(line(config, "Slack") == "http://[::1]:9000/api/ as app A0123 in T0123, T9");
    config.slack.api = http::Origin{"http", "127.0.0.1", "80", "/"};
    CHECK(line(config, "Slack") == "http://127.0.0.1/ as app A0123 in T0123, T9");
    config.slack.api = http::Origin{"https", "a.example", "80", "/"};
    CHECK(line(config, "Slack") == "https://a.example:80/ as app A0123 in T0123, T9");
    config.slack.support.users = {SlackUserId{"U1"}, SlackUserId{"U2"}};
    config.slack.support.groups.emplace_back("S9");
    config.slack.implementation.users = {SlackUserId{"U1"}};
    CHECK(line(config, "may ask") == "support: 2 user groups and 2 people; implementation: 1 person");
    config.slack.escalation.users = {SlackUserId{"U3"}};
    CHECK(line(config, "may decide late") == "1 person");
    config.slack.auditors.groups = {SlackGroupId{"S1"}, SlackGroupId{"S2"}};
    CHECK(line(config, "may audit") == "2 user groups");
    config.requests.verification.required = true;
    config.requests.verification.methods = {VerificationMethod{"a", "A"}};
    CHECK(line(config, "verification") == "1 method, required");
    config.requests.password.support = PasswordFormat::passphrase;
    config.requests.password.implementation = PasswordFormat::link;
    config.requests.password.reveal_within = 24h + 2h + 3min + 4s;
    CHECK(line(config, "password") == "sop, support: passphrase, implementation: ticket, shown once within 1d2h3m4s");
    config.requests.tiers.emplace_back();
    CHECK(line(config, "tiers") == "1 tier");
    config.requests.approval.expires_after = 90min;
    CHECK(line(config, "approval expires") == "after 1h30m");
    config.requests.approval.expires_after = 24h;
    CHECK(line(config, "approval expires") == "after 1d");
    config.requests.approval.expires_after = 1min;
    CHECK(line(config, "approval expires") == "after 1m");
    config.requests.limits.person = {0, 7};
    CHECK(line(config, "limits") == "an hour/a day: person 0/7, account 2/3, everybody 30/200 (0: none)");
}
