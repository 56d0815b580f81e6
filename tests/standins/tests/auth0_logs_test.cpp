#include "tests/standins/tests/auth0_support.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace standins;
using namespace standins::auth0;
using namespace standins::auth0::test;

namespace {

std::string path_of(const std::string& user_id) { return "/api/v2/users/auth0%7C" + user_id.substr(6); }

const json::object* last_of(const json::value& records, std::string_view type)
{
    const json::object* found = nullptr;
    for (const json::value& record : records.as_array())
        if (json::value_to<std::string>(record.at("type")) == type) found = &record.as_object();
    return found;
}

}  // namespace

TEST_CASE("a password change is logged with its correlation id and without the password", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    fixture.client.correlation_id = std::string(70, 'x');
    fixture.client.patch(path_of(id), R"({"password":"New-Password-2","app_metadata":{"a":1}})");
    fixture.client.now += 1000;
    const auto logs = fixture.client.get("/api/v2/logs?from=&take=100");
    const auto* record = last_of(logs.body, "sapi");
    REQUIRE(record != nullptr);
    const json::value shown(*record);  // parentheses: braces would make an array
    const auto at = [&](const char* pointer) {
        json::error_code missing;
        const auto* value = shown.find_pointer(pointer, missing);
        return value != nullptr ? json::serialize(*value) : std::string{};
    };
    CHECK(at("/references/correlation_id") == "\"" + std::string(64, 'x') + "\"");
    CHECK(at("/details/request/method") == "\"patch\"");
    CHECK(at("/details/request/path") == "\"" + path_of(id) + "\"");
    CHECK(at("/details/request/channel") == "\"api\"");
    CHECK(at("/details/request/body/password") == "\"*****\"");
    CHECK(at("/details/response/statusCode") == "200");
    CHECK(at("/user_id") == "null");  // the target is in the path only
    CHECK(json::value_to<std::string>(record->at("log_id")).size() == 56);
    CHECK(fixture.tenant.log_json().find("New-Password-2") == std::string::npos);
    CHECK(fixture.tenant.snapshot(start).find("New-Password-2") == std::string::npos);
    CHECK(fixture.tenant.snapshot(start).find("bot-secret") == std::string::npos);
    CHECK(last_of(logs.body, "scp") == nullptr);
}

TEST_CASE("a refused write leaves no record", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    fixture.client.patch(path_of(id), R"({"password":"weak"})");
    fixture.client.now += 1000;
    CHECK(last_of(fixture.client.get("/api/v2/logs?from=&take=100").body, "sapi") == nullptr);
}

TEST_CASE("a create is logged twice, as a call and as a sign-up", "[auth0]")
{
    auto options = bot_options();
    options.logs_scp = true;
    Fixture fixture{options};
    const auto created = fixture.client.post(
        "/api/v2/users",
        R"({"connection":"Username-Password-Authentication","email":"ada@example.com","password":"Fine-Pass-1"})");
    fixture.client.patch(path_of(created.text("/user_id")), R"({"password":"New-Password-2"})");
    fixture.client.now += 1000;
    const auto logs = fixture.client.get("/api/v2/logs?from=&take=100");
    CHECK(last_of(logs.body, "sapi") != nullptr);
    CHECK(last_of(logs.body, "ss") != nullptr);
    CHECK(last_of(logs.body, "scp") != nullptr);
    const auto own = fixture.client.get(path_of(created.text("/user_id")) + "/logs?per_page=2");
    CHECK(own.body.as_array().size() == 2);
    CHECK(own.header("link").find("<http://acme.eu.auth0.com/api/v2/users/auth0%7C") == 0);
}

TEST_CASE("records appear after the ingestion delay and go with the retention", "[auth0]")
{
    auto options = bot_options();
    options.log_delay_ms = 5000;
    options.log_retention_ms = 3600'000;
    options.token_lifetime_s = 100'000;
    Fixture fixture{options};
    fixture.client.patch(path_of(fixture.add("ada@example.com")), R"({"blocked":true})");
    const auto count = [&](TimeMs now) {
        fixture.client.now = now;
        return fixture.client.get("/api/v2/logs?q=type%3A%22sapi%22").body.as_array().size();
    };
    CHECK(count(start + 4000) == 0);
    CHECK(count(start + 6000) == 1);
    CHECK(count(start + 3700'000) == 0);
}

TEST_CASE("a checkpoint walks the log without gap or repeat, and waits at its end", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    for (int i = 0; i < 5; ++i) fixture.client.patch(path_of(id), R"({"blocked":true})");
    fixture.client.now += 1000;
    std::string target = "/api/v2/logs?from=&take=2";
    std::string previous;
    std::size_t seen = 0;
    for (int page = 0; page < 4; ++page)
    {
        const auto answer = fixture.client.get(target);
        for (const json::value& record : answer.body.as_array())
        {
            const auto log_id = json::value_to<std::string>(record.at("log_id"));
            CHECK(log_id > previous);
            previous = log_id;
            ++seen;
        }
        const std::string link = answer.header("link");
        const std::string host = "<http://acme.eu.auth0.com";
        REQUIRE(link.starts_with(host));
        const std::string next = link.substr(host.size(), link.find('>') - host.size());
        if (answer.body.as_array().empty()) CHECK(next == target);
        target = next;
    }
    CHECK(seen == 6);  // the token's record and five writes
    CHECK(fixture.client.get("/api/v2/logs?from=&take=101").status == 400);
}

TEST_CASE("the log search pages, counts and finds one record by its id", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    for (int i = 0; i < 3; ++i) fixture.client.patch(path_of(id), R"({"blocked":true})");
    fixture.client.now += 1000;
    const auto page = fixture.client.get("/api/v2/logs?per_page=2&include_totals=true&q=type:sapi+AND+client_id:bot");
    CHECK(page.body.at("total").as_int64() == 3);
    CHECK(page.body.at("length").as_int64() == 2);
    const std::string newest = page.text("/logs/0/log_id");
    CHECK(newest > page.text("/logs/1/log_id"));
    CHECK(fixture.client.get("/api/v2/logs/" + newest).text("/type") == "sapi");
    CHECK(fixture.client.get("/api/v2/logs/900").status == 404);
    CHECK(fixture.client.get("/api/v2/logs?q=type:sapi+AND+date:[2027-01-01+TO+*]").body.as_array().empty());
    CHECK(fixture.client.get("/api/v2/logs?q=type:seccft+OR+type:sapi").body.as_array().size() == 4);
    CHECK(fixture.client.get("/api/v2/logs?q=NOT+type:sapi").body.as_array().size() == 1);
}

TEST_CASE("a change made in the dashboard names its administrator", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    fixture.tenant.set_password_in_dashboard(id, "By-Hand-99", "admin@acme.com", start);
    const auto records = json::parse(fixture.tenant.log_json());
    const auto* record = last_of(records, "sapi");
    REQUIRE(record != nullptr);
    CHECK(
        json::serialize(record->at("details").at("request").at("auth").at("user")).find("admin@acme.com") !=
        std::string::npos);
    CHECK(record->find("references") == record->end());
    CHECK(fixture.tenant.accepts(id, "By-Hand-99"));
}
