#include "bot/config/load.hpp"

#include "bot/config/keys.hpp"
#include "tests/support/config_sample.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using countersign::test::FakeMachine;
using countersign::test::minimal_config;
using countersign::test::with;

namespace {

LoadedConfig load(const FakeMachine& machine) { return load_config("etc/countersign.toml", machine.surroundings()); }

std::string complaints(const FakeMachine& machine)
{
    const LoadedConfig loaded = load(machine);
    CHECK(loaded.config.has_value() != loaded.report.has_mistakes());
    return loaded.report.text();
}

}  // namespace

TEST_CASE("secrets are read beside the configuration, without their line end", "[config]")
{
    const LoadedConfig loaded = load(FakeMachine{});
    REQUIRE(loaded.report.text() == "");
    REQUIRE(loaded.config.has_value());
    REQUIRE(loaded.config->slack.signing_secrets.size() == 1);
    CHECK(loaded.config->slack.signing_secrets[0].matches("8f742231b10e8888abcd99yyyzzz85a5"));
    CHECK(loaded.config->slack.bot_token.matches("xoxb-1-2-abc"));
    CHECK(loaded.config->auth0.client_secret.matches("client-secret"));
    CHECK(loaded.config->vault_key.matches(std::string(44, 'k') + '\n'));
}

TEST_CASE("several signing secrets are read in their order, for rotation", "[config]")
{
    FakeMachine machine;
    machine.put("etc/next", "0123456789abcdef");
    machine.put("etc/countersign.toml", with(minimal_config, "\"signing\"", "[\"next\", \"signing\"]"));
    const LoadedConfig loaded = load(machine);
    REQUIRE(loaded.config.has_value());
    REQUIRE(loaded.config->slack.signing_secrets.size() == 2);
    CHECK(loaded.config->slack.signing_secrets[0].matches("0123456789abcdef"));
}

TEST_CASE("an absolute path is not looked for beside the configuration", "[config]")
{
    FakeMachine machine;
    machine.put("/run/token", "xoxb-2");
    machine.put("etc/countersign.toml", with(minimal_config, "\"token\"", "\"/run/token\""));
    CHECK(load(machine).config->slack.bot_token.matches("xoxb-2"));
}

TEST_CASE("a secret that cannot be used is a mistake on the line that names it", "[config]")
{
    const auto [file, bytes, told] = GENERATE(table<std::string, std::string, std::string>({
        {"etc/signing", "", ":2: [slack] signing_secret_file: the file etc/signing is empty"},
        {"etc/signing", "\n", ":2: [slack] signing_secret_file: holds an empty secret"},
        {"etc/signing", "two\nlines\n", ":2: [slack] signing_secret_file: must hold one line"},
        {"etc/token", "xoxp-1-2", ":3: [slack] bot_token_file: holds no bot token: it must begin with xoxb-"},
        {"etc/token", "xoxb-1 ", ":3: [slack] bot_token_file: must hold one line without spaces"},
        {"etc/auth0", "\r\n", ":18: [auth0] client_secret_file: holds an empty secret"},
        {"etc/vault", "short", ":21: [vault] key_file: holds fewer than 32 bytes"},
    }));
    FakeMachine machine;
    machine.put(file, bytes);
    CHECK_THAT(complaints(machine), Catch::StartsWith("etc/countersign.toml" + told));
}

TEST_CASE("what was copied together with a secret is a warning, since nobody may change a secret", "[config]")
{
    const auto [file, bytes, told] = GENERATE(table<std::string, std::string, std::string>({
        {"etc/signing", "\"0123456789abcdef0123456789abcdef\"\n", "signing_secret_file: is in quotes"},
        {"etc/signing", "'0123456789abcdef0123456789abcdef'", "signing_secret_file: is in quotes"},
        {"etc/signing", "SLACK_SIGNING_SECRET=0123456789abcdef", "signing_secret_file: begins with a name and ="},
        {"etc/signing", "xoxb-1-2-abc", "signing_secret_file: looks like a token"},
        {"etc/signing", "xoxp-1-2-abc", "signing_secret_file: looks like a token"},
        {"etc/auth0", "\"client-secret\"", "client_secret_file: is in quotes"},
        {"etc/auth0", "AUTH0_CLIENT_SECRET=client-secret", "client_secret_file: begins with a name and ="},
    }));
    FakeMachine machine;
    machine.put(file, bytes);
    const LoadedConfig loaded = load(machine);
    CHECK(loaded.config);
    CHECK_THAT(loaded.report.text(), Catch::Contains(": warning: ") && Catch::Contains(told));
    CHECK_THAT(loaded.report.text(), !Catch::Contains("0123456789abcdef") && !Catch::Contains("client-secret"));
    // A secret that merely holds such signs is one.
    machine.put(file, "abcdef=");
    CHECK(load(machine).report.text() == "");
    machine.put(file, "abc-def=ghi'");
    CHECK(load(machine).report.text() == "");
}

