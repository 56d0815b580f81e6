#include "bot/slack/secret_form.hpp"
#include "bot/slack/web_api.hpp"
#include "handlers/slack/rich_text.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_http_client.hpp"

#include <boost/json/parse.hpp>
#include <boost/url/parse_query.hpp>
#include <catch2/catch.hpp>

#include <map>

using namespace countersign;
using namespace countersign::slack;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

// As hostile as a password can be: quotes, backslashes, a line feed, separators of forms, and more than ASCII.
const std::string hostile = "a\"b\\c\n&=+%20 <\xc3\xa9\xf0\x9f\xa6\x80>\x01\x1f\x7f-._~AZaz09";

json::object view_with(std::size_t places)
{
    json::array blocks;
    for (std::size_t index = 0; index < places; ++index)
        blocks.push_back(preformatted(secret_place(index), "b" + std::to_string(index)).json);
    json::object view;
    view["type"] = "modal";
    view["blocks"] = std::move(blocks);
    return view;
}

std::vector<Secret> secrets_of(const std::vector<std::string>& texts)
{
    std::vector<Secret> secrets;
    for (const std::string& text : texts) secrets.emplace_back(text);
    return secrets;
}

std::map<std::string, std::string> fields_of(std::string_view form)
{
    std::map<std::string, std::string> fields;
    const auto query = boost::urls::parse_query(boost::urls::string_view{form.data(), form.size()});
    REQUIRE(query.has_value());
    for (const auto& field : *query)
    {
        const boost::urls::param_pct_view view = field;
        fields[std::string{view.key}] = view.value.decode();
    }
    return fields;
}

std::string text_in(const json::value& view, std::size_t block)
{
    return std::string{view.at("blocks").at(block).at("elements").at(0).at("elements").at(0).at("text").as_string()};
}

struct Desk
{
    boost::asio::io_context context{1};
    test::ScriptedHttpClient client;
    test::ManualClock clock{TimePoint{std::chrono::seconds{1763800000}}};
    WebApi api{client, *http::parse_origin("https://slack.com/api/"), Secret{"xoxb-1"}, clock};

    Outcome<void> open(SecretView view)
    {
        return test::run(context, api.open_secret_view(Secret{"1.2.abc"}, std::move(view)));
    }
    Outcome<void> update(SecretView view)
    {
        return test::run(context, api.update_secret_view("handover-cs-1", std::move(view)));
    }
};

}  // namespace

TEST_CASE("secrets arrive in their places exactly as they are", "[slack]")
{
    SecretView view{view_with(2), secrets_of({hostile, "second"})};
    const auto form = secret_form("trigger_id", "1.2&abc", view);
    REQUIRE(form.has_value());
    const auto fields = fields_of(form->expose());
    CHECK(fields.at("trigger_id") == "1.2&abc");
    const json::value read = json::parse(fields.at("view"));
    CHECK(text_in(read, 0) == hostile);
    CHECK(text_in(read, 1) == "second");
    // Only what a form may hold.
    CHECK(form->expose().find_first_of(" \"\\\n<+") == std::string_view::npos);
}

TEST_CASE("a secret that looks like a place stays where it was put", "[slack]")
{
    SecretView view{view_with(2), secrets_of({std::string{secret_place(1)}, "second"})};
    const auto form = secret_form("trigger_id", "1", view);
    REQUIRE(form.has_value());
    const json::value read = json::parse(fields_of(form->expose()).at("view"));
    CHECK(text_in(read, 0) == secret_place(1));
    CHECK(text_in(read, 1) == "second");
}

TEST_CASE("a view without exactly one place for each secret is not sent", "[slack]")
{
    json::object twice = view_with(1);
    twice["title"] = "again \x01secret 0\x01";
    Desk desk;
    for (auto& broken :
         {SecretView{view_with(0), secrets_of({"one"})}, SecretView{view_with(1), secrets_of({})},
          SecretView{view_with(1), secrets_of({"one", "two"})}, SecretView{view_with(2), secrets_of({"one"})},
          SecretView{twice, secrets_of({"one"})}, SecretView{view_with(2), secrets_of({"one", "two", "three"})}})
    {
        std::vector<Secret> secrets;
        for (const Secret& secret : broken.secrets) secrets.push_back(secret.duplicate());
        const auto opened = desk.open(SecretView{broken.view, std::move(secrets)});
        REQUIRE_FALSE(opened.has_value());
        CHECK(opened.error().code == Errc::refused);
        CHECK(opened.error().reason == "secret_view_broken");
    }
    CHECK(desk.client.sent.empty());
}

