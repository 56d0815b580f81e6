#include "handlers/actions/message_email.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::actions;

TEST_CASE("the first address is found in a message, in every form that Slack delivers", "[intake]")
{
    const std::string form = GENERATE(
        "ada@acme.example", "<mailto:ada@acme.example|ada@acme.example>", "<mailto:ada@acme.example>",
        "<mailto:Ada@Acme.Example|ada@acme.example>", "<MAILTO:ada@acme.example|ada@acme.example>",
        "<ada@acme.example>", "&lt;ada@acme.example&gt;", "\"ada@acme.example\"", "'ada@acme.example'",
        "`ada@acme.example`", "\u201Cada@acme.example\u201D", "\u2018ada@acme.example\u2019", "*ada@acme.example*",
        "_ada@acme.example_", "(ada@acme.example)", "[ada@acme.example]", "ADA@ACME.EXAMPLE", "ada@acme\u200b.example",
        "\ufeffada@acme.example", "\u202dada@acme.example\u202c");
    const std::string around = GENERATE(
        "X", "X is locked out", "please reset X", "locked out: X, since Monday", "is it X? Or not", "(it is X)",
        "her address:\nX\nthanks", "it is X.", "it is X; hurry!", "Hello!\tX\tplease", "\u00a0X\u00a0again",
        "Ask <@U0ADA> about X");
    std::string text = around;
    text.replace(text.find('X'), 1, form);
    INFO(text);
    CHECK(first_email_in(text) == "ada@acme.example");
}

TEST_CASE("of several addresses the first is taken, and what is none is passed over", "[intake]")
{
    CHECK(first_email_in("ada@acme.example or grace@acme.example") == "ada@acme.example");
    CHECK(first_email_in("@ada knows: grace@acme.example") == "grace@acme.example");
    CHECK(first_email_in("a@b@c.example, no: grace@acme.example") == "grace@acme.example");
    CHECK(first_email_in("<https://acme.example/?of=ada@acme.example> grace@acme.example") == "grace@acme.example");
    CHECK(first_email_in("From: Ada Byron &lt;ada@acme.example&gt;, CC") == "ada@acme.example");
    CHECK(
        first_email_in("<mailto:ada@acme.example|ada@acme.example>,<mailto:g@h.example|g@h.example>") ==
        "ada@acme.example");
    CHECK(first_email_in("a+b@acme.example") == "a+b@acme.example");
    CHECK(first_email_in("login failed email=ada@acme.example") == "ada@acme.example");
    CHECK(first_email_in("user:ada@acme.example id=7") == "ada@acme.example");
    CHECK(first_email_in("email=\"ada@acme.example\"") == "ada@acme.example");
    CHECK(first_email_in("a1=b@acme.example") == "a1=b@acme.example");
}

TEST_CASE("look-alikes, links that say one thing and mean another, and plain words give nothing", "[intake]")
{
    const std::string text = GENERATE(
        "", " ", "nothing here", "@", "ada@", "@acme.example", "ada@acme", "ada@127.0.0.1", "<@U0ADA>", "<!channel>",
        "\u0430da@acme.example", "ada@\u0430cme.example", "ada\uFF20acme.example", "ada@acme.example\u0131",
        "<mailto:eve@evil.example|ada@acme.example>", "<mailto:ada@acme.example|Ada>",
        "<mailto:ada@acme.example|Ada Byron>", "<mailto:eve@evil.example|write to ada@acme.example>",
        "<https://evil.example|write to ada@acme.example>", "<mailto:|ada@acme.example>", "<mailto:", "<mailto:>",
        "<https://acme.example/ada@acme.example>", "<http://a%40acme.example|a%40acme.example>",
        "ada@acme.example/grace@acme.example", "ada@acme.example,grace@acme.example", "ada@-acme.example",
        ".ada@acme.example", "ada..b@acme.example", "ada@acme.example\x01", "ada@acme.example\xff");
    INFO(text);
    CHECK(first_email_in(text).empty());
}

TEST_CASE("4,000 bytes of anything are read, and what comes before them is found", "[intake]")
{
    const std::string piece = GENERATE(
        "@", "<", ">", "<mailto:", "<mailto:a@b.example|", "&gt;", "&gt;;", "*", "a", "a@", "a@ ", "\"", ";", "\xff",
        "\u202e ", "( ");
    std::string noise;
    while (noise.size() + piece.size() <= 4000) noise += piece;
    CHECK(first_email_in(noise).empty());
    CHECK(first_email_in("ada@acme.example " + noise) == "ada@acme.example");
}

TEST_CASE("five hundred words of a message are looked at, and no more", "[intake]")
{
    std::string words;
    for (int i = 0; i < 499; ++i) words += "a ";
    CHECK(first_email_in(words + "ada@acme.example") == "ada@acme.example");
    CHECK(first_email_in(words + "a ada@acme.example").empty());
}
