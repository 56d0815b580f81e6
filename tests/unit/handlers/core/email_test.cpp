#include "handlers/core/email.hpp"
#include "handlers/core/text.hpp"
#include "handlers/model/request.hpp"

#include <catch2/catch.hpp>

using namespace countersign;

namespace {

EmailFault fault_of(std::string_view typed)
{
    const auto email = parse_email(typed);
    REQUIRE_FALSE(email.has_value());
    REQUIRE(email.error().category() == email_category());
    return static_cast<EmailFault>(email.error().value());
}

std::string parsed(std::string_view typed)
{
    const auto email = parse_email(typed);
    return email ? email->str() : "refused: " + email.error().message();
}

}  // namespace

TEST_CASE("no address in what was typed is told from a wrong one", "[core]")
{
    const auto text = GENERATE("", " ", "\u00A0\u200B\u3000", "\"\"", "<>", ",");
    CHECK(fault_of(text) == EmailFault::empty);
}

TEST_CASE("what is not exactly one address is refused", "[core]")
{
    const std::string text = GENERATE(
        "ada", "ada@", "@example.com", "ada@example", "ada@@example.com", "ada@b@example.com",
        "ada@example.com,bob@example.com", "ada@example.com;bob@example.com", "ada lovelace@example.com",
        "Ada <ada@example.com> x", "ada@example.com is locked out", ".ada@example.com", "ada.@example.com",
        "a..da@example.com", "ada@.example.com", "ada@example..com", "ada@example.com..", "ada@-example.com",
        "ada@example-.com", "ada@exa_mple.com", "ada@[127.0.0.1]", "ada@127.0.0.1", "\"ada lovelace\"@example.com",
        "ada@example.com/x", "mailto:ada@example.com", "<@U012ABCDEF>", "<#C012ABCDE|general>", "<!channel>",
        "<https://example.com|ada@example.com>", "<http://a%40a.com|a@a.com>", "<mailto:>", "<mailto:|ada@example.com>",
        "<<mailto:ada@example.com|ada@example.com>>", "&lt;mailto:ada@example.com|ada@example.com&gt;",
        "Ada &lt;ada@example.com", "ada@example.com\n\x01", "ada\x07@example.com", "ada@example.com\tbob",
        "ada(comment)@example.com");
    CAPTURE(text);
    CHECK(fault_of(text) == EmailFault::not_one_address);
}

TEST_CASE("a NUL or a byte that is no UTF-8 does not reach an address", "[core]")
{
    CHECK(fault_of(std::string_view{"ada\0@example.com", 16}) == EmailFault::not_one_address);
    CHECK(fault_of("ada\xFF@example.com") == EmailFault::not_one_address);
}

TEST_CASE("letters outside ASCII are refused, not repaired", "[core]")
{
    const auto text = GENERATE(
        "\u0430da@example.com", "ada@ex\u0430mple.com", "ad\u00E0@example.com", "ada\uFF20example.com",
        "ada@\u212Aelvin.com", "<mailto:\u0430da@example.com|\u0430da@example.com>", "ada@example\u3002com",
        "ad\u0131@example.com", "j\u00FCrgen@example.com", "j\u00FCrgen.o\u2019brien@example.com");
    CAPTURE(text);
    CHECK(fault_of(text) == EmailFault::look_alike);
}

TEST_CASE("what a keyboard has made of an apostrophe or a dash is named", "[core]")
{
    const auto text = GENERATE(
        "o\u2019brien@example.com", "o\u2018brien@example.com", "o\u02BCbrien@example.com", "o\u00B4brien@example.com",
        "ada\u2013lovelace@example.com", "ada@my\u2014company.com", "<mailto:o\u2019brien@example.com>",
        "\u2018o\u2019brien@example.com\u2019");
    CAPTURE(text);
    CHECK(fault_of(text) == EmailFault::typographic);
    CHECK(fault_of("o'neil\u2019s@example.com") == EmailFault::typographic);
    CHECK(parsed("o'brien@example.com") == "o'brien@example.com");
}

