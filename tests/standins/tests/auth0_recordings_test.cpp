#include "tests/standins/tests/auth0_support.hpp"
#include "tests/standins/tests/test_data.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// What real tenants answered (tests/data/auth0/README.auth0.md), asked of the stand-in.
namespace {

namespace json = boost::json;
using namespace standins;
using namespace standins::auth0;
using namespace standins::auth0::test;

struct Recording
{
    std::string key;  // file and index
    std::string method;
    std::string target;
    std::string body;
    std::string content_type;
    int status = 0;
    json::value answer;
    json::object headers;
};

std::string text_of(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? json::value_to<std::string>(*value) : std::string{};
}

Recording read(const json::object& entry)
{
    const json::object& request = entry.at("request").as_object();
    const json::object& response = entry.at("response").as_object();
    Recording recording;
    recording.key = text_of(entry, "file") + "#" + std::to_string(entry.at("index").as_int64());
    recording.method = text_of(request, "method");
    recording.target = text_of(request, "path");
    recording.content_type = text_of(request, "content_type");
    const json::value& body = request.at("body");
    if (body.is_string())
        recording.body = json::value_to<std::string>(body);
    else if (!body.is_null())
        recording.body = json::serialize(body);
    if (recording.content_type.empty() && !recording.body.empty()) recording.content_type = "application/json";
    recording.status = static_cast<int>(response.at("status").as_int64());
    recording.answer = response.at("body");
    if (const auto* headers = response.if_contains("headers")) recording.headers = headers->as_object();
    return recording;
}

void replace_all(std::string& text, const std::string& from, const std::string& to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// The state of the tenant that a recorded answer presumes.
using Preparation = std::function<void(Tenant&, Recording&)>;

void nothing(Tenant&, Recording&) {}

void users_of_answer(Tenant& tenant, Recording& recording)
{
    const json::value& answer = recording.answer;
    if (answer.is_array())
        for (const json::value& user : answer.get_array()) tenant.import_user(json::serialize(user), start);
    else if (answer.as_object().contains("users"))
        for (const json::value& user : answer.at("users").as_array()) tenant.import_user(json::serialize(user), start);
    else
        tenant.import_user(json::serialize(answer), start);
}

// The user whom the path or the body names, with nothing special about it. Answers were anonymised to ids like
// "UserID", which no provider gives: they get one.
void named_user(Tenant& tenant, Recording& recording)
{
    replace_all(recording.target, "/UserID", "/auth0%7CUserID");
    std::string id =
        text_of(recording.body.empty() ? json::object{} : json::parse(recording.body).as_object(), "user_id");
    const auto at = recording.target.find("auth0%7C");
    if (at != std::string::npos)
        id = "auth0|" + recording.target.substr(at + 8, recording.target.find_first_of("/?", at) - at - 8);
    UserSpec spec;
    spec.id = id.substr(6);
    spec.email = "someone@example.com";
    tenant.add_user(spec, start);
}

void a_session(Tenant& tenant, Recording&)
{
    UserSpec spec;
    spec.id = "UserID";
    spec.email = "someone@example.com";
    tenant.add_session(tenant.add_user(spec, start), start, "SessionID");
}

void two_refresh_tokens(Tenant& tenant, Recording& recording)
{
    replace_all(recording.target, "/UserID", "/auth0%7CUserID");
    UserSpec spec;
    spec.id = "UserID";
    spec.email = "someone@example.com";
    const std::string id = tenant.add_user(spec, start);
    tenant.add_refresh_token(id, start, "RefreshTokenID");
    tenant.add_refresh_token(id, start, "RefreshTokenID2");
}

void logs_of_answer(Tenant& tenant, Recording& recording)
{
    for (const json::value& record : recording.answer.as_array()) tenant.import_log(json::serialize(record));
}

void connections_of_answer(Tenant& tenant, Recording& recording)
{
    for (const json::value& connection : recording.answer.at("connections").as_array())
        tenant.import_connection(json::serialize(connection));
}

void the_tenants_audience(Tenant&, Recording& recording)
{
    replace_all(recording.body, "test-audience", "https%3A%2F%2Facme.eu.auth0.com%2Fapi%2Fv2%2F");
}

const std::map<std::string, Preparation>& replayed()
{
    const std::string users = "Auth0_Api_V2_Users/";
    static const std::map<std::string, Preparation> table{
        {"TestUserManager_Create.yaml#0", nothing},
        {"TestUserManager_Create.yaml#1", named_user},
        {"TestUserManager_Update.yaml#0", nothing},
        {"TestUserManager_Update.yaml#2", named_user},
        {"TestUserManager_Read.yaml#1", users_of_answer},
        {"TestUserManager_Delete.yaml#1", named_user},
        {"TestUserManager_Delete.yaml#3", nothing},
        {"TestUserManager_ListByEmail.yaml#1", users_of_answer},
        {"TestUserManager_List.yaml#1", users_of_answer},
        {"TestUserManager_Blocks.yaml#1", named_user},
        {"TestUserManager_BlocksByIdentifier.yaml#1", nothing},
        {"TestUserManager_Unblock.yaml#1", named_user},
        {"TestUserManager_ListUserSessions.yaml#1", named_user},
        {"TestUserManager_DeleteRefreshTokens.yaml#0", two_refresh_tokens},
        {"TestUserManager_DeleteRefreshTokens.yaml#1", two_refresh_tokens},
        {"TestSessionManager_Read.yaml#0", a_session},
        {"TestSessionManager_Revoke.yaml#0", a_session},
        {"TestRefreshTokenManager_Delete.yaml#0", two_refresh_tokens},
        {"TestTicketManager_ChangePassword.yaml#1", named_user},
        {"TestUserManager_GetUserLogs.yaml#1", named_user},
        {"TestLogManager_Search.yaml#2", logs_of_answer},
        {"TestLogManager_CheckpointPagination.yaml#1", logs_of_answer},
        {"TestConnectionManager_ReadByName/It_can_successfully_find_a_Auth0_Connection_by_its_name.yaml#1",
         connections_of_answer},
        {"TestConnectionManager_Delete.yaml#2", nothing},
        {"authentication/TestLoginWithClientCredentials/Should_return_tokens.yaml#0", the_tenants_audience},
        {"authentication/TestDatabaseChangePassword.yaml#0", nothing},
        {users + "_user/should_retrieve_the_created_user.yml#0", users_of_answer},
        {users + "_user/_filters/should_include_the_fields_indicated.yml#0",
         [](Tenant& tenant, Recording&) {
             UserSpec spec;
             spec.id = "5d1668d58fbb120ea0c19799";
             spec.email = "rubytest-rubytest-username@auth0.com";
             tenant.add_user(spec, start);
         }},
        {users + "_patch_user/should_patch_the_User_successfully.yml#0", users_of_answer},
        {users + "_delete_user/should_delete_the_User_successfully.yml#0", named_user},
        {users + "_user_logs/should_get_Logs_for_a_User_successfully.yml#0", logs_of_answer},
        {"Auth0_Api_V2_Logs/_logs/_from/should_take_one_log_entry.yml#1", logs_of_answer},
    };
    return table;
}

const std::map<std::string, std::string>& not_replayed()
{
    static const std::map<std::string, std::string> table{
        {"TestTicketManager_VerifyEmail.yaml#1", "a reset bot verifies no addresses"},
        {"TestConnectionManager_PasswordOptions.yaml#0", "connections are made by the test, not through the API"},
        {"Auth0_Api_V2_Tickets/_post_password_change/should_create_a_password_change_ticket.yml#0",
         "new_password left the schema after 2018"},
        {"Auth0_Api_V2_Jobs/_send_verification_email_and_get_job/should_reject_an_invalid_client_id.yml#1",
         "no jobs in the stand-in"},
        {"Auth0_Api_AuthenticationEndpoints/_login_with_resource_owner/should_fail_with_an_incorrect_password.yml#0",
         "password grant"},
        {"Auth0_Api_AuthenticationEndpoints/_login_with_resource_owner/should_fail_with_an_invalid_audience.yml#0",
         "password grant"},
        {"Auth0_Api_AuthenticationEndpoints/_userinfo/should_fail_as_not_authorized.yml#0", "no OpenID Connect"},
    };
    return table;
}

// Values that time, chance or the anonymiser determine.
bool is_incidental(std::string_view key)
{
    static const std::vector<std::string_view> keys{
        "created_at",
        "updated_at",
        "authenticated_at",
        "idle_expires_at",
        "expires_at",
        "last_interacted_at",
        "timestamp",
        "user_id",
        "id",
        "next",
        "ticket",
        "access_token",
        "client_id",
        "audience",
        "scopes",
        "initial_user_agent",
        "initial_ip",
        "initial_asn",
        "last_user_agent",
        "last_ip",
        "last_asn",
        "type"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::string type_of(const json::value& value)
{
    if (value.is_number()) return "number";
    return std::string{json::to_string(value.kind()).data(), json::to_string(value.kind()).size()};
}

void check_contains(
    const json::value& ours, const json::value& recorded, const std::string& where, std::string_view key)
{
    CAPTURE(where, json::serialize(ours), json::serialize(recorded));
    CHECK(type_of(ours) == type_of(recorded));
    if (type_of(ours) != type_of(recorded)) return;
    if (recorded.is_object())
        for (const auto& member : recorded.get_object())
        {
            const std::string name{member.key().data(), member.key().size()};
            const auto* found = ours.get_object().if_contains(name);
            INFO(where << "/" << name);
            CHECK(found != nullptr);
            if (found != nullptr) check_contains(*found, member.value(), where + "/" + name, name);
        }
    else if (recorded.is_array())
    {
        CHECK(ours.get_array().size() == recorded.get_array().size());
        for (std::size_t i = 0; i < std::min(ours.get_array().size(), recorded.get_array().size()); ++i)
            check_contains(ours.get_array()[i], recorded.get_array()[i], where + "/" + std::to_string(i), key);
    }
    else if (!is_incidental(key) && where.find("/methods/") == std::string::npos)
        CHECK(ours == recorded);
}

Options recorded_options()
{
    Options options = bot_options();
    options.plan = Plan::enterprise_development;  // the recorded limit of 10
    ClientApp sdk = options.clients[0];
    sdk.client_id = "test-client_id";
    sdk.secrets = {"test-client_secret"};
    options.clients.push_back(sdk);
    return options;
}

void replay(Recording recording, const Preparation& prepare)
{
    Tenant tenant{recorded_options()};
    ConnectionSpec database;
    database.requires_username = true;
    tenant.add_connection(database);
    prepare(tenant, recording);
    Client client{tenant};
    client.log_in();

    Request request;
    request.method = recording.method;
    request.target = recording.target;
    request.headers = {{"authorization", "Bearer " + client.token}, {"content-type", recording.content_type}};
    if (recording.method != "GET") request.body = recording.body;
    const Answer answer = parsed(tenant.handle(request, start));

    CAPTURE(answer.raw.body);
    CHECK(answer.status == recording.status);
    if (recording.answer.is_string())
        CHECK(answer.raw.body == json::value_to<std::string>(recording.answer));
    else if (recording.answer.is_null())
        CHECK(answer.raw.body.empty());
    else
        check_contains(answer.body, recording.answer, "", "");
    for (const char* name :
         {"content-type", "cache-control", "vary", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset",
          "link"})
    {
        INFO(name);
        if (recording.headers.contains(name)) CHECK_FALSE(answer.header(name).empty());
    }
}

}  // namespace

TEST_CASE("the stand-in answers the recorded requests as real tenants did", "[auth0]")
{
    const json::value file = standins::test::read_json("auth0/auth0_recordings.json");
    std::size_t count = 0;
    for (const json::value& value : file.at("recordings").as_array())
    {
        const Recording recording = read(value.as_object());
        const auto preparation = replayed().find(recording.key);
        const bool is_left_out = not_replayed().count(recording.key) > 0;
        INFO(recording.key << ": " << recording.method << " " << recording.target);
        CHECK((preparation != replayed().end()) != is_left_out);
        if (preparation != replayed().end()) replay(recording, preparation->second);
        ++count;
    }
    CHECK(count == replayed().size() + not_replayed().size());
}

TEST_CASE("the stand-in's own sapi record has every field of a recorded one", "[auth0]")
{
    const json::value file = standins::test::read_json("auth0/auth0_recordings.json");
    json::value recorded;
    for (const json::value& value : file.at("recordings").as_array())
        if (text_of(value.as_object(), "file") == "TestLogManager_Search.yaml")
            for (const json::value& record : value.at("response").at("body").as_array())
                if (text_of(record.as_object(), "description") == "Create a User") recorded = record;
    REQUIRE(recorded.is_object());

    Options options = bot_options();
    Tenant tenant{options};
    ConnectionSpec database;
    database.requires_username = true;
    tenant.add_connection(database);
    Client client{tenant};
    client.log_in();
    json::object body = recorded.at("details").at("request").at("body").as_object();
    body["password"] = "Fine-Pass-1";
    REQUIRE(client.post("/api/v2/users", json::serialize(body)).status == 201);
    const json::value log = json::parse(tenant.log_json());
    int compared = 0;
    for (const json::value& record : log.as_array())
        if (text_of(record.as_object(), "type") == "sapi")
        {
            ++compared;
            // The network and the client are others; the list of scopes was shortened.
            json::object expected = recorded.as_object();
            json::object own = record.as_object();
            for (const char* key : {"_id", "log_id", "date", "ip"})
            {
                CHECK(own.contains(key));
                expected.erase(key);
            }
            json::object& request = expected["details"].as_object()["request"].as_object();
            for (const char* key : {"ip", "userAgent", "auth"})
            {
                CHECK(own["details"].as_object()["request"].as_object().contains(key));
                request.erase(key);
            }
            check_contains(own, expected, "", "");
        }
    CHECK(compared == 1);
}