TEST_CASE("a secret that cannot be read is a mistake that says why", "[config]")
{
    const auto [failure, told] = GENERATE(table<Errc, std::string>({
        {Errc::not_found, "does not exist"},
        {Errc::forbidden, "may not be read by this user"},
        {Errc::too_large, "is larger than 64 KiB"},
        {Errc::unsupported, "is no regular file; hand a pipe over as a descriptor, and write fd:N"},
        {Errc::unavailable, "cannot be read"},
    }));
    FakeMachine machine;
    machine.files["etc/token"].failure = failure;
    CHECK(complaints(machine) == "etc/countersign.toml:3: [slack] bot_token_file: the file etc/token " + told + "\n");
}

TEST_CASE("mistakes in the text and in the secrets are reported together", "[config]")
{
    FakeMachine machine;
    machine.files.erase("etc/token");
    machine.put("etc/countersign.toml", with(minimal_config, "A0123", "B0123"));
    const std::string told = complaints(machine);
    CHECK_THAT(told, Catch::Contains(":3: [slack] bot_token_file: the file etc/token does not exist"));
    CHECK_THAT(told, Catch::Contains(":5: [slack] app_id: "));
}

TEST_CASE("no report repeats a secret", "[config]")
{
    FakeMachine machine;
    for (const char* file : {"etc/signing", "etc/token", "etc/auth0", "etc/vault"}) machine.put(file, "canary secret");
    CHECK(complaints(machine).find("canary") == std::string::npos);
}

TEST_CASE("a secret on which others have any right is refused, with the command that takes it away", "[config]")
{
    const std::uint32_t right = GENERATE(040U, 020U, 010U, 04U, 02U, 01U);
    FakeMachine machine;
    machine.files["etc/token"].mode = 0600 | right;
    CHECK(
        complaints(machine) ==
        "etc/countersign.toml:3: [slack] bot_token_file: others than its owner have rights on etc/token; take them "
        "away "
        "with: chmod 600 etc/token\n");
}

TEST_CASE("a secret of another user, or in a folder where others may write, is refused; root's is not", "[config]")
{
    FakeMachine machine;
    machine.files["etc/token"].owner = 0;
    CHECK(complaints(machine) == "");
    machine.files["etc/token"].owner = 1001;
    CHECK(
        complaints(machine) ==
        "etc/countersign.toml:3: [slack] bot_token_file: etc/token belongs to another user (1001): take it over with: "
        "chown 1000 etc/token\n");
}

TEST_CASE("a credential comes from systemd's folder, whose group may read it, and nobody else", "[config]")
{
    FakeMachine machine;
    machine.put("etc/countersign.toml", with(minimal_config, "\"token\"", "\"credential:slack-token\""));
    CHECK_THAT(complaints(machine), Catch::Contains("CREDENTIALS_DIRECTORY is not set"));
    machine.environment["CREDENTIALS_DIRECTORY"] = "/run/credentials/c.service";
    machine.put("/run/credentials/c.service/slack-token", "xoxb-3");
    auto& file = machine.files["/run/credentials/c.service/slack-token"];
    file.owner = 0;
    file.mode = 0440;
    CHECK(complaints(machine) == "");
    CHECK(load(machine).config->slack.bot_token.matches("xoxb-3"));
    file.mode = GENERATE(0460U, 0444U, 0442U);
    CHECK_THAT(
        complaints(machine), Catch::Contains(":3: [slack] bot_token_file: others than its owner have rights on"));
}