TEST_CASE("two addresses are two, however they are separated", "[core]")
{
    const std::string between = GENERATE(" ", ", ", "; ", " , ", " and ", " &amp; ", " / ", ",  and ");
    const std::string second = GENERATE("bob@example.com", "<mailto:bob@example.com|bob@example.com>");
    const std::string text = "ada@example.com" + between + second;
    CAPTURE(text);
    CHECK(fault_of(text) == EmailFault::several);
    CHECK(split_command_text(text + " locked out").email.error() == make_error_code(EmailFault::several));
    CHECK(fault_of("<mailto:ada@example.com?cc=bob@example.com|ada@example.com>") == EmailFault::several);
    CHECK(fault_of("<mailto:ada@example.com?to=bob%40example.com|ada@example.com>") == EmailFault::several);
    CHECK(fault_of("bob@example.com <ada@example.com>") == EmailFault::several);
    // What is said of somebody later is a reason.
    CHECK(split_command_text("ada@example.com locked out, says bob@example.com").email.has_value());
    CHECK(split_command_text("ada@example.com and nothing else").email.has_value());
}

TEST_CASE("a link that shows another address than it means is refused", "[core]")
{
    const auto text = GENERATE(
        "<mailto:eve@evil.com|ada@example.com>", "<mailto:ada@example.com|Ada>", "<mailto:ada@example.com|>",
        "<mailto:ada@example.com|ada@example.com|x>", "<mailto:ada@example.com|ada@example.com >");
    CAPTURE(text);
    CHECK(fault_of(text) == EmailFault::label_differs);
}

TEST_CASE("an address over its limits is refused", "[core]")
{
    const std::string local64(64, 'a'), label63(63, 'b');
    CHECK(parsed(local64 + "@example.com") == local64 + "@example.com");
    CHECK(fault_of(local64 + "a@example.com") == EmailFault::too_long);
    CHECK(fault_of("a@" + label63 + "b.com") == EmailFault::not_one_address);

    const std::string domain = label63 + "." + label63 + "." + label63;  // 191 bytes
    CHECK(parsed(std::string(58, 'a') + "@" + domain + ".de" + "e") == std::string(58, 'a') + "@" + domain + ".dee");
    CHECK(fault_of(std::string(60, 'a') + "@" + domain + ".dee") == EmailFault::too_long);
    CHECK(fault_of(std::string(4000, 'a')) == EmailFault::too_long);
}

TEST_CASE("one address is taken out of what Slack and keyboards put around it", "[core]")
{
    const std::string text = GENERATE(
        "ada@example.com", "  ada@example.com\u00A0", "ADA@Example.COM", "<mailto:ada@example.com|ada@example.com>",
        "<mailto:Ada@Example.com|ada@example.com>", "<mailto:ada@example.com>", "<MAILTO:ada@example.com>",
        "<ada@example.com>", "&lt;ada@example.com&gt;", "\"ada@example.com\"", "'ada@example.com'",
        "\u201Cada@example.com\u201D", "\u2018ada@example.com\u2019", "\u201Dada@example.com\u201D",
        "`ada@example.com`", "\"<mailto:ada@example.com|ada@example.com>\"", "ada@example.com,", "ada@example.com.",
        "ada@example.com;", "\"ada@example.com\",", "<mailto:ada@example.com|ada@example.com>.",
        "\u200Bada@\u2060example.com\uFEFF", "\u202Aada@example.com\u202C", "*ada@example.com*", "_ada@example.com_",
        "~ada@example.com~", "*_<mailto:ada@example.com|ada@example.com>_*", "*\"ada@example.com\"*,",
        "&lt;<mailto:ada@example.com|ada@example.com>&gt;", "Ada Lovelace &lt;ada@example.com&gt;",
        "Ada Lovelace <ada@example.com>", "Ada Lovelace &lt;<mailto:ada@example.com|ada@example.com>&gt;",
        "\"Lovelace, Ada\" &lt;ada@example.com&gt;",
        "<mailto:ada@example.com?subject=Re: locked out&amp;body=Hi there|ada@example.com>",
        "<mailto:ada@example.com?subject=x>");
    CAPTURE(text);
    CHECK(parsed(text) == "ada@example.com");
    const auto command = split_command_text(text + " locked out");
    REQUIRE(command.email.has_value());
    CHECK(command.email->str() == "ada@example.com");
    CHECK(command.reason == "locked out");
}

