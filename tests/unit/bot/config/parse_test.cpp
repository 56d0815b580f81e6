#include "bot/config/parse.hpp"

#include "tests/support/config_sample.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using countersign::config::parse_config;
using countersign::test::minimal_config;
using countersign::test::with;

namespace {

std::string complaints(const std::string& text)
{
    ConfigReport report{"f.toml"};
    parse_config(text, report);
    return report.text();
}

Config accepted(const std::string& text)
{
    ConfigReport report{"f.toml"};
    auto draft = parse_config(text, report);
    REQUIRE(report.text() == "");
    return std::move(draft.config);
}

}  // namespace

TEST_CASE("a configuration with only the demanded keys has the documented defaults", "[config]")
{
    const Config config = accepted(minimal_config);
    CHECK(config.server.host == "127.0.0.1");
    CHECK(config.server.port == 8080);
    CHECK_FALSE(config.server.tls.has_value());
    CHECK(config.slack.api == http::Origin{"https", "slack.com", "443", "/api/"});
    CHECK(config.auth0.domain == "example.eu.auth0.com");
    CHECK(config.auth0.base == http::Origin{"https", "example.eu.auth0.com", "443", "/"});
    CHECK(config.auth0.connection == "Username-Password-Authentication");
    CHECK(config.requests.password.format == PasswordFormat::sop);
    CHECK(config.requests.approval.expires_after == std::chrono::hours{4});
    CHECK(config.database == "/var/lib/countersign/countersign.db");
    CHECK(config.log_level == "info");
    CHECK(config.slack.implementation.empty());
    CHECK(config.slack.auditors.empty());
}

TEST_CASE("group ids and user ids of one role are told apart", "[config]")
{
    const Config config = accepted(with(minimal_config, R"("U0003")", R"("U0003", "W0004")"));
    CHECK(config.slack.approvers.groups == std::vector{SlackGroupId{"S0002"}});
    CHECK(config.slack.approvers.users == std::vector{SlackUserId{"U0003"}, SlackUserId{"W0004"}});
}

TEST_CASE("every key that is given is taken over", "[config]")
{
    const Config config = accepted(
        minimal_config +
        "[server]\nlisten = \"[::1]:0\"\n[password]\nformat = \"sop\"\n[approval]\nexpires_after = \"1h30m\"\n"
        "[storage]\nurl = \"sqlite:///tmp/some folder/c.db\"\n[log]\nlevel = \"debug\"\n");
    CHECK(config.server.host == "::1");
    CHECK(config.server.port == 0);
    CHECK(config.requests.approval.expires_after == std::chrono::minutes{90});
    CHECK(config.database == "/tmp/some folder/c.db");
    CHECK(config.log_level == "debug");
}

TEST_CASE("implementation alone may ask for resets", "[config]")
{
    CHECK(complaints(with(minimal_config, "support", "implementation")) == "");
}

TEST_CASE("an empty list of somebody optional means nobody", "[config]")
{
    CHECK(complaints(with(minimal_config, "support = [\"S0001\"]", "support = [\"S0001\"]\nauditors = []")) == "");
    CHECK(
        complaints(with(minimal_config, "support = [\"S0001\"]", "support = []")) ==
        "f.toml:11: [slack.groups]: nobody may ask for a reset; write support = [\"S...\"] or implementation = "
        "[\"S...\"]\n");
}

TEST_CASE("every demanded key that is missing is reported with an example", "[config]")
{
    const auto name = GENERATE(
        "signing_secret_file", "bot_token_file", "team_ids", "app_id", "approvals", "audit", "approvers", "domain",
        "client_id", "client_secret_file", "key_file");
    const std::string told = complaints(with(minimal_config, std::string{"\n"} + name, std::string{"\n#"} + name));
    CHECK_THAT(told, Catch::Contains(std::string{"] "} + name + ": is missing; write for example " + name + " = "));
}

TEST_CASE("an empty file is told all that it lacks at once", "[config]")
{
    const std::string told = complaints("");
    CHECK(std::count(told.begin(), told.end(), '\n') == 12);
}

