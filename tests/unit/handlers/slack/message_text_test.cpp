#include "handlers/slack/message_text.hpp"

#include "handlers/core/text.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using slack::text_of_message;

namespace {

std::string said(const std::string& message) { return text_of_message(boost::json::parse(message), 4000); }

}  // namespace

TEST_CASE("a message is its text, then what other apps put into attachments and blocks", "[slack]")
{
    CHECK(said(R"({"text":"hello"})") == "hello");
    CHECK(
        said(R"({"text":"","attachments":[{"title":"Ticket 42","text":"Requester: <mailto:a@b.example|a@b.example>",
                 "fallback":"Ticket 42","color":"#fff","id":1}]})") ==
        "Ticket 42\nRequester: <mailto:a@b.example|a@b.example>\nTicket 42");
    CHECK(
        said(
            R"({"text":"New","blocks":[{"type":"section","block_id":"b","fields":[{"type":"mrkdwn","text":"*Who*\na@b.example"}],
                 "accessory":{"type":"button","action_id":"x","text":{"type":"plain_text","text":"Open"}}}]})") ==
        "New\n*Who*\na@b.example\nOpen");
    CHECK(
        said(R"({"attachments":[{"fields":[{"title":"Email","value":"a@b.example","short":true}]}]})") ==
        "Email\na@b.example");
}

TEST_CASE("a link of rich text keeps what it leads to beside what it shows", "[slack]")
{
    const auto link = [](const std::string& more) {
        return said(
            R"({"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[
            {"type":"text","text":"From "},{"type":"link","url":"mailto:a@b.example")" +
            more + "}]}]}]}");
    };
    CHECK(link(R"(,"text":"a@b.example")") == "From \n<mailto:a@b.example|a@b.example>");
    CHECK(link(R"(,"text":"eve@evil.example")") == "From \n<mailto:a@b.example|eve@evil.example>");
    CHECK(link("") == "From \n<mailto:a@b.example>");
}

TEST_CASE("what is no message, or nothing that anybody reads, says nothing", "[slack]")
{
    for (const char* message :
         {"null", "[]", "\"text\"", "7", "{}", R"({"text":7,"blocks":{},"attachments":null})",
          R"({"blocks":[{"type":"image","image_url":"https://x.example/a@b.example"}]})"})
    {
        INFO(message);
        CHECK(said(message).empty());
    }
}

TEST_CASE("much text is cut between characters, and no more of it is looked at", "[slack]")
{
    std::string blocks;
    for (int i = 0; i < 3000; ++i) blocks += R"({"type":"section","text":{"type":"mrkdwn","text":"\u20AC\u20AC"}},)";
    const std::string message = R"({"text":"x","blocks":[)" + blocks + "{}]}";
    const std::string text = text_of_message(boost::json::parse(message), 4000);
    CHECK(text.size() <= 4000);
    CHECK(text.size() > 3990);
    CHECK(is_valid_utf8(text));
    CHECK(text_of_message(boost::json::parse(R"({"text":")" + std::string(9000, 'a') + "\"}"), 4000).size() == 4000);
}