TEST_CASE("a configuration that others could write, or exchange, is not read", "[config]")
{
    FakeMachine machine;
    machine.put("etc/countersign.toml", minimal_config + "nonsense");
    std::string told;
    SECTION("by its own rights")
    {
        machine.files["etc/countersign.toml"].mode = GENERATE(0664U, 0646U);
        told = "others than its owner may write etc/countersign.toml; take that away with: chmod go-w "
               "etc/countersign.toml";
    }
    SECTION("by those on its folder")
    {
        machine.folder_mode = GENERATE(0775U, 0757U);
        told = "others than its owner may write in etc; take that away with: chmod go-w etc";
    }
    SECTION("as everybody may make files beside it, though exchange only their own")
    {
        machine.folder_mode = 01777;
        told = "others may make files in etc: move it to a folder of its own, made with: install -d -m 700 FOLDER";
    }
    SECTION("as it is theirs")
    {
        machine.files["etc/countersign.toml"].owner = 1001;
        told =
            "etc/countersign.toml belongs to another user (1001): take it over with: chown 1000 etc/countersign.toml";
    }
    CHECK(complaints(machine) == "etc/countersign.toml:1: " + told + "\n");
}

TEST_CASE("a configuration that everybody may read is read", "[config]")
{
    FakeMachine machine;
    machine.files["etc/countersign.toml"].mode = 0644;
    CHECK(complaints(machine) == "");
}

TEST_CASE("a secret comes once from a descriptor, and from none that is not open", "[config]")
{
    FakeMachine machine;
    machine.put("etc/countersign.toml", with(minimal_config, "\"token\"", "\"fd:3\""));
    CHECK_THAT(complaints(machine), Catch::Contains(":3: [slack] bot_token_file: the descriptor 3 is not open"));
    machine.descriptors[3] = "";
    CHECK_THAT(complaints(machine), Catch::Contains("from the descriptor 3 nothing came"));
    machine.descriptors[3] = "xoxb-5\n";
    CHECK(complaints(machine) == "");
    CHECK(load(machine).config->slack.bot_token.matches("xoxb-5"));
    machine.put("etc/countersign.toml", with(machine.files["etc/countersign.toml"].bytes, "\"auth0\"", "\"fd:3\""));
    CHECK(
        complaints(machine) ==
        "etc/countersign.toml:18: [auth0] client_secret_file: the descriptor 3 was read already; "
        "give each secret one of its own\n");
}

TEST_CASE("what is no descriptor to read from is named", "[config]")
{
    FakeMachine machine;
    for (const int number : {0, 1, 2}) machine.descriptors[number] = "xoxb-5";
    const auto name = GENERATE("", "x", "-1", "1", "2", "3x", " 3", "99999999999");
    machine.put("etc/countersign.toml", with(minimal_config, "\"token\"", std::string{"\"fd:"} + name + '"'));
    CHECK_THAT(complaints(machine), Catch::Contains(":3: [slack] bot_token_file: names no descriptor; write fd:"));
    machine.put("etc/countersign.toml", with(minimal_config, "\"token\"", "\"fd:0\""));
    CHECK(complaints(machine) == "");
}

TEST_CASE("a credential's name does not lead out of its folder", "[config]")
{
    FakeMachine machine;
    machine.environment["CREDENTIALS_DIRECTORY"] = "/run/credentials";
    const auto name = GENERATE("", "..", ".", "../token", "a/b", "a b");
    machine.put("etc/countersign.toml", with(minimal_config, "\"token\"", std::string{"\"credential:"} + name + '"'));
    CHECK_THAT(complaints(machine), Catch::Contains("names no credential"));
}

TEST_CASE("a secret from the environment is used with a warning", "[config]")
{
    FakeMachine machine;
    machine.put("etc/countersign.toml", with(minimal_config, "\"token\"", "\"env:SLACK_TOKEN\""));
    CHECK_THAT(complaints(machine), Catch::Contains("the environment variable SLACK_TOKEN is not set"));
    machine.environment["SLACK_TOKEN"] = "xoxb-4";
    CHECK(load(machine).config->slack.bot_token.matches("xoxb-4"));
    CHECK_THAT(complaints(machine), Catch::Contains("warning: [slack] bot_token_file: the environment"));
}

TEST_CASE("a vault key may be binary, and is refused below 32 bytes", "[config]")
{
    FakeMachine machine;
    machine.put("etc/vault", std::string(31, '\x01') + '\0');
    CHECK(load(machine).config->vault_key.matches(std::string(31, '\x01') + '\0'));
    machine.put("etc/vault", std::string(31, '\x01'));
    CHECK_THAT(complaints(machine), Catch::Contains("[vault] key_file: holds fewer than 32 bytes"));
}