TEST_CASE("a secret view is opened once, within the life of its trigger", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"view":{"id":"V1","blocks":[]}})");
    REQUIRE(desk.open(SecretView{view_with(1), secrets_of({"$Ada!Byron$!"})}).has_value());
    REQUIRE(desk.client.sent.size() == 1);
    const auto& sent = desk.client.sent[0];
    CHECK(sent.url == "https://slack.com:443/api/views.open");
    CHECK(sent.deadline == 3s);
    CHECK(sent.bearer == "xoxb-1");
    CHECK(sent.content_type == "application/x-www-form-urlencoded");
    CHECK(fields_of(sent.body).at("trigger_id") == "1.2.abc");
}

TEST_CASE("what Slack refused was not shown; what it did not answer may have been", "[slack]")
{
    struct Case
    {
        int status;
        std::string body;
        Errc code;
    };
    for (const Case& each :
         {Case{200, R"({"ok":false,"error":"expired_trigger_id"})", Errc::refused},
          Case{200, R"({"ok":false,"error":"exchanged_trigger_id"})", Errc::refused},
          Case{200, R"({"ok":false,"error":"token_revoked"})", Errc::forbidden},
          Case{200, R"({"ok":false,"error":"service_unavailable"})", Errc::unavailable},
          Case{429, "", Errc::rate_limited}, Case{500, "", Errc::answer_lost}, Case{200, "<html>", Errc::answer_lost},
          Case{200, R"({"ok":false,"error":"internal_error"})", Errc::answer_lost}})
    {
        INFO(each.status << " " << each.body);
        Desk desk;
        desk.client.answer(each.status, each.body);
        const auto opened = desk.open(SecretView{view_with(1), secrets_of({"s"})});
        REQUIRE_FALSE(opened.has_value());
        CHECK(opened.error().code == each.code);
    }
    Desk desk;
    desk.client.fail(Errc::unreachable);
    CHECK(desk.open(SecretView{view_with(1), secrets_of({"s"})}).error().code == Errc::unreachable);
}

TEST_CASE("a secret view that was closed is not updated", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":false,"error":"not_found"})");
    desk.client.answer(200, R"({"ok":true,"view":{"id":"V1"}})");
    CHECK(desk.update(SecretView{view_with(1), secrets_of({"s"})}).error().code == Errc::not_found);
    CHECK(desk.update(SecretView{view_with(1), secrets_of({"s"})}).has_value());
    CHECK(fields_of(desk.client.sent[1].body).at("external_id") == "handover-cs-1");
}

TEST_CASE("secrets find their places in whatever order these stand", "[slack]")
{
    json::array blocks;
    for (const std::size_t index : {1U, 0U})
        blocks.push_back(preformatted(secret_place(index), "b" + std::to_string(index)).json);
    json::object view;
    view["type"] = "modal";
    view["blocks"] = std::move(blocks);
    const auto form = secret_form("trigger_id", "1", SecretView{view, secrets_of({"first", "second"})});
    REQUIRE(form.has_value());
    const json::value read = json::parse(fields_of(form->expose()).at("view"));
    CHECK(text_in(read, 0) == "second");
    CHECK(text_in(read, 1) == "first");
    CHECK(read.at("type") == "modal");
}

TEST_CASE("there is room for secrets of which every character is escaped", "[slack]")
{
    const std::string worst(3'000, '\x1f'), quotes(3'000, '"');
    const std::string key(200, '&');
    const auto form = secret_form("external_id", key, SecretView{view_with(2), secrets_of({worst, quotes})});
    REQUIRE(form.has_value());
    const auto fields = fields_of(form->expose());
    CHECK(fields.at("external_id") == key);
    const json::value read = json::parse(fields.at("view"));
    CHECK(text_in(read, 0) == worst);
    CHECK(text_in(read, 1) == quotes);
}

TEST_CASE("a secret is written as JSON escapes it, byte for byte", "[slack]")
{
    const auto form = secret_form("k", "v", SecretView{view_with(1), secrets_of({"\x1f\x0a /~"})});
    REQUIRE(form.has_value());
    CHECK(form->expose().find("%5Cu001F%5Cu000A%20%2F~") != std::string_view::npos);
    CHECK(form->expose().starts_with("k=v&view=%7B"));
}

TEST_CASE("an update of a secret view may be sent again, and is waited for longer than an opening", "[slack]")
{
    Desk desk;
    desk.client.answer(500, "");
    desk.client.answer(200, R"({"ok":false,"error":"view_not_found"})");
    CHECK(desk.update(SecretView{view_with(1), secrets_of({"s"})}).error().code == Errc::unavailable);
    REQUIRE(desk.client.sent.size() == 1);
    CHECK(desk.client.sent[0].url == "https://slack.com:443/api/views.update");
    CHECK(desk.client.sent[0].deadline == 10s);
    const auto refused = desk.update(SecretView{view_with(1), secrets_of({"s"})});
    CHECK(refused.error().code == Errc::refused);
    CHECK(refused.error().reason == "view_not_found");
}