TEST_CASE("values that do not fit are refused with the line they stand on", "[config]")
{
    struct Case
    {
        const char* from;
        const char* to;
        const char* told;
    };
    const auto one = GENERATE(
        Case{"[\"T0123\"]", "[\"t0123\"]", "f.toml:4: [slack] team_ids: must be a workspace id"},
        Case{"[\"T0123\"]", "[]", "f.toml:4: [slack] team_ids: must not be empty"},
        Case{"[\"T0123\"]", "\"T0123\"", "f.toml:4: [slack] team_ids: must be a list of strings"},
        Case{"[\"T0123\"]", "[\"T0123\", 5]", "f.toml:4: [slack] team_ids: must be a list of strings"},
        Case{"\"A0123\"", "5", "f.toml:5: [slack] app_id: must be a string in quotes"},
        Case{"\"A0123\"", "\"B0123\"", "f.toml:5: [slack] app_id: must be the app's id"},
        Case{"\"C0001\"", "\"#approvals\"", "f.toml:8: [slack.channels] approvals: must be a channel's id"},
        Case{"\"C0002\"", "\"D0002\"", "f.toml:9: [slack.channels] audit: must be a channel's id"},
        Case{"\"C0002\"", "\"C0001\"", "f.toml:9: warning: [slack.channels] audit: is the approvals channel too"},
        Case{"\"U0003\"", "\"@lead\"", "f.toml:13: [slack.groups] approvers: must be a user group's id"},
        Case{"[\"S0002\", \"U0003\"]", "[]", "f.toml:13: [slack.groups] approvers: must not be empty"},
        Case{
            "Example.eu.auth0.com", "https://example.eu.auth0.com/", "f.toml:16: [auth0] domain: must be the tenant's"},
        Case{"\"client\"", "\"a b\"", "f.toml:17: [auth0] client_id: must be the application's client id"});
    CHECK_THAT(complaints(with(minimal_config, one.from, one.to)), Catch::StartsWith(one.told));
}

TEST_CASE("optional values that do not fit are refused", "[config]")
{
    const auto [section, line, told] = GENERATE(table<std::string, std::string, std::string>({
        {"server", "listen = \"example.com:80\"", "[server] listen: must be an IP address and a port"},
        {"server", "tls_key = \"k.pem\"", "[server] tls_key: needs tls_certificate beside it"},
        {"server", "tls_certificate = \"c.pem\"", "[server] tls_certificate: needs tls_key beside it"},
        {"server", "tls_key = \"env:K\"\ntls_certificate = \"c.pem\"", "[server] tls_key: must be the path of a file"},
        {"password", "format = \"md5\"", "[password] format: must be \"sop\", \"passphrase\""},
        {"approval", "expires_after = \"59s\"", "[approval] expires_after: must be a time from \"1m\" to \"7d\""},
        {"approval", "expires_after = \"7d1s\"", "[approval] expires_after: must be a time from \"1m\" to \"7d\""},
        {"approval", "expires_after = 4", "[approval] expires_after: must be a string in quotes"},
        {"storage", "url = \"postgresql://db/c\"", "[storage] url: must be sqlite:/// and the absolute path"},
        {"log", "level = \"loud\"", "[log] level: must be one of debug, info, warn, error, off"},
    }));
    CHECK_THAT(complaints(minimal_config + '[' + section + "]\n" + line + '\n'), Catch::Contains(told));
}

TEST_CASE("plain http is accepted towards loopback only", "[config]")
{
    const auto slack = [](const std::string& url) {
        return complaints(with(minimal_config, "app_id", "api_url = \"" + url + "\"\napp_id"));
    };
    CHECK(slack("http://127.0.0.1:9000/api/") == "");
    CHECK(slack("http://[::1]:9000/api") == "");
    CHECK(slack("https://proxy.example.com/api/") == "");
    CHECK_THAT(slack("http://slack.com/api/"), Catch::Contains("[slack] api_url: is http:// to another machine"));
    CHECK_THAT(slack("ftp://slack.com/"), Catch::Contains("[slack] api_url: must be an https:// URL"));
    CHECK_THAT(slack("https://user@slack.com/"), Catch::Contains("must be an https:// URL"));
    CHECK_THAT(
        complaints(with(minimal_config, "client_id", "base_url = \"http://10.0.0.1/\"\nclient_id")),
        Catch::Contains("f.toml:17: [auth0] base_url: is http:// to another machine"));
}