TEST_CASE("certificate and key must be there and be PEM", "[config]")
{
    FakeMachine machine;
    machine.put(
        "etc/countersign.toml", minimal_config + "[server]\ntls_certificate = \"c.pem\"\ntls_key = \"k.pem\"\n");
    CHECK_THAT(
        complaints(machine), Catch::Contains(":23: [server] tls_certificate: the file etc/c.pem does not exist"));
    CHECK_THAT(complaints(machine), Catch::Contains(":24: [server] tls_key: the file etc/k.pem does not exist"));
    machine.put("etc/c.pem", "no certificate");
    machine.put("etc/k.pem", "no key");
    CHECK_THAT(complaints(machine), Catch::Contains("holds no PEM certificate"));
    CHECK_THAT(complaints(machine), Catch::Contains("holds no PEM private key"));
    machine.put("etc/c.pem", "-----BEGIN CERTIFICATE-----\n");
    machine.put("etc/k.pem", "-----BEGIN PRIVATE KEY-----\n");
    CHECK(complaints(machine) == "");
    CHECK(load(machine).config->server.tls->key == "etc/k.pem");
}

TEST_CASE("a configuration that is not there is one mistake", "[config]")
{
    FakeMachine machine;
    machine.files.erase("etc/countersign.toml");
    CHECK(complaints(machine) == "etc/countersign.toml:1: there is no such file\n");
}

TEST_CASE("a configuration that cannot be read is one mistake that says why", "[config]")
{
    const auto [failure, told] = GENERATE(table<Errc, std::string>({
        {Errc::not_found, "there is no such file"},
        {Errc::forbidden, "this user may not read the file"},
        {Errc::too_large, "the file is larger than 64 KiB"},
        {Errc::unsupported, "it is no regular file"},
        {Errc::unavailable, "the file cannot be read"},
    }));
    FakeMachine machine;
    machine.files["etc/countersign.toml"].failure = failure;
    CHECK(complaints(machine) == "etc/countersign.toml:1: " + told + "\n");
}

TEST_CASE("each secret goes to its own place, and each is checked on its own line", "[config]")
{
    FakeMachine machine;
    machine.put("etc/signing", "signing-secret");
    machine.put("etc/token", "xoxb-token");
    machine.put("etc/auth0", "auth0-secret");
    machine.put("etc/vault", std::string(32, 'v'));
    const auto loaded = load(machine);
    REQUIRE(loaded.config);
    CHECK(loaded.config->slack.signing_secrets.at(0).matches("signing-secret"));
    CHECK(loaded.config->slack.bot_token.matches("xoxb-token"));
    CHECK(loaded.config->auth0.client_secret.matches("auth0-secret"));
    CHECK(loaded.config->vault_key.matches(std::string(32, 'v')));
    for (auto& [name, file] : machine.files) file.mode = 0644;
    const std::string told = load(machine).report.text();
    for (const char* place :
         {":2: [slack] signing_secret_file: ", ":3: [slack] bot_token_file: ", ":18: [auth0] client_secret_file: ",
          ":21: [vault] key_file: "})
        CHECK_THAT(told, Catch::Contains(place));
    CHECK(std::count(told.begin(), told.end(), '\n') == 4);
}

TEST_CASE("what names no source of a secret is a mistake", "[config]")
{
    const auto [source, told] = GENERATE(table<std::string, std::string>({
        {"", "must be the path of a file, credential:NAME or fd:N"},
        {"a\\u0000b", "must be the path of a file, credential:NAME or fd:N"},
        {"env:", "names no environment variable"},
        {"env:A B", "names no environment variable"},
    }));
    FakeMachine machine;
    machine.environment["A B"] = "xoxb-1";
    machine.environment[""] = "xoxb-1";
    machine.put("etc/countersign.toml", with(minimal_config, "\"token\"", '"' + source + '"'));
    CHECK_THAT(complaints(machine), Catch::Contains(":3: [slack] bot_token_file: " + told));
}

