#include "tests/standins/tests/auth0_support.hpp"

#include <catch2/catch.hpp>

using namespace standins;
using namespace standins::auth0;
using namespace standins::auth0::test;

namespace {

constexpr const char* database = "Username-Password-Authentication";

std::string path_of(std::string user_id)
{
    user_id.replace(user_id.find('|'), 1, "%7C");
    return "/api/v2/users/" + user_id;
}

}  // namespace

TEST_CASE("by-email is exact: database addresses are lower-cased, those of others kept", "[auth0]")
{
    Fixture fixture;
    fixture.add("Ada.Lovelace@Example.com");
    UserSpec social;
    social.connection = "google-oauth2";
    social.email = "Emmy@Example.com";
    fixture.tenant.add_user(social, start);

    const auto count = [&](const std::string& email) {
        return fixture.client.get("/api/v2/users-by-email?email=" + email).body.as_array().size();
    };
    CHECK(count("ada.lovelace%40example.com") == 1);
    CHECK(count("Ada.Lovelace%40Example.com") == 0);
    CHECK(count("Emmy%40Example.com") == 1);
    CHECK(count("emmy%40example.com") == 0);
    CHECK(fixture.client.get("/api/v2/users-by-email").status == 400);
    CHECK(fixture.client.get("/api/v2/users-by-email?email=a+b%40example.com").status == 400);  // + is a space
}

TEST_CASE("a new user gets Auth0's defaults and no last_password_reset", "[auth0]")
{
    Fixture fixture;
    const auto created = fixture.client.post(
        "/api/v2/users",
        R"({"connection":"Username-Password-Authentication","email":"Grace@Example.com","password":"Cobol-1959-x",
            "given_name":"Grace","family_name":"Hopper"})");
    REQUIRE(created.status == 201);
    CHECK(created.text("/email") == "grace@example.com");
    CHECK(created.text("/name") == "grace@example.com");
    CHECK(created.text("/nickname") == "grace");
    CHECK_FALSE(created.has("/last_password_reset"));
    CHECK_FALSE(created.has("/password"));
    CHECK(fixture.tenant.accepts(created.text("/user_id"), "Cobol-1959-x"));

    const auto again = fixture.client.post(
        "/api/v2/users",
        R"({"connection":"Username-Password-Authentication","email":"grace@example.com","password":"Cobol-1959-x"})");
    CHECK(again.status == 409);
    CHECK(again.text("/errorCode") == "auth0_idp_error");
}

TEST_CASE("a create is refused in the contract's words", "[auth0]")
{
    Fixture fixture;
    const auto create = [&](const std::string& body) { return fixture.client.post("/api/v2/users", body); };
    const std::string head = R"({"connection":"Username-Password-Authentication","email":"a@example.com")";

    CHECK(create(head + R"(,"password":"weak"})").text("/message") == "PasswordStrengthError: Password is too weak");
    CHECK(
        create(head + R"(,"password":"Fine-Pass-1","nope":1})").text("/message") ==
        "Payload validation error: 'Additional properties not allowed: nope'.");
    CHECK(
        create(R"({"email":"a@example.com","password":"Fine-Pass-1"})").text("/message") ==
        "Payload validation error: 'Missing required property: connection'.");
    CHECK(create(head + R"(,"password":7})").text("/errorCode") == "invalid_body");
    CHECK(
        create(R"({"connection":"Username-Password-Authentication","email":"no address","password":"Fine-Pass-1"})")
            .text("/message") ==
        "Payload validation error: 'Object didn't pass validation for format email: no address' on property email "
        "(The user's email).");
    CHECK(
        create(R"({"connection":"nowhere","email":"a@example.com","password":"Fine-Pass-1"})").text("/errorCode") ==
        "inexistent_connection");
    fixture.tenant.set_connection_enabled(database, false);
    CHECK(create(head + R"(,"password":"Fine-Pass-1"})").text("/message") == "Connection is disabled.");
    CHECK(create("[]").status == 400);
    CHECK(create("{").status == 400);
}

