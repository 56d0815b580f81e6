#include "bot/config/values.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

using namespace countersign::config;
using namespace std::chrono_literals;

TEST_CASE("durations are whole numbers with units, added up", "[config]")
{
    CHECK(parse_duration("4h") == 4h);
    CHECK(parse_duration("1h30m") == 90min);
    CHECK(parse_duration("90m") == 90min);
    CHECK(parse_duration("1d2h3m4s") == 24h + 2h + 3min + 4s);
}

TEST_CASE("a text that is no duration is refused", "[config]")
{
    const auto text =
        GENERATE("", "4", "h", "-4h", "+4h", "4 h", "1.5h", "4h ", "4w", "4hm", "99999999999h", "4H", "0x4h");
    CHECK_FALSE(parse_duration(text).has_value());
}

TEST_CASE("a listening address is an IP address and a port", "[config]")
{
    CHECK(parse_listen("0.0.0.0:80")->host == "0.0.0.0");
    CHECK(parse_listen("[::1]:8443")->host == "::1");
    CHECK(parse_listen("localhost:8080")->host == "127.0.0.1");
    const auto text = GENERATE(
        "", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "::1:80", "[127.0.0.1]:80",
        "example.com:80", "127.0.0.1:80 ", "[]:80");
    CHECK_FALSE(parse_listen(text).has_value());
}

TEST_CASE("a database is the absolute path of a file", "[config]")
{
    CHECK(parse_sqlite_url("sqlite:///var/lib/c.db") == std::filesystem::path{"/var/lib/c.db"});
    CHECK(parse_sqlite_url("sqlite:////var/lib/c.db") == std::filesystem::path{"/var/lib/c.db"});
    const auto text = GENERATE(
        "", "sqlite://", "sqlite:///", "sqlite://c.db", "sqlite::memory:", "/var/lib/c.db", "sqlite:///var/lib/",
        "sqlite:///c.db?mode=memory", "sqlite:///c.db#x", "sqlite:///c\n.db", "SQLITE:///c.db");
    CHECK_FALSE(parse_sqlite_url(text).has_value());
}

TEST_CASE("an id of Slack begins with its letter and has capitals and digits only", "[config]")
{
    CHECK(is_slack_id("T024BE7LD", "T"));
    CHECK(is_slack_id("W0001", "SUW"));
    const auto text = GENERATE("", "T", "t024", "X024", "T02-4", "T024 ", "T024\n");
    CHECK_FALSE(is_slack_id(text, "T"));
    CHECK_FALSE(is_slack_id("T" + std::string(32, '0'), "T"));
}

TEST_CASE("a tenant's domain is a host and nothing else", "[config]")
{
    CHECK(is_domain("example.eu.auth0.com"));
    CHECK(is_domain("localhost:9443"));
    const auto text = GENERATE(
        "", "https://example.com", "example.com/", "a..b", ".example.com", "example.com.", "exa mple.com", "a:b", "a:0",
        "a:70000", "user@example.com", "-a.com");
    CHECK_FALSE(is_domain(text));
}

TEST_CASE("the edit distance counts a swap of neighbours as one", "[config]")
{
    CHECK(edit_distance("audit", "audit") == 0);
    CHECK(edit_distance("aduit", "audit") == 1);
    CHECK(edit_distance("approval", "approvals") == 1);
    CHECK(edit_distance("", "log") == 3);
    CHECK(edit_distance("listen", "log") == 5);
}

TEST_CASE("a value is taken up to its longest and refused beyond", "[config]")
{
    CHECK(is_slack_id("T" + std::string(31, '0'), "T"));
    CHECK(is_slack_id("T0", "T"));
    CHECK(is_slack_id("T9Z", "T"));
    CHECK(is_domain(std::string(253, 'a')));
    CHECK_FALSE(is_domain(std::string(254, 'a')));
    CHECK(is_domain("a"));
    CHECK(is_domain("A-1.z9"));
    CHECK_FALSE(is_domain("a.com-"));
    CHECK(is_domain("a:1"));
    CHECK(is_domain("a:65535"));
    CHECK_FALSE(is_domain("a:65536"));
    CHECK_FALSE(is_domain(":80"));
    CHECK(parse_listen("127.0.0.1:65535")->port == 65535);
    CHECK(parse_listen("127.0.0.1:0")->port == 0);
    CHECK(parse_listen("[::]:1")->host == "::");
    CHECK_FALSE(parse_listen("[::1:80"));
    CHECK_FALSE(parse_listen("::1]:80"));
    CHECK(parse_duration("4294967295s") == std::chrono::seconds{4'294'967'295});
    CHECK_FALSE(parse_duration("4294967296s"));
}

TEST_CASE("a token is printable and has no space", "[config]")
{
    CHECK(is_token("!~"));
    for (const char* text : {"", " ", "a b", "a\tb", "\x7f", "\xC3\xA9"}) CHECK_FALSE(is_token(text));
}

TEST_CASE("a database's path is made plain", "[config]")
{
    CHECK(parse_sqlite_url("sqlite:///var/../srv//c.db") == std::filesystem::path{"/srv/c.db"});
    CHECK(parse_sqlite_url("sqlite:///c\xC3\xA9 d.db") == std::filesystem::path{"/c\xC3\xA9 d.db"});
    CHECK_FALSE(parse_sqlite_url("sqlite:///c\x1f.db"));
    CHECK_FALSE(parse_sqlite_url(std::string_view{"sqlite:///c\0.db", 15}));
    CHECK_FALSE(parse_sqlite_url("sqlite:////"));
}

TEST_CASE("the edit distance counts each missing, added and wrong letter", "[config]")
{
    CHECK(edit_distance("log", "") == 3);
    CHECK(edit_distance("abc", "axc") == 1);
    CHECK(edit_distance("abc", "abxc") == 1);
    CHECK(edit_distance("abxc", "abc") == 1);
    CHECK(edit_distance("abcd", "badc") == 2);
    CHECK(edit_distance("ab", "cd") == 2);
    CHECK(edit_distance("ca", "abc") == 3);
}
