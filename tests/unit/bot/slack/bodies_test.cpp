#include "bot/http/form.hpp"
#include "bot/slack/bodies.hpp"
#include "handlers/ports/http_client.hpp"
#include "handlers/slack/payload.hpp"
#include "tests/support/freed_memory.hpp"
#include "tests/support/test_data.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::slack;
using countersign::test::FreedMemory;
namespace json = boost::json;

namespace {

const std::string short_canary = "C4NARY!Doe$!";  // JSON keeps so few characters within the value
const std::string long_canary = "C4NARY-horse-battery-staple-of-the-window";

// What Slack posts when something is pressed in the window with the password, or it is closed.
std::string body_with(const std::string& example, const std::string& shown)
{
    json::value payload = test::test_data("slack/own_examples.json").at(example);
    const json::array text{{{"type", "text"}, {"text", shown}}};
    const json::array lines{{{"type", "rich_text_preformatted"}, {"elements", text}}};
    json::value& view = payload.as_object()["view"];
    if (!view.is_object()) view = json::object{{"id", "V1"}};
    view.as_object()["blocks"] = json::array{{{"type", "rich_text"}, {"block_id", "b"}, {"elements", lines}}};
    return "payload=" + http::encode(json::serialize(payload));
}

}  // namespace

TEST_CASE("of the password in a view that Slack sends back nothing is left in memory", "[slack]")
{
    const std::string example = GENERATE("block_actions", "view_closed", "view_submission");
    const std::string shown = GENERATE_COPY(short_canary, long_canary);
    const std::string body = body_with(example, shown);
    FreedMemory freed{shown};
    {
        const auto read = interaction_in(body);
        CHECK(read.has_value());
    }
    CHECK(freed.found() == 0);
}

TEST_CASE("an interaction is one field of that name, and no other is looked at", "[slack]")
{
    const std::string good = body_with("block_actions", short_canary);
    REQUIRE(interaction_in(good).has_value());
    const std::string value = good.substr(std::string{"payload="}.size());
    for (const std::string& body :
         {good + "&more=1", "more=1&" + good, good + "&" + good, "Payload=" + value, "=" + value, std::string{"more=1"},
          std::string{}})
    {
        INFO(body.substr(0, 20));
        CHECK(interaction_in(body).error() == Errc::malformed);
    }
}

TEST_CASE("what is no form, or too long a one, says so", "[slack]")
{
    std::string many;
    for (std::size_t i = 0; i <= http::form_fields_max; ++i) many += "a=1&";
    CHECK(interaction_in("payload=%").error() == Errc::malformed);
    CHECK(command_in("command=%").error() == Errc::malformed);
    CHECK(interaction_in(many).error() == Errc::too_large);
    CHECK(command_in(many).error() == Errc::too_large);
}

TEST_CASE("nothing is left of what cannot be read either", "[slack]")
{
    const std::string ends = GENERATE("", "&more=fields", "&payload=%7B");
    const std::string body = "payload=%7B%22view%22%3A%22" + long_canary + "%22%7D" + ends;
    const std::string plain = R"({"type":"event_callback","event":{"text":")" + long_canary + "\"}";
    FreedMemory freed{long_canary};
    CHECK_FALSE(interaction_in(body).has_value());
    CHECK_FALSE(event_in(plain).has_value());
    CHECK(freed.found() == 0);
}