TEST_CASE("a password change moves the times, ends sessions and blocks, keeps refresh tokens", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    fixture.tenant.add_session(id, start - 10);
    fixture.tenant.add_refresh_token(id, start - 10);
    fixture.tenant.add_brute_force_block(id, "192.0.2.7");
    fixture.tenant.set_blocked(id, true, start - 5);

    const auto changed = fixture.client.patch(
        path_of(id),
        R"({"password":"New-Password-2","connection":"Username-Password-Authentication",
            "app_metadata":{"countersign":{"request_id":"r1"}}})");
    REQUIRE(changed.status == 200);
    CHECK(changed.text("/last_password_reset") == "2026-11-18T11:06:40.123Z");
    CHECK(changed.text("/updated_at") == "2026-11-18T11:06:40.127Z");
    CHECK(changed.text("/app_metadata/countersign/request_id") == "r1");
    CHECK(changed.body.at("blocked").as_bool() == false);  // auth0/CONTRACT.md, "What a change does besides"
    CHECK(fixture.tenant.accepts(id, "New-Password-2"));
    CHECK_FALSE(fixture.tenant.accepts(id, "Old-Password-1"));
    CHECK(fixture.tenant.session_count(id, start) == 0);
    CHECK(fixture.tenant.refresh_token_count(id, start) == 1);
    CHECK(
        fixture.client.get("/api/v2/user-blocks/" + path_of(id).substr(14)).body.at("blocked_for").as_array().empty());
}

TEST_CASE("a PATCH without a password leaves password, blocks and sessions", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    fixture.tenant.add_session(id, start - 10);
    fixture.tenant.add_brute_force_block(id, "192.0.2.7");
    const auto changed = fixture.client.patch(path_of(id), R"({"blocked":true})");
    CHECK(changed.status == 200);
    CHECK(changed.body.at("blocked").as_bool());
    CHECK_FALSE(changed.has("/last_password_reset"));
    CHECK(fixture.tenant.accepts(id, "Old-Password-1"));
    CHECK(fixture.tenant.session_count(id, start) == 1);
    CHECK(fixture.client.patch(path_of(id), R"({"blocked":false})").status == 200);
    CHECK(
        fixture.client.get("/api/v2/user-blocks/" + path_of(id).substr(14)).body.at("blocked_for").as_array().size() ==
        1);
}

TEST_CASE("metadata merges at the first level, null deletes, an empty object clears", "[auth0]")
{
    Fixture fixture;
    const std::string path = path_of(fixture.add("ada@example.com"));
    const auto patch = [&](const std::string& body) { return fixture.client.patch(path, body); };
    patch(R"({"app_metadata":{"baz":"qux","foo":{"deep":1,"kept":2}}})");
    const auto replaced = patch(R"({"app_metadata":{"foo":{"deep":3}}})");
    CHECK(replaced.text("/app_metadata/baz") == "qux");
    CHECK(replaced.has("/app_metadata/foo/deep"));
    CHECK_FALSE(replaced.has("/app_metadata/foo/kept"));
    CHECK_FALSE(patch(R"({"app_metadata":{"baz":null}})").has("/app_metadata/baz"));
    const auto cleared = patch(R"({"user_metadata":{},"app_metadata":{}})");
    CHECK_FALSE(cleared.has("/app_metadata"));
    CHECK(cleared.body.at("user_metadata").as_object().empty());
    CHECK(patch(R"({"app_metadata":{"a.b":1}})").status == 400);
}

TEST_CASE("fields that may not travel together are refused and nothing is changed", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    const auto refused = GENERATE(
        R"({"password":"New-Password-2","email":"b@example.com"})",
        R"({"password":"New-Password-2","email_verified":true})", R"({"password":"New-Password-2","username":"ada"})",
        R"({"username":"ada","email":"b@example.com"})", R"({"username":"ada","email_verified":true})");
    const auto answer = fixture.client.patch(path_of(id), refused);
    CHECK(answer.status == 400);
    CHECK(answer.text("/message").find("simultaneously") != std::string::npos);
    CHECK(fixture.tenant.accepts(id, "Old-Password-1"));
}

