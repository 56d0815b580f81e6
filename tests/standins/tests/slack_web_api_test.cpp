#include "tests/standins/tests/slack_fixture.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace standins;
using namespace standins::slack;
using namespace standins::slack::test;

namespace {

json::object send(Workspace& slack, Request request) { return body_of(slack.handle(request, start)); }

Request with_type(Request request, const char* type)
{
    for (auto& [name, value] : request.headers)
        if (name == "content-type") value = type;
    return request;
}

std::string warning(const json::object& answer) { return text_of(answer, "warning"); }

const std::map<std::string, std::pair<Form, std::string>> scoped_calls{
    {"chat.postMessage", {{{"channel", approvals}, {"text", "x"}}, "chat:write"}},
    {"chat.postEphemeral", {{{"channel", approvals}, {"user", requester}, {"text", "x"}}, "chat:write"}},
    {"chat.update", {{{"channel", approvals}, {"ts", "1.000001"}, {"text", "x"}}, "chat:write"}},
    {"chat.delete", {{{"channel", approvals}, {"ts", "1.000001"}}, "chat:write"}},
    {"conversations.open", {{{"users", requester}}, "channels:manage,groups:write,im:write,mpim:write"}},
    {"conversations.info", {{{"channel", approvals}}, "channels:read,groups:read,im:read,mpim:read"}},
    {"conversations.join", {{{"channel", lobby}}, "channels:join"}},
    {"conversations.history", {{{"channel", approvals}}, "channels:history,groups:history,im:history,mpim:history"}},
    {"conversations.members", {{{"channel", approvals}}, "channels:read,groups:read,im:read,mpim:read"}},
    {"usergroups.list", {{}, "usergroups:read"}},
    {"usergroups.users.list", {{{"usergroup", group_id}}, "usergroups:read"}},
    {"users.info", {{{"user", requester}}, "users:read"}},
    {"users.lookupByEmail", {{{"email", "ada@example.com"}}, "users:read.email"}},
};

}  // namespace

TEST_CASE("a call without a token, with a wrong one or with one in the address is refused", "[slack][api]")
{
    auto slack = workspace();
    auto bare = form_call("auth.test", {});
    bare.headers.erase(bare.headers.begin());
    CHECK(error_of(send(slack, bare)) == "not_authed");
    auto in_address = bare;
    in_address.target += std::string{"?token="} + token;
    CHECK(error_of(send(slack, in_address)) == "not_authed");
    auto wrong = form_call("auth.test", {});
    wrong.headers.front().second = "Bearer xoxb-other";
    CHECK(error_of(send(slack, wrong)) == "invalid_auth");
    auto in_json = json_call("auth.test", json::object{{"token", token}});
    in_json.headers.erase(in_json.headers.begin());
    CHECK(error_of(send(slack, in_json)) == "not_authed");
    auto in_form = bare;
    in_form.body = std::string{"token="} + token;
    CHECK(send(slack, in_form).at("ok") == true);
}

TEST_CASE("a revoked token is refused by its code", "[slack][api]")
{
    auto slack = workspace();
    slack.refuse_token("token_revoked");
    CHECK(error_of(call(slack, "auth.test", {})) == "token_revoked");
    slack.refuse_token("");
    CHECK(call(slack, "auth.test", {}).at("user_id") == "U019BOT00");
}

TEST_CASE("an unknown method is named and an unknown path is 404", "[slack][api]")
{
    auto slack = workspace();
    const auto answer = call(slack, "chat.postEverything", {});
    CHECK(error_of(answer) == "unknown_method");
    CHECK(text_of(answer, "req_method") == "chat.postEverything");
    CHECK(slack.handle({"GET", "/elsewhere", {}, ""}, start).status == 404);
}

TEST_CASE("a method without its scope answers missing_scope with what is needed and what is there", "[slack][api]")
{
    for (const auto& [method, expected] : scoped_calls)
    {
        auto with = options();
        with.scopes = {"commands"};
        auto slack = workspace(with);
        const auto answer = call(slack, method, expected.first);
        INFO(method);
        CHECK(error_of(answer) == "missing_scope");
        CHECK(text_of(answer, "needed") == expected.second);
        CHECK(text_of(answer, "provided") == "commands");
    }
}

TEST_CASE("a scope for public channels does not open private ones", "[slack][api]")
{
    auto with = options();
    with.scopes = {"channels:read", "channels:history"};
    auto slack = workspace(with);
    CHECK(call(slack, "conversations.info", {{"channel", helpdesk}}).at("ok") == true);
    CHECK(text_of(call(slack, "conversations.info", {{"channel", approvals}}), "needed") == "groups:read");
    CHECK(text_of(call(slack, "conversations.members", {{"channel", approvals}}), "needed") == "groups:read");
    CHECK(text_of(call(slack, "conversations.history", {{"channel", approvals}}), "needed") == "groups:history");
}

TEST_CASE("methods without a scope need none", "[slack][api]")
{
    auto with = options();
    with.scopes.clear();
    auto slack = workspace(with);
    CHECK(call(slack, "auth.test", {}).at("ok") == true);
    CHECK(error_of(call(slack, "views.open", {})) == "invalid_arguments");
}