TEST_CASE("what a configuration does not know is reported with what was meant", "[config]")
{
    struct Case
    {
        const char* from;
        const char* to;
        const char* told;
    };
    const auto one = GENERATE(
        Case{"app_id", "ap_id", "f.toml:5: [slack] 'ap_id': is no key of this section; did you mean app_id?"},
        Case{"app_id", "listen", "f.toml:5: [slack] 'listen': is no key of this section; move it below [server]"},
        Case{"app_id", "zzzzzz", "f.toml:5: [slack] 'zzzzzz': is no key of this section; remove it"},
        Case{
            "[slack.groups]", "[slack.group]",
            "f.toml:11: 'slack.group' is no section of this file; did you mean [slack.groups]?"},
        Case{"[vault]", "[valut]", "f.toml:20: 'valut' is no section of this file; did you mean [vault]?"},
        Case{
            "[slack]", "level = \"info\"\n[slack]",
            "f.toml:1: 'level': stands outside of every section; move it below [log]"},
        Case{"[slack]", "log = 3\n[slack]", "f.toml:1: [log]: must be a section"});
    CHECK_THAT(complaints(with(minimal_config, one.from, one.to)), Catch::Contains(one.told));
}

TEST_CASE("a text that is no TOML is reported once, with its line", "[config]")
{
    const std::string told = complaints("[slack]\napp_id = \n");
    CHECK_THAT(told, Catch::StartsWith("f.toml:2: is not TOML: "));
    CHECK(std::count(told.begin(), told.end(), '\n') == 1);
    CHECK_THAT(complaints("[slack]\n[slack]\n"), Catch::StartsWith("f.toml:2: is not TOML: "));
}

TEST_CASE("words from the file cannot draw on the terminal", "[config]")
{
    const std::string told = complaints("[\"\\u001b[2J\"]\n");
    CHECK(told.find('\x1b') == std::string::npos);
    CHECK_THAT(told, Catch::Contains("'?[2J'"));
}

TEST_CASE("a long word from the file is shown cut", "[config]")
{
    const std::string sixty(60, 'x');
    CHECK_THAT(complaints('[' + sixty + "]\n"), Catch::Contains('\'' + sixty + "' is no section"));
    CHECK_THAT(complaints('[' + sixty + "y]\n"), Catch::Contains('\'' + sixty + "...' is no section"));
    CHECK_THAT(complaints("[\"a\\u007fb\xC3\xA9\"]\n"), Catch::Contains("'a?b\xC3\xA9' is no section"));
}

TEST_CASE("what was probably meant is guessed only when it is near", "[config]")
{
    // Of a short word one letter may be wrong, of a longer one a third.
    CHECK_THAT(complaints("[lgo]\n"), Catch::Contains("'lgo' is no section of this file; did you mean [log]?"));
    CHECK_THAT(complaints("[xx]\n"), Catch::Contains("'xx' is no section of this file; remove it"));
    CHECK_THAT(complaints("[seXXXr]\n"), Catch::Contains("'seXXXr' is no section of this file; remove it"));
    CHECK_THAT(complaints("[seXXer]\n"), Catch::Contains("did you mean [server]?"));
    // Of several that are near, the nearest, wherever it stands.
    CHECK_THAT(complaints("[limits]\neverybody_an_hou = 1\n"), Catch::Contains("did you mean everybody_an_hour?"));
    CHECK_THAT(complaints("[limits]\neverybody_a_da = 1\n"), Catch::Contains("did you mean everybody_a_day?"));
    CHECK_THAT(complaints("nowhere = 1\n"), Catch::Contains("'nowhere': stands outside of every section; remove it"));
}

TEST_CASE("a key that is missing is reported at its section, or at the beginning where that is missing too", "[config]")
{
    CHECK_THAT(
        complaints(with(minimal_config, "client_id", "#client_id")),
        Catch::Contains("f.toml:15: [auth0] client_id: is"));
    CHECK_THAT(
        complaints(with(minimal_config, "[vault]\nkey_file = \"vault\"", "")),
        Catch::Contains("f.toml:1: [vault] key_file"));
}

TEST_CASE("a section below another one, or below a key, is unknown", "[config]")
{
    CHECK_THAT(complaints(minimal_config + "[vault.inner]\n"), Catch::Contains("'vault.inner' is no section"));
    CHECK_THAT(complaints("[slack.app_id]\na = 1\n"), Catch::Contains("[slack] app_id: must be a string in quotes"));
}

TEST_CASE("a signing secret's file is one string or a list of them, and not an empty list", "[config]")
{
    CHECK(complaints(with(minimal_config, "\"signing\"", "[\"signing\"]")) == "");
    CHECK_THAT(
        complaints(with(minimal_config, "\"signing\"", "[]")),
        Catch::Contains("[slack] signing_secret_file: must not be empty"));
    CHECK_THAT(
        complaints(with(minimal_config, "\"signing\"", "5")),
        Catch::Contains("[slack] signing_secret_file: must be a list of strings"));
}
