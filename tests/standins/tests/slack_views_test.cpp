#include "tests/standins/tests/slack_fixture.hpp"

#include <catch2/catch.hpp>

using namespace standins;
using namespace standins::slack;
using namespace standins::slack::test;

namespace {

json::object form_view(const char* callback_id = "reset_form")
{
    auto view = json::parse(R"({"type":"modal","notify_on_close":true,"private_metadata":"{\"v\":1}",
      "title":{"type":"plain_text","text":"Reset password"},"submit":{"type":"plain_text","text":"Send"},
      "close":{"type":"plain_text","text":"Cancel"},
      "blocks":[{"type":"section","block_id":"intro","text":{"type":"mrkdwn","text":"Whose?"},
                 "accessory":{"type":"button","action_id":"help","text":{"type":"plain_text","text":"Help"}}},
                {"type":"input","block_id":"email","label":{"type":"plain_text","text":"E-mail"},
                 "element":{"type":"email_text_input","action_id":"v"}},
                {"type":"input","block_id":"why","optional":true,"label":{"type":"plain_text","text":"Why"},
                 "element":{"type":"plain_text_input","action_id":"v","max_length":10}}]})")
                    .as_object();
    view["callback_id"] = callback_id;
    return view;
}

std::string trigger(Workspace& slack, TimeMs now = start) { return slack.shortcut(requester, "reset", now).trigger_id; }

json::object open(Workspace& slack, const std::string& trigger_id, TimeMs now = start, json::object view = form_view())
{
    return call(slack, "views.open", {{"trigger_id", trigger_id}, {"view", json::serialize(view)}}, now);
}

json::object push(Workspace& slack, const std::string& trigger_id, TimeMs now = start)
{
    return call(slack, "views.push", {{"trigger_id", trigger_id}, {"view", json::serialize(form_view("next"))}}, now);
}

std::string opened(Workspace& slack) { return open(slack, trigger(slack)).at("view").at("id").as_string().c_str(); }

const json::object entries{{"email", "ada@example.com"}};

}  // namespace

