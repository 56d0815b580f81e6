#include "bot/config/load.hpp"
#include "tests/support/config_sample.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace countersign;
using namespace std::chrono_literals;
using countersign::test::FakeMachine;
using countersign::test::minimal_config;
using countersign::test::with;

namespace {

// A value other than the default for every key.
const std::string every_key = R"([server]
listen = "[::1]:8443"
tls_certificate = "c.pem"
tls_key = "k.pem"

[slack]
signing_secret_file = ["signing", "next"]
bot_token_file = "token"
api_url = "https://proxy.example.com:8443/slack/"
team_ids = ["T0001", "T0002"]
app_id = "A0123"

[slack.channels]
approvals = "C0001"
audit = "G0002"

[slack.groups]
support = ["S0001"]
implementation = ["S0002", "U0002"]
approvers = ["S0003"]
auditors = ["U0004"]
escalation = ["S0005"]

[auth0]
domain = "Example.eu.auth0.com"
base_url = "https://gateway.example.com/auth0/"
client_id = "client"
client_secret_file = "auth0"
connection = "Customers"

[request]
reason_required = true
ticket_required = true
ticket_pattern = "HD-#*"
ticket_example = "HD-1234"

[verification]
methods = ["Video with ID"]
required = true

[approval]
expires_after = "2h"
remind_after = "11m"
escalate_after = "12m"
mention = false

[limits]
person_an_hour = 11
person_a_day = 12
account_an_hour = 13
account_a_day = 14
everybody_an_hour = 15
everybody_a_day = 16
look_ups_an_hour = 17
look_twice_from = 18

[password]
format = "passphrase"
support_format = "ticket"
implementation_format = "sop"
reveal_within = "3m"
ticket_life = "4m"

[new_accounts]
connection = "Partners"
email_verified = true
verify_email = false

[after_change]
must_change = true
end_sessions = false
revoke_refresh_tokens = false
tell_owner = true

[storage]
url = "sqlite:///srv/c.db"

[log]
level = "warn"

[vault]
key_file = "vault"
)";

FakeMachine machine_with(const std::string& text)
{
    FakeMachine machine;
    machine.put("etc/countersign.toml", text);
    machine.put("etc/next", "0123456789abcdef");
    machine.put("etc/c.pem", "-----BEGIN CERTIFICATE-----\n");
    machine.put("etc/k.pem", "-----BEGIN PRIVATE KEY-----\n");
    return machine;
}

std::string complaints(const std::string& text)
{
    return load_config("etc/countersign.toml", machine_with(text).surroundings()).report.text();
}

Config accepted(const std::string& text)
{
    LoadedConfig loaded = load_config("etc/countersign.toml", machine_with(text).surroundings());
    REQUIRE(loaded.report.text() == "");
    REQUIRE(loaded.config);
    return std::move(*loaded.config);
}

}  // namespace

TEST_CASE("every key about servers and services goes to its own place", "[config]")
{
    const Config config = accepted(every_key);
    CHECK(config.server.host == "::1");
    CHECK(config.server.port == 8443);
    REQUIRE(config.server.tls);
    CHECK(config.server.tls->certificate == "etc/c.pem");
    CHECK(config.server.tls->key == "etc/k.pem");
    REQUIRE(config.slack.signing_secrets.size() == 2);
    CHECK(config.slack.signing_secrets[1].matches("0123456789abcdef"));
    CHECK(config.slack.api == http::Origin{"https", "proxy.example.com", "8443", "/slack/"});
    CHECK(config.slack.team_ids == std::vector{SlackTeamId{"T0001"}, SlackTeamId{"T0002"}});
    CHECK(config.slack.app_id == "A0123");
    CHECK(config.slack.approvals == ChannelId{"C0001"});
    CHECK(config.slack.audit == ChannelId{"G0002"});
    CHECK(config.slack.support.groups == std::vector{SlackGroupId{"S0001"}});
    CHECK(config.slack.implementation.groups == std::vector{SlackGroupId{"S0002"}});
    CHECK(config.slack.implementation.users == std::vector{SlackUserId{"U0002"}});
    CHECK(config.slack.approvers.groups == std::vector{SlackGroupId{"S0003"}});
    CHECK(config.slack.auditors.users == std::vector{SlackUserId{"U0004"}});
    CHECK(config.slack.escalation.groups == std::vector{SlackGroupId{"S0005"}});
    CHECK(config.auth0.domain == "example.eu.auth0.com");
    CHECK(config.auth0.base == http::Origin{"https", "gateway.example.com", "443", "/auth0/"});
    CHECK(config.auth0.client_id == "client");
    CHECK(config.auth0.connection == "Customers");
    CHECK(config.database == "/srv/c.db");
    CHECK(config.log_level == "warn");
}