TEST_CASE("a refused password keeps the metadata of the same call out", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    const auto refused = fixture.client.patch(path_of(id), R"({"password":"weak","app_metadata":{"a":1}})");
    CHECK(refused.status == 400);
    CHECK_FALSE(refused.has("/errorCode"));
    CHECK(fixture.tenant.user_json(id).find("app_metadata") == std::string::npos);
}

TEST_CASE("password history refuses the standard password the second time", "[auth0]")
{
    Fixture fixture;
    fixture.tenant.replace_options(database, R"({"passwordPolicy":"low","password_history":{"enable":true,"size":2}})");
    const std::string path = path_of(fixture.add("ada@example.com"));
    const auto set = [&](const std::string& password) {
        return fixture.client.patch(path, R"({"password":")" + password + "\"}").status;
    };
    CHECK(set("$Ada!Lovelace$!") == 200);
    CHECK(set("$Ada!Lovelace$!") == 400);
    CHECK(set("Another-1") == 200);
    CHECK(set("$Ada!Lovelace$!") == 400);
    CHECK(set("Another-2") == 200);
    CHECK(set("$Ada!Lovelace$!") == 200);
}

TEST_CASE("accounts whose password is elsewhere refuse a password", "[auth0]")
{
    Fixture fixture;
    UserSpec social;
    social.connection = "google-oauth2";
    social.email = "emmy@example.com";
    const std::string id = fixture.tenant.add_user(social, start);
    const auto plain = fixture.client.patch(path_of(id), R"({"password":"New-Password-2"})");
    CHECK(plain.status == 400);
    CHECK(plain.text("/errorCode") == "operation_not_supported");
    const auto named = fixture.client.patch(
        path_of(id), R"({"password":"New-Password-2","connection":"Username-Password-Authentication"})");
    CHECK(named.text("/errorCode") == "inexistent_connection");
    const auto ticket = fixture.client.post("/api/v2/tickets/password-change", R"({"user_id":")" + id + "\"}");
    CHECK(ticket.status == 400);
    CHECK(ticket.text("/errorCode") == "operation_not_supported");
    CHECK(fixture.client.patch(path_of(id), R"({"given_name":"E"})").status == 400);
}

TEST_CASE("the password of a linked database identity needs its connection named", "[auth0]")
{
    Fixture fixture;
    UserSpec linked;
    linked.connection = "google-oauth2";
    linked.email = "maria@example.com";
    LinkedIdentity second;
    second.connection = database;
    second.email = "maria@example.com";
    second.password = "Old-Password-1";
    linked.linked.push_back(second);
    const std::string id = fixture.tenant.add_user(linked, start);
    CHECK(fixture.client.patch(path_of(id), R"({"password":"New-Password-2"})").status == 400);
    CHECK(fixture.tenant.accepts(id, "Old-Password-1"));
    const auto named = fixture.client.patch(
        path_of(id), R"({"password":"New-Password-2","connection":"Username-Password-Authentication"})");
    CHECK(named.status == 200);
    CHECK(named.has("/identities/1/profileData"));
    CHECK(fixture.tenant.accepts(id, "New-Password-2"));
}

TEST_CASE("users that are not there, and ids that are none", "[auth0]")
{
    Fixture fixture;
    const auto missing = fixture.client.get("/api/v2/users/auth0%7Cnobody");
    CHECK(missing.status == 404);
    CHECK(missing.text("/errorCode") == "inexistent_user");
    CHECK(fixture.client.patch("/api/v2/users/auth0%7Cnobody", R"({"blocked":true})").status == 404);
    CHECK(fixture.client.del("/api/v2/users/auth0%7Cnobody").status == 204);
    const auto malformed = fixture.client.get("/api/v2/users/6560cd0f6caaac5b4692f454");
    CHECK(malformed.status == 400);
    CHECK(malformed.text("/errorCode") == "invalid_uri");
    CHECK(fixture.client.get("/api/v2/nothing").status == 404);
    CHECK(fixture.client.send("PUT", "/api/v2/users", "{}").status == 404);
}