TEST_CASE("a key of TLS is a secret, its certificate is public, but nobody else's", "[config]")
{
    FakeMachine machine;
    machine.environment["CREDENTIALS_DIRECTORY"] = "/run/c";
    for (const char* folder : {"etc/", "/run/c/"})
    {
        machine.put(std::string{folder} + "c.pem", "-----BEGIN CERTIFICATE-----\n");
        machine.put(std::string{folder} + "k.pem", "-----BEGIN RSA PRIVATE KEY-----\n");
        machine.files[std::string{folder} + "c.pem"].mode = 0644;
        machine.files[std::string{folder} + "k.pem"].mode = 0640;
    }
    const auto told = [&machine](const std::string& prefix) {
        machine.put(
            "etc/countersign.toml",
            minimal_config + "[server]\ntls_certificate = \"" + prefix + "c.pem\"\ntls_key = \"" + prefix +
                "k.pem\"\n");
        return complaints(machine);
    };
    CHECK(
        told("") ==
        "etc/countersign.toml:24: [server] tls_key: others than its owner have rights on etc/k.pem; take "
        "them away with: chmod 600 etc/k.pem\n");
    CHECK(told("credential:") == "");
    CHECK(load(machine).config->server.tls->certificate == "/run/c/c.pem");
    CHECK(load(machine).config->server.tls->key == "/run/c/k.pem");
    machine.files["/run/c/c.pem"].mode = 0664;
    CHECK_THAT(complaints(machine), Catch::Contains(":23: [server] tls_certificate: others than its owner may write"));
    machine.put("/run/c/k.pem", "");
    CHECK_THAT(complaints(machine), Catch::Contains(":24: [server] tls_key: the file /run/c/k.pem is empty"));
    CHECK_THAT(told("fd:3"), Catch::Contains(":24: [server] tls_key: must be the path of a file, or credential:NAME"));
}

TEST_CASE("a report tells its findings in the order of their lines, and those of a line as they were found", "[config]")
{
    ConfigReport report{"f"};
    CHECK_FALSE(report.has_mistakes());
    CHECK(report.text() == "");
    report.warning(9, "a", {}, "one");
    CHECK_FALSE(report.has_mistakes());
    report.mistake(3, "a", "b", "two");
    report.mistake(3, {}, "b", "three");
    report.warning(1, {}, {}, "four");
    CHECK(report.has_mistakes());
    CHECK(report.text() == "f:1: warning: four\nf:3: [a] b: two\nf:3: b: three\nf:9: warning: [a]: one\n");
}

TEST_CASE("one half of TLS is a mistake and not read", "[config]")
{
    FakeMachine machine;
    machine.put("etc/c.pem", "-----BEGIN CERTIFICATE-----\n");
    machine.put("etc/k.pem", "-----BEGIN PRIVATE KEY-----\n");
    const auto told = [&machine](const std::string& lines) {
        machine.put("etc/countersign.toml", minimal_config + "[server]\n" + lines);
        return complaints(machine);
    };
    CHECK(
        told("tls_certificate = \"c.pem\"\n") ==
        "etc/countersign.toml:23: [server] tls_certificate: needs tls_key beside it\n");
    CHECK(
        told("tls_key = \"k.pem\"\n") ==
        "etc/countersign.toml:23: [server] tls_key: needs tls_certificate beside it\n");
    // Both are named, and one of them is not there.
    CHECK(
        told("tls_certificate = \"c.pem\"\ntls_key = \"none\"\n") ==
        "etc/countersign.toml:24: [server] tls_key: the file etc/none does not exist\n");
    CHECK(
        told("tls_certificate = \"none\"\ntls_key = \"k.pem\"\n") ==
        "etc/countersign.toml:23: [server] tls_certificate: the file etc/none does not exist\n");
    const std::string unset = "CREDENTIALS_DIRECTORY is not set: start under systemd with LoadCredential=\n";
    CHECK(
        told("tls_certificate = \"c.pem\"\ntls_key = \"credential:k\"\n") ==
        "etc/countersign.toml:24: [server] tls_key: " + unset);
    CHECK(
        told("tls_certificate = \"credential:c\"\ntls_key = \"k.pem\"\n") ==
        "etc/countersign.toml:23: [server] tls_certificate: " + unset);
}

TEST_CASE("a vault key that is not there is one mistake", "[config]")
{
    FakeMachine machine;
    machine.files.erase("etc/vault");
    CHECK(complaints(machine) == "etc/countersign.toml:21: [vault] key_file: the file etc/vault does not exist\n");
}

TEST_CASE("an empty variable of the environment is no secret", "[config]")
{
    FakeMachine machine;
    machine.environment["SLACK_TOKEN"] = "";
    machine.put("etc/countersign.toml", with(minimal_config, "\"token\"", "\"env:SLACK_TOKEN\""));
    CHECK_THAT(complaints(machine), Catch::Contains(":3: [slack] bot_token_file: holds an empty secret"));
}