TEST_CASE("every key about requests goes to its own place", "[config]")
{
    const RequestConfig requests = accepted(every_key).requests;
    CHECK(requests.fields.reason_required);
    CHECK(requests.fields.case_number_required);
    CHECK(requests.fields.case_number_pattern == "HD-#*");
    CHECK(requests.fields.ticket_example == "HD-1234");
    CHECK(requests.verification.required);
    REQUIRE(requests.verification.methods.size() == 1);
    CHECK(requests.verification.methods[0].id == "video_with_id");
    CHECK(requests.approval.expires_after == 2h);
    CHECK(requests.approval.remind_after == 11min);
    CHECK(requests.approval.escalate_after == 12min);
    CHECK_FALSE(requests.approval.mention);
    CHECK(requests.limits.look_ups.an_hour == 17);
    CHECK(requests.limits.look_twice_from == 18);
    CHECK(requests.limits.person.an_hour == 11);
    CHECK(requests.limits.person.a_day == 12);
    CHECK(requests.limits.account.an_hour == 13);
    CHECK(requests.limits.account.a_day == 14);
    CHECK(requests.limits.everybody.an_hour == 15);
    CHECK(requests.limits.everybody.a_day == 16);
    CHECK(requests.password.format == PasswordFormat::passphrase);
    CHECK(requests.password.support == PasswordFormat::link);
    CHECK(requests.password.implementation == PasswordFormat::sop);
    CHECK(requests.password.reveal_within == 3min);
    CHECK(requests.password.link_life == 4min);
    CHECK(requests.new_accounts.connection == "Partners");
    CHECK(requests.new_accounts.email_verified);
    CHECK_FALSE(requests.new_accounts.verify_email);
    CHECK(requests.after_change.must_change);
    CHECK_FALSE(requests.after_change.end_sessions);
    CHECK_FALSE(requests.after_change.revoke_tokens);
    CHECK(requests.after_change.tell_owner);
}

TEST_CASE("what is not said has the default that the sample names", "[config]")
{
    const Config config = accepted(minimal_config);
    const RequestConfig& requests = config.requests;
    CHECK_FALSE(requests.fields.reason_required);
    CHECK_FALSE(requests.fields.case_number_required);
    CHECK(requests.fields.case_number_pattern.empty());
    CHECK(requests.approval.remind_after == 30min);
    CHECK(requests.approval.escalate_after == 0s);
    CHECK(requests.approval.mention);
    CHECK(requests.limits.look_ups.an_hour == 30);
    CHECK(requests.limits.look_twice_from == 10);
    CHECK(requests.limits.person.a_day == 20);
    CHECK(requests.limits.account.an_hour == 2);
    CHECK(requests.limits.everybody.an_hour == 30);
    CHECK(requests.limits.everybody.a_day == 200);
    CHECK(requests.password.link_life == 1h);
    CHECK_FALSE(requests.password.support);
    CHECK_FALSE(requests.password.implementation);
    CHECK(requests.new_accounts.connection.empty());
    CHECK_FALSE(requests.new_accounts.email_verified);
    CHECK(requests.new_accounts.verify_email);
    CHECK(requests.after_change.revoke_tokens);
    CHECK(config.slack.escalation.empty());
}

TEST_CASE("a number or a time is taken up to its bounds and refused beyond", "[config]")
{
    struct Case
    {
        const char* section;
        const char* key;
        const char* least;
        const char* below;
        const char* most;
        const char* above;
    };
    const auto one = GENERATE(
        Case{"limits", "person_an_hour", "0", "-1", "1000000", "1000001"},
        Case{"limits", "person_a_day", "0", "-1", "1000000", "1000001"},
        Case{"limits", "account_an_hour", "0", "-1", "1000000", "1000001"},
        Case{"limits", "account_a_day", "0", "-1", "1000000", "1000001"},
        Case{"limits", "everybody_an_hour", "0", "-1", "1000000", "1000001"},
        Case{"limits", "everybody_a_day", "0", "-1", "1000000", "1000001"},
        Case{"limits", "look_ups_an_hour", "0", "-1", "1000000", "1000001"},
        Case{"limits", "look_twice_from", "0", "-1", "1000000", "1000001"},
        Case{"approval", "expires_after", "\"1m\"", "\"59s\"", "\"7d\"", "\"7d1s\""},
        Case{"approval", "remind_after", "\"0s\"", "\"-1s\"", "\"7d\"", "\"7d1s\""},
        Case{"password", "reveal_within", "\"1m\"", "\"59s\"", "\"24h\"", "\"24h1s\""},
        Case{"password", "ticket_life", "\"1m\"", "\"59s\"", "\"24h\"", "\"24h1s\""},
        Case{"[tier]", "approvals", "1", "0", "2", "3"},
        Case{"[tier]", "cooling", "\"0s\"", "\"-1s\"", "\"1h\"", "\"1h1s\""});
    CAPTURE(one.key);
    const auto told = [&one](const char* value) {
        const std::string tier = one.section[0] == '[' ? "name = \"x\"\nemails = [\"a@b.example\"]\n" : "";
        return complaints(minimal_config + '[' + one.section + "]\n" + tier + one.key + " = " + value + '\n');
    };
    CHECK(told(one.least) == "");
    CHECK(told(one.most) == "");
    const std::string begin = std::string{one.key} + ": must be a ";
    CHECK_THAT(told(one.below), Catch::Contains(begin));
    CHECK_THAT(told(one.above), Catch::Contains(begin));
}