TEST_CASE("an unknown field of a PATCH is refused unless the schema is left open", "[auth0]")
{
    auto options = bot_options();
    options.closes_open_schemas = false;
    Fixture open{options};
    CHECK(open.client.patch(path_of(open.add("a@example.com")), R"({"nope":1})").status == 200);
    Fixture closed;
    CHECK(closed.client.patch(path_of(closed.add("a@example.com")), R"({"nope":1})").status == 400);
}

TEST_CASE("without update:users only app_metadata may be written", "[auth0]")
{
    auto options = bot_options();
    ClientApp marker;
    marker.client_id = "marker";
    marker.secrets = {"m"};
    marker.scopes = {"update:users_app_metadata"};
    options.clients.push_back(marker);
    Fixture fixture{options};
    const std::string id = fixture.add("ada@example.com");
    Client client{fixture.tenant, "marker", "m"};
    client.log_in();
    CHECK(client.patch(path_of(id), R"({"app_metadata":{"a":1}})").status == 200);
    const auto refused = client.patch(path_of(id), R"({"password":"New-Password-2","app_metadata":{"a":2}})");
    CHECK(refused.status == 403);
    CHECK(refused.text("/message") == "You cannot update the following fields: password");
    CHECK(fixture.tenant.accepts(id, "Old-Password-1"));
}

TEST_CASE("the search is stale by its delay and ignores the case of addresses", "[auth0]")
{
    auto options = bot_options();
    options.search_delay_ms = 2000;
    Fixture fixture{options};
    fixture.client.post(
        "/api/v2/users",
        R"({"connection":"Username-Password-Authentication","email":"ada@example.com","password":"Fine-Pass-1"})");
    const std::string search = "/api/v2/users?search_engine=v3&q=email%3A%22ADA%40example.com%22";
    CHECK(fixture.client.get(search).body.as_array().empty());
    CHECK(fixture.client.get("/api/v2/users-by-email?email=ada%40example.com").body.as_array().size() == 1);
    fixture.client.now = start + 2000;
    const auto found = fixture.client.get(search + "&include_totals=true");
    CHECK(found.body.at("total").as_int64() == 1);
    CHECK(found.body.at("length").as_int64() == 1);
    CHECK(found.text("/users/0/email") == "ada@example.com");

    fixture.tenant.set_searches_time_out(true);
    CHECK(fixture.client.get(search).status == 503);
    CHECK(fixture.client.get("/api/v2/users?per_page=101").status == 400);
    CHECK(fixture.client.get("/api/v2/users?per_page=100&page=10").text("/errorCode") == "invalid_paging");
    fixture.tenant.set_searches_time_out(false);
    CHECK(fixture.client.get("/api/v2/users?q=%22broken").status == 400);
}

TEST_CASE("fields choose what is shown, an unknown one is an error", "[auth0]")
{
    Fixture fixture;
    const std::string path = path_of(fixture.add("ada@example.com"));
    const auto chosen = fixture.client.get(path + "?fields=email,user_id&include_fields=true");
    CHECK(chosen.body.as_object().size() == 2);
    const auto left_out = fixture.client.get(path + "?fields=email&include_fields=false");
    CHECK_FALSE(left_out.has("/email"));
    CHECK(left_out.has("/user_id"));
    CHECK(fixture.client.get(path + "?fields=shoe_size").status == 400);
}