TEST_CASE("JSON and forms are both taken, except where the reference offers no JSON", "[slack][api]")
{
    auto slack = workspace();
    CHECK(
        send(slack, json_call("chat.postMessage", json::object{{"channel", approvals}, {"text", "x"}})).at("ok") ==
        true);
    const json::object anything{
        {"channel", approvals}, {"user", requester}, {"usergroup", group_id}, {"email", "a@b.c"}};
    for (const char* method :
         {"conversations.info", "conversations.members", "usergroups.list", "usergroups.users.list", "users.info",
          "users.lookupByEmail"})
    {
        INFO(method);
        CHECK(error_of(send(slack, json_call(method, anything))) == "invalid_post_type");
        Request get{
            "GET",
            std::string{"/api/"} + method +
                "?channel=C062APPRV&user=U061F7AUR&usergroup=S0614TZR7&email=ada%40example.com",
            {{"authorization", std::string{"Bearer "} + token}},
            ""};
        CHECK(send(slack, get).at("ok") == true);
    }
}

TEST_CASE("malformed bodies have their own codes", "[slack][api]")
{
    auto slack = workspace();
    auto broken = json_call("auth.test", json::object{});
    broken.body = "{";
    CHECK(error_of(send(slack, broken)) == "invalid_json");
    CHECK(error_of(send(slack, json_call("auth.test", json::array{1}))) == "json_not_object");
    CHECK(error_of(send(slack, with_type(form_call("auth.test", {{"a", "b"}}), "text/xml"))) == "invalid_post_type");
    CHECK(error_of(send(slack, with_type(form_call("auth.test", {{"a", "b"}}), ""))) == "missing_post_type");
    CHECK(
        error_of(send(slack, with_type(json_call("auth.test", json::object{}), "application/json; charset=latin1"))) ==
        "invalid_charset");
    auto escape = form_call("auth.test", {});
    escape.body = "a=%zz";
    CHECK(error_of(send(slack, escape)) == "invalid_form_data");
    auto bytes = form_call("auth.test", {});
    bytes.body = "a=%ff";
    CHECK(error_of(send(slack, bytes)) == "invalid_charset");
}

TEST_CASE("a charset is missed in JSON and superfluous in a form", "[slack][api]")
{
    auto slack = workspace();
    CHECK(warning(send(slack, json_call("auth.test", json::object{}))).empty());
    CHECK(
        warning(send(slack, with_type(json_call("auth.test", json::object{}), "application/json"))) ==
        "missing_charset");
    CHECK(warning(send(slack, form_call("auth.test", {}))).empty());
    const auto answer =
        send(slack, with_type(form_call("auth.test", {}), "application/x-www-form-urlencoded; charset=utf-8"));
    CHECK(warning(answer) == "superfluous_charset");
    CHECK(answer.at("response_metadata").at("warnings").as_array().size() == 1);
}

TEST_CASE("unknown arguments are ignored and missing ones named", "[slack][api]")
{
    auto slack = workspace();
    CHECK(call(slack, "users.info", {{"user", requester}, {"colour", "red"}}).at("ok") == true);
    const auto answer = call(slack, "users.info", {});
    CHECK(error_of(answer) == "invalid_arguments");
    CHECK(answer.at("response_metadata").at("messages").at(0) == "[ERROR] missing required field: user");
}

TEST_CASE("a method's calls a minute are counted apart from other methods", "[slack][api]")
{
    auto slack = workspace();
    for (int i = 0; i < 20; ++i) REQUIRE(call(slack, "usergroups.list", {}, start + i).at("ok") == true);
    const auto refused = slack.handle(form_call("usergroups.list", {}), start + 20'000);
    CHECK(refused.status == 429);
    CHECK(refused.body == R"({"ok":false,"error":"ratelimited"})");
    Request last{"", "", refused.headers, ""};
    CHECK(last.header("retry-after") == "40");
    CHECK(call(slack, "usergroups.users.list", {{"usergroup", group_id}}, start + 20'000).at("ok") == true);
    CHECK(call(slack, "usergroups.list", {}, start + 60'000).at("ok") == true);
}

TEST_CASE("calls are recorded without the token", "[slack][api]")
{
    auto slack = workspace();
    call(slack, "users.info", {{"token", token}, {"user", "U0NOBODY"}});
    REQUIRE(slack.calls().size() == 1);
    CHECK(slack.calls()[0].method == "users.info");
    CHECK(slack.calls()[0].error == "user_not_found");
    CHECK(json::serialize(slack.calls()[0].args) == R"({"user":"U0NOBODY"})");
}

TEST_CASE("answers carry the granted and the accepted scopes", "[slack][api]")
{
    auto slack = workspace();
    const auto response = slack.handle(form_call("users.info", {{"user", requester}}), start);
    Request headers{"", "", response.headers, ""};
    CHECK(headers.header("x-accepted-oauth-scopes") == "users:read");
    CHECK(headers.header("x-oauth-scopes").find("chat:write") != std::string_view::npos);
}