TEST_CASE("a trigger opens one modal within three seconds", "[slack][views]")
{
    auto slack = workspace();
    const auto id = trigger(slack);
    CHECK(open(slack, id, start + 3'000).at("ok") == true);
    CHECK(slack.modals(requester).size() == 1);
    CHECK(error_of(open(slack, id)) == "exchanged_trigger_id");
    CHECK(error_of(open(slack, trigger(slack), start + 3'001)) == "expired_trigger_id");
    CHECK(error_of(open(slack, "1.2.abc")) == "invalid_trigger_id");
    CHECK(error_of(open(slack, "")) == "invalid_arguments");
}

TEST_CASE("older deployments refuse triggers by a sentence", "[slack][views]")
{
    auto with = options();
    with.old_trigger_errors = true;
    auto slack = workspace(with);
    const auto answer = open(slack, trigger(slack), start + 3'001);
    CHECK(error_of(answer) == "invalid_arguments");
    CHECK(
        answer.at("response_metadata").at("messages").at(0) ==
        "[ERROR] `trigger_id` expired [json-pointer:/trigger_id]");
}

TEST_CASE("three modals lie on one another, a fourth is refused", "[slack][views]")
{
    auto slack = workspace();
    opened(slack);
    for (int i = 0; i < 2; ++i)
        CHECK(push(slack, slack.click_in_view(requester, Place::modal, "help", start).trigger_id).at("ok") == true);
    const auto stack = slack.modals(requester);
    REQUIRE(stack.size() == 3);
    CHECK(stack[2].root_view_id == stack[0].id);
    CHECK(stack[2].previous_view_id == stack[1].id);
    CHECK(
        error_of(push(slack, slack.click_in_view(requester, Place::modal, "help", start).trigger_id)) ==
        "push_limit_reached");
}

TEST_CASE("a push needs a trigger from within the open modal", "[slack][views]")
{
    auto slack = workspace();
    CHECK(error_of(push(slack, trigger(slack))) == "invalid_trigger_id");
    opened(slack);
    CHECK(error_of(push(slack, trigger(slack))) == "invalid_trigger_id");
    const auto inside = slack.click_in_view(requester, Place::modal, "help", start).trigger_id;
    slack.close_view(requester, start);
    CHECK(error_of(push(slack, inside)) == "not_found");
}

TEST_CASE("an update with an old hash conflicts, what is typed stays", "[slack][views]")
{
    auto slack = workspace();
    const auto id = opened(slack);
    const auto hash = slack.modals(requester)[0].hash;
    slack.enter(requester, "email", "ada@example.com");
    const auto update = [&](const std::string& given, const std::string& where) {
        return call(
            slack, "views.update",
            {{"view_id", where}, {"hash", given}, {"view", json::serialize(form_view("second"))}});
    };
    const auto answer = update(hash, id);
    CHECK(answer.at("view").at("callback_id") == "second");
    CHECK(answer.at("view").at("state").at("values").at("email").at("v").at("value") == "ada@example.com");
    CHECK(error_of(update(hash, id)) == "hash_conflict");
    CHECK(update("", id).at("ok") == true);
    CHECK(error_of(update("", "V0NONE")) == "not_found");
}

TEST_CASE("an external_id finds a view and is unique", "[slack][views]")
{
    auto slack = workspace();
    auto view = form_view();
    view["external_id"] = "mine";
    CHECK(open(slack, trigger(slack), start, view).at("ok") == true);
    CHECK(call(slack, "views.update", {{"external_id", "mine"}, {"view", json::serialize(view)}}).at("ok") == true);
    const auto theirs = slack.shortcut(approver, "reset", start).trigger_id;
    CHECK(error_of(open(slack, theirs, start, view)) == "duplicate_external_id");
    CHECK(
        error_of(call(slack, "views.update", {{"external_id", "other"}, {"view", json::serialize(view)}})) ==
        "not_found");
}

TEST_CASE("a view above 250 kB is too large, and a refused view leaves the trigger usable", "[slack][views]")
{
    auto slack = workspace();
    const auto id = trigger(slack);
    auto view = form_view();
    view["private_metadata"] = std::string(250'000, 'x');
    CHECK(error_of(open(slack, id, start, view)) == "view_too_large");
    view["private_metadata"] = std::string(3'001, 'x');
    CHECK(error_of(open(slack, id, start, view)) == "invalid_arguments");
    CHECK(open(slack, id).at("ok") == true);
}

TEST_CASE("a home is published for one person, with its hash, if the tab is on", "[slack][views]")
{
    auto slack = workspace();
    const std::string view = R"({"type":"home","blocks":[{"type":"divider"}]})";
    const auto first = call(slack, "views.publish", {{"user_id", requester}, {"view", view}});
    CHECK(first.at("view").at("type") == "home");
    CHECK(slack.home(requester).has_value());
    CHECK_FALSE(slack.home(approver).has_value());
    const auto hash = text_of(first.at("view").as_object(), "hash");
    CHECK(call(slack, "views.publish", {{"user_id", requester}, {"view", view}, {"hash", hash}}).at("ok") == true);
    CHECK(
        error_of(call(slack, "views.publish", {{"user_id", requester}, {"view", view}, {"hash", hash}})) ==
        "hash_conflict");
    CHECK(error_of(call(slack, "views.publish", {{"user_id", "U0NOBODY"}, {"view", view}})) == "invalid_arguments");
    CHECK(
        error_of(call(slack, "views.publish", {{"user_id", requester}, {"view", json::serialize(form_view())}})) ==
        "invalid_arguments");
    slack.options().home_tab_enabled = false;
    CHECK(error_of(call(slack, "views.publish", {{"user_id", requester}, {"view", view}})) == "not_enabled");
}

TEST_CASE("Slack's client holds back a form that misses something", "[slack][views]")
{
    auto slack = workspace();
    CHECK_THROWS_AS(slack.submit_view(requester, entries, start), CannotAct);
    opened(slack);
    CHECK_THROWS_AS(slack.submit_view(requester, {}, start), CannotAct);
    CHECK_THROWS_AS(slack.submit_view(requester, {{"nothing", "x"}}, start), CannotAct);
    CHECK_THROWS_AS(
        slack.submit_view(requester, {{"email", "ada@example.com"}, {"why", "far too long"}}, start), CannotAct);
    const auto payload = payload_of(slack.submit_view(requester, {{"why", ""}}, start));
    CHECK(payload.at("view").at("state").at("values").at("why").at("v").at("value").is_null());
}

TEST_CASE("an empty answer closes the submitted view only", "[slack][views]")
{
    auto slack = workspace();
    opened(slack);
    push(slack, slack.click_in_view(requester, Place::modal, "help", start).trigger_id);
    slack.answered(slack.submit_view(requester, entries, start), ok(), start + 100);
    CHECK(slack.modals(requester).size() == 1);
}

TEST_CASE("response actions update, push and clear", "[slack][views]")
{
    auto slack = workspace();
    opened(slack);
    const auto answer = [&](json::object body) {
        slack.answered(slack.submit_view(requester, entries, start), ok(json::serialize(body)), start + 100);
    };
    answer({{"response_action", "update"}, {"view", form_view("second")}});
    CHECK(slack.modals(requester)[0].content.at("callback_id") == "second");
    answer({{"response_action", "push"}, {"view", form_view("third")}});
    CHECK(slack.modals(requester).size() == 2);
    answer({{"response_action", "clear"}});
    CHECK(slack.modals(requester).empty());
    CHECK(slack.notices(requester).empty());
}

TEST_CASE("errors are keyed by input blocks of the submitted view", "[slack][views]")
{
    auto slack = workspace();
    opened(slack);
    const auto answer = [&](const char* body) {
        slack.answered(slack.submit_view(requester, entries, start), ok(body), start + 100);
    };
    answer(R"({"response_action":"errors","errors":{"email":"Not a valid address"}})");
    CHECK(slack.modals(requester)[0].errors.at("email") == "Not a valid address");
    CHECK(slack.notices(requester).empty());
    for (const char* wrong :
         {R"({"response_action":"errors","errors":{"intro":"x"}})",
          R"({"response_action":"errors","errors":{"nothing":"x"}})", R"({"response_action":"errors","errors":{}})",
          R"({"response_action":"explode"})", R"({"response_action":"update"})", R"({"text":"hello"})", "OK"})
    {
        const auto before = slack.notices(requester).size();
        answer(wrong);
        INFO(wrong);
        CHECK(slack.notices(requester).size() == before + 1);
        CHECK(slack.modals(requester).size() == 1);
    }
}

TEST_CASE("a late or failed answer leaves the modal open and tells the person", "[slack][views]")
{
    auto slack = workspace();
    opened(slack);
    slack.answered(slack.submit_view(requester, entries, start), ok(), start + 3'001);
    CHECK(slack.modals(requester).size() == 1);
    slack.answered(slack.submit_view(requester, entries, start), Response{500, {}, ""}, start + 10);
    CHECK(slack.modals(requester).size() == 1);
    CHECK(slack.notices(requester).size() == 2);
}

TEST_CASE("Cancel closes one view, the cross closes all and says so", "[slack][views]")
{
    auto slack = workspace();
    const auto root = opened(slack);
    push(slack, slack.click_in_view(requester, Place::modal, "help", start).trigger_id);
    const auto top = slack.modals(requester)[1].id;
    const auto cancelled = slack.close_view(requester, start);
    REQUIRE(cancelled.has_value());
    CHECK(payload_of(*cancelled).at("view").at("id") == top.c_str());
    CHECK(payload_of(*cancelled).at("is_cleared") == false);
    CHECK_FALSE(payload_of(*cancelled).contains("trigger_id"));
    push(slack, slack.click_in_view(requester, Place::modal, "help", start).trigger_id);
    const auto crossed = slack.close_view(requester, start, true);
    REQUIRE(crossed.has_value());
    CHECK(payload_of(*crossed).at("view").at("id") == root.c_str());
    CHECK(payload_of(*crossed).at("is_cleared") == true);
    CHECK(slack.modals(requester).empty());
}

TEST_CASE("a view that asked for no notice closes silently", "[slack][views]")
{
    auto slack = workspace();
    auto view = form_view();
    view["notify_on_close"] = false;
    open(slack, trigger(slack), start, view);
    CHECK_FALSE(slack.close_view(requester, start).has_value());
    CHECK(slack.modals(requester).empty());
}