TEST_CASE("revocation is asynchronous and ends with the plan", "[auth0]")
{
    auto options = bot_options();
    options.revocation_delay_ms = 500;
    Fixture fixture{options};
    const std::string id = fixture.add("ada@example.com");
    fixture.tenant.add_session(id, start - 10);
    fixture.tenant.add_refresh_token(id, start - 10);
    const auto listed = fixture.client.get(path_of(id) + "/sessions");
    CHECK(listed.body.at("sessions").as_array().size() == 1);

    CHECK(fixture.client.del(path_of(id) + "/sessions").status == 202);
    CHECK(fixture.client.del(path_of(id) + "/refresh-tokens").status == 202);
    CHECK(fixture.tenant.session_count(id, start) == 1);
    CHECK(fixture.tenant.session_count(id, start + 500) == 0);
    CHECK(fixture.tenant.refresh_token_count(id, start + 500) == 0);
    CHECK(fixture.client.del("/api/v2/users/auth0%7Cnobody/sessions").status == 404);

    fixture.tenant.set_plan(Plan::unlimited, false);
    const auto refused = fixture.client.del(path_of(id) + "/refresh-tokens");
    CHECK(refused.status == 403);
    CHECK(refused.text("/errorCode") == "insufficient_entitlement");
}

TEST_CASE("revoke-access may spare the refresh tokens", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    fixture.tenant.add_session(id, start - 10);
    fixture.tenant.add_refresh_token(id, start - 10);
    CHECK(fixture.client.post(path_of(id) + "/revoke-access", R"({"preserve_refresh_tokens":true})").status == 202);
    CHECK(fixture.tenant.session_count(id, start) == 0);
    CHECK(fixture.tenant.refresh_token_count(id, start) == 1);
    CHECK(fixture.client.post(path_of(id) + "/revoke-access", {}).status == 202);
    CHECK(fixture.tenant.refresh_token_count(id, start) == 0);
    CHECK(fixture.client.post(path_of(id) + "/revoke-access", R"({"nope":1})").status == 400);
}

TEST_CASE("a ticket sets a password once, before it expires", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    const auto issue = [&](const std::string& rest) {
        return fixture.client.post("/api/v2/tickets/password-change", R"({"user_id":")" + id + "\"" + rest + "}");
    };
    const auto issued = issue(R"(,"ttl_sec":60)");
    REQUIRE(issued.status == 201);
    const std::string url = issued.text("/ticket");
    CHECK(url.starts_with("https://acme.eu.auth0.com/u/reset-password?ticket="));
    CHECK(url.back() == '#');
    CHECK_FALSE(fixture.tenant.redeem_ticket(url, "weak", start));
    CHECK(fixture.tenant.redeem_ticket(url, "Own-Choice-3", start));
    CHECK_FALSE(fixture.tenant.redeem_ticket(url, "Own-Choice-4", start));
    CHECK(fixture.tenant.accepts(id, "Own-Choice-3"));
    CHECK_FALSE(
        fixture.tenant.redeem_ticket(issue(R"(,"ttl_sec":60)").text("/ticket"), "Own-Choice-5", start + 60'000));
    CHECK(issue(R"(,"new_password":"secret")").status == 400);
    CHECK(issue(R"(,"email":"ada@example.com")").status == 400);
}

TEST_CASE("the reset mail's answer tells nothing about who exists", "[auth0]")
{
    Fixture fixture;
    fixture.add("ada@example.com");
    const auto ask = [&](const std::string& email) {
        return fixture.client.post(
            "/dbconnections/change_password",
            R"({"client_id":"bot","connection":"Username-Password-Authentication","email":")" + email + "\"}");
    };
    const auto known = ask("ada@example.com");
    const auto unknown = ask("nobody@example.com");
    CHECK(known.status == 200);
    CHECK(known.raw.body == unknown.raw.body);
    CHECK(known.header("content-type") == "text/html; charset=utf-8");
    CHECK(fixture.tenant.reset_mails() == std::vector<std::string>{"ada@example.com"});
    for (int i = 0; i < 9; ++i) ask("ada@example.com");
    CHECK(ask("ada@example.com").status == 429);
}

TEST_CASE("a tenant with several custom domains wants one named on writes", "[auth0]")
{
    auto options = bot_options();
    options.wants_custom_domain = true;
    Fixture fixture{options};
    const std::string id = fixture.add("ada@example.com");
    const auto refused = fixture.client.patch(path_of(id), R"({"password":"New-Password-2"})");
    CHECK(refused.status == 409);
    CHECK(refused.text("/errorCode") == "custom_domain_conflict");
    CHECK(fixture.client.get(path_of(id)).status == 200);
}