TEST_CASE("an escalation comes before the request expires, at the latest one second before", "[config]")
{
    const auto told = [](const std::string& after) {
        return complaints(with(every_key, "escalate_after = \"12m\"", "escalate_after = \"" + after + '"'));
    };
    CHECK(told("1h59m59s") == "");
    CHECK_THAT(told("2h"), Catch::Contains("escalate_after: must be less than expires_after"));
    CHECK_THAT(told("7d1s"), Catch::Contains("escalate_after: must be a time"));
    // Never is no time: whoever would decide then is warned of.
    CHECK(
        told("0s") ==
        "etc/countersign.toml:17: warning: [slack.groups] escalation: decides nothing until [approval] escalate_after "
        "says when\n");
    CHECK(complaints(minimal_config + "[approval]\nescalate_after = \"0s\"\n") == "");
}

TEST_CASE("each level of the log is taken, and each is spelt in one way", "[config]")
{
    const std::string level = GENERATE("debug", "info", "warn", "error", "off");
    CHECK(accepted(minimal_config + "[log]\nlevel = \"" + level + "\"\n").log_level == level);
    CHECK_THAT(
        complaints(minimal_config + "[log]\nlevel = \"" + level + "s\"\n"),
        Catch::Contains("[log] level: must be one"));
}

TEST_CASE("a name is taken up to its longest, and refused beyond or when it could not be shown", "[config]")
{
    struct Case
    {
        const char* from;
        const char* key;
        std::size_t longest;
    };
    const auto one = GENERATE(
        Case{"connection = \"Customers\"", "connection", 128}, Case{"client_id = \"client\"", "client_id", 128},
        Case{"ticket_example = \"HD-1234\"", "ticket_example", 128},
        Case{"connection = \"Partners\"", "connection", 128}, Case{"methods = [\"Video with ID\"]", "methods", 75});
    CAPTURE(one.from);
    const bool is_list = std::string{one.from}.back() == ']';
    const auto told = [&](const std::string& value) {
        const std::string quoted = '"' + value + '"';
        return complaints(
            with(every_key, one.from, std::string{one.key} + " = " + (is_list ? '[' + quoted + ']' : quoted)));
    };
    CHECK(told(std::string(one.longest, 'x')) == "");
    CHECK_THAT(told(std::string(one.longest + 1, 'x')), Catch::Contains(std::string{one.key} + ": must be "));
    CHECK_THAT(told(""), Catch::Contains(std::string{one.key} + ": must be "));
}

TEST_CASE("a connection's name has no control character", "[config]")
{
    const auto name = GENERATE("a\\u001fb", "a\\u007fb", "\\n");
    CHECK_THAT(
        complaints(with(every_key, "\"Customers\"", '"' + std::string{name} + '"')),
        Catch::Contains("[auth0] connection: must be the name of a database connection"));
    CHECK(complaints(with(every_key, "\"Customers\"", "\"a b-\xC3\xA9\"")) == "");
}

TEST_CASE("up to 20 ways of verification are offered, and up to 100 entries read", "[config]")
{
    const auto list = [](int count, const std::string& prefix) {
        std::string text;
        for (int i = 0; i < count; ++i) text += (i > 0 ? ", \"" : "\"") + prefix + std::to_string(1000 + i) + '"';
        return '[' + text + ']';
    };
    const auto methods = [&](int count) {
        return complaints(with(every_key, "[\"Video with ID\"]", list(count, "Way ")));
    };
    CHECK(methods(20) == "");
    CHECK_THAT(methods(21), Catch::Contains("[verification] methods: has more than 20 entries"));
    const auto teams = [&](int count) {
        return complaints(with(every_key, "[\"T0001\", \"T0002\"]", list(count, "T")));
    };
    CHECK(teams(100) == "");
    CHECK_THAT(teams(101), Catch::Contains("[slack] team_ids: has more than 100 entries"));
}

TEST_CASE("up to 50 tiers are read", "[config]")
{
    const auto tiers = [](int count) {
        std::string text = minimal_config;
        for (int i = 0; i < count; ++i)
            text += "[[tier]]\nname = \"" + std::to_string(i) + "\"\nemails = [\"a@b.example\"]\n";
        return text;
    };
    CHECK(accepted(tiers(50)).requests.tiers.size() == 50);
    CHECK_THAT(complaints(tiers(51)), Catch::Contains("[tier]: stands there more than 50 times"));
}

TEST_CASE("domains are kept in lower case, from A to Z", "[config]")
{
    const Config config = accepted(
        with(minimal_config, "Example.eu.auth0.com", "AZaz09.example.com") +
        "[[tier]]\nname = \"x\"\ndomains = [\"AZaz09.example.com\"]\n");
    CHECK(config.auth0.domain == "azaz09.example.com");
    REQUIRE(config.requests.tiers.size() == 1);
    CHECK(config.requests.tiers[0].domains == std::vector<std::string>{"azaz09.example.com"});
}
