#include "bot/slack/answer_outline.hpp"

#include <catch2/catch.hpp>

#include <string>

using countersign::slack::outline_of;

TEST_CASE("of an answer that repeats a secret only its success is kept", "[slack]")
{
    CHECK(
        outline_of(R"({"ok":true,"view":{"blocks":[{"text":"$Ada!Byron$!"}],"ok":false,"error":"x"}})") ==
        R"({"ok":true})");
    CHECK(
        outline_of(R"({"view":{"a":["b",{"ok":true}]},"ok":false,"error":"expired_trigger_id"})") ==
        R"({"ok":false,"error":"expired_trigger_id"})");
    CHECK(outline_of(" {\"ok\" : true }\n") == R"({"ok":true})");
    CHECK(outline_of(R"({"ok":"yes","error":7,"view":null})") == "{}");
}

TEST_CASE("no text under another key is taken for the error", "[slack]")
{
    CHECK(
        outline_of(R"({"ok":false,"errors":"secret","warning":"secret","error":"not_found"})") ==
        R"({"ok":false,"error":"not_found"})");
    CHECK(outline_of(R"({"ok":true,"error":["secret"]})") == R"({"ok":true})");
    CHECK(outline_of("{\"ok\":false,\"error\":\"" + std::string(1000, 'e') + "\"}") == R"({"ok":false})");
}

TEST_CASE("what is no JSON object has no outline", "[slack]")
{
    for (const std::string& body :
         {std::string{}, std::string{"ok"}, std::string{"[true]"}, std::string{"\"ok\""}, std::string{R"({"ok":true)"},
          std::string{R"({"ok":true}{)"}, std::string(100, '['), std::string{"<html>"}})
    {
        INFO(body);
        CHECK(outline_of(body).empty());
    }
}

TEST_CASE("a key or a word that is written with escapes is the same key or word", "[slack]")
{
    CHECK(outline_of(R"({"o\u006b":false,"\u0065rror":"not\u005ffound"})") == R"({"ok":false,"error":"not_found"})");
    CHECK(outline_of(R"({"\u0061\u0062":1,"ok":true})") == R"({"ok":true})");
}

TEST_CASE("an error of sixty-four bytes is kept, one of more is no code of Slack's", "[slack]")
{
    const std::string longest(64, 'e');
    CHECK(outline_of("{\"ok\":false,\"error\":\"" + longest + "\"}") == R"({"ok":false,"error":")" + longest + "\"}");
    CHECK(outline_of("{\"ok\":false,\"error\":\"" + longest + "e\"}") == R"({"ok":false})");
}

TEST_CASE("after a list or an object the outermost keys count again", "[slack]")
{
    CHECK(outline_of(R"({"a":[[{"ok":true}]],"b":{"c":{}},"ok":false,"error":"x"})") == R"({"ok":false,"error":"x"})");
    CHECK(outline_of(R"([{"ok":true}])").empty());
    CHECK(outline_of(R"({"a":1} x)").empty());
}