TEST_CASE("all that an address may hold is kept", "[core]")
{
    CHECK(parsed("a+b_c-d.e'f@x-y.example.co") == "a+b_c-d.e'f@x-y.example.co");
    CHECK(parsed("_ada_@example.com") == "_ada_@example.com");
    CHECK(parsed("*ada@example.com") != "ada@example.com");
    CHECK(split_command_text("_ada@example.com some_thing").reason == "some_thing");
    CHECK(parsed("what?@example.com") == "what?@example.com");
    CHECK(parsed("<mailto:what?@example.com|what?@example.com>") == "what?@example.com");
    CHECK(parsed("<mailto:o'neil&amp;co@example.com|o'neil&amp;co@example.com>") == "o'neil&co@example.com");
    CHECK(parsed("a&amp;b@example.com") == "a&b@example.com");
    CHECK(parsed("ada@xn--bcher-kva.example") == "ada@xn--bcher-kva.example");
}

TEST_CASE("a command is an address and a reason", "[core]")
{
    const auto words =
        split_command_text("  <mailto:ada@example.com|ada@example.com>  locked out &amp; late,\tticket 7 ");
    REQUIRE(words.email.has_value());
    CHECK(words.email->str() == "ada@example.com");
    CHECK(words.reason == "locked out & late, ticket 7");
}

TEST_CASE("a quoted address before a reason is one token", "[core]")
{
    const auto straight = split_command_text("\"ada@example.com\" locked out");
    REQUIRE(straight.email.has_value());
    CHECK(straight.reason == "locked out");
    const auto curly = split_command_text("\u201C ada@example.com \u201D, locked out");
    REQUIRE(curly.email.has_value());
    CHECK(curly.email->str() == "ada@example.com");
    CHECK(curly.reason == "locked out");
}

TEST_CASE("a command without a reason has an empty one", "[core]")
{
    const auto words = split_command_text("ada@example.com");
    REQUIRE(words.email.has_value());
    CHECK(words.reason.empty());
    CHECK(split_command_text("").email.error() == make_error_code(EmailFault::empty));
    CHECK(split_command_text("\u00A0").reason.empty());
}

TEST_CASE("a link with a space is judged as a whole and refused", "[core]")
{
    const auto words = split_command_text("<mailto:ada@example.com|Ada Lovelace> locked out");
    CHECK(words.email.error() == make_error_code(EmailFault::label_differs));
    CHECK(
        split_command_text("please reset ada@example.com").email.error() ==
        make_error_code(EmailFault::not_one_address));
}

TEST_CASE("a reason is cut to its limit between characters, and it shows", "[core]")
{
    static_assert(command_reason_units_max == reason_units_max);
    std::string text = "ada@example.com x";
    for (int i = 0; i < 499; ++i) text += "\u20AC";
    const auto whole = split_command_text(text);
    CHECK(utf16_units(whole.reason) == 500);
    CHECK_FALSE(whole.reason_was_cut);
    const auto cut = split_command_text(text + "\U0001F980");
    CHECK(cut.reason_was_cut);
    CHECK(utf16_units(cut.reason) == 500);
    CHECK(cut.reason.ends_with("\u20AC\u2026"));
}

TEST_CASE("a command that is no UTF-8 is refused", "[core]")
{
    CHECK(split_command_text("ada@example.com \xFF").email.error() == make_error_code(EmailFault::not_one_address));
}

TEST_CASE("a reason holds neither controls nor what turns the text around", "[core]")
{
    const auto words = split_command_text("ada@example.com one\u202Etwo\nthree\x07");
    CHECK(words.reason == "onetwo three");
}

TEST_CASE("a masked address shows the ends of its local part", "[core]")
{
    CHECK(mask_email(Email{"ada@acme.com"}) == "a\u2026a@acme.com");
    CHECK(mask_email(Email{"ab@acme.com"}) == "a\u2026b@acme.com");
    CHECK(mask_email(Email{"a@acme.com"}) == "a\u2026@acme.com");
}
