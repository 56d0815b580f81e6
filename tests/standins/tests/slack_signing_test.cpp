#include "tests/standins/tests/slack_fixture.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace standins;
using namespace standins::slack;
using namespace standins::slack::test;

TEST_CASE("the published worked example has the published signature", "[slack][signing]")
{
    const std::string body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id="
                             "G8PSS9T3V&channel_name=foobar"
                             "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url="
                             "https%3A%2F%2Fhooks.slack.com"
                             "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                             "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    REQUIRE(body.size() == 362);
    CHECK(sign(secret, "1531420618", body) == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
}

TEST_CASE("every accepted signing vector has the digest that the stand-in makes", "[slack][signing]")
{
    const auto vectors = data("signing_vectors.json");
    int compared = 0;
    for (const auto& each : vectors.at("vectors").as_array())
    {
        const auto& vector = each.as_object();
        if (vector.at("expect") != "accept" || !vector.contains("body")) continue;
        std::string timestamp;
        std::string signature;
        for (const auto& header : vector.at("headers").as_array())
        {
            const std::string name = header.at(0).as_string().c_str();
            auto& slot = name.size() == std::string_view{"X-Slack-Signature"}.size() ? signature : timestamp;
            slot = header.at(1).as_string().c_str();
        }
        INFO(vector.at("name"));
        CHECK(sign(secret, timestamp, vector.at("body").as_string().c_str()) == signature);
        ++compared;
    }
    CHECK(compared >= 5);
}

namespace {

struct Sent
{
    int signatures = 0;
    int timestamps = 0;
    std::string signature;
    std::string timestamp;
    bool verifies = false;  // by our rule, stricter than Slack's SDKs
};

Sent sent(Forgery forgery)
{
    auto slack = workspace();
    const auto request = slack
                             .command(
                                 requester, helpdesk, "/reset-password", "ada@example.com", start,
                                 Variant{forgery, {}, {}, false, false})
                             .request;
    Sent out;
    for (const auto& [name, value] : request.headers)
    {
        out.signatures += name == "x-slack-signature" ? 1 : 0;
        out.timestamps += name == "x-slack-request-timestamp" ? 1 : 0;
    }
    out.signature = request.header("x-slack-signature");
    out.timestamp = request.header("x-slack-request-timestamp");
    const bool digits = !out.timestamp.empty() && out.timestamp.size() <= 12 &&
        out.timestamp.find_first_not_of("0123456789") == std::string::npos;
    const auto age = digits ? std::abs(std::stoll(out.timestamp) - start / 1'000) : 1'000;
    out.verifies = out.signatures == 1 && out.timestamps == 1 && age <= 300 &&
        out.signature == sign(secret, out.timestamp, request.body);
    return out;
}

}  // namespace

TEST_CASE("an honest delivery verifies, a forged one does not", "[slack][signing]")
{
    CHECK(sent(Forgery::none).verifies);
    // A leading zero is a correct signature over the header as sent: the bot may take it or leave it.
    CHECK(sent(Forgery::timestamp_zero_first).timestamp == "01763800000");
    const auto forgery = GENERATE(
        Forgery::wrong_secret, Forgery::signature_missing, Forgery::timestamp_missing, Forgery::both_missing,
        Forgery::stale, Forgery::future, Forgery::far_future, Forgery::timestamp_word, Forgery::timestamp_fraction,
        Forgery::timestamp_hex, Forgery::upper_case_digest, Forgery::upper_case_version, Forgery::version_missing,
        Forgery::version_one, Forgery::digest_short, Forgery::digest_long, Forgery::trailing_junk,
        Forgery::signature_twice, Forgery::timestamp_twice, Forgery::signature_not_ascii, Forgery::body_changed);
    CAPTURE(static_cast<int>(forgery));
    CHECK_FALSE(sent(forgery).verifies);
}

TEST_CASE("a forgery deviates in the one way that it names", "[slack][signing]")
{
    CHECK(sent(Forgery::stale).timestamp == "1763799699");
    CHECK(sent(Forgery::future).timestamp == "1763800301");
    CHECK(sent(Forgery::both_missing).signatures == 0);
    CHECK(sent(Forgery::both_missing).timestamps == 0);
    CHECK(sent(Forgery::signature_twice).signatures == 2);
    CHECK(sent(Forgery::timestamp_twice).timestamps == 2);
    CHECK(sent(Forgery::version_one).signature.starts_with("v1="));
    CHECK(sent(Forgery::digest_short).signature.size() == 65);
    CHECK(sent(Forgery::digest_long).signature.size() == 69);
    CHECK(sent(Forgery::timestamp_hex).timestamp == "0x692173c0");
}

TEST_CASE("a workspace without a token or signing secret cannot be made", "[slack][signing]")
{
    auto no_secret = options();
    no_secret.signing_secret.clear();
    CHECK_THROWS_AS(Workspace{no_secret}, std::invalid_argument);
    auto no_token = options();
    no_token.bot_token.clear();
    CHECK_THROWS_AS(Workspace{no_token}, std::invalid_argument);
}

TEST_CASE("the same seed gives the same ids, another seed others", "[slack]")
{
    auto other = options();
    other.seed = 2;
    auto a = workspace();
    auto b = workspace();
    auto c = workspace(other);
    const auto trigger = [](Workspace& slack) {
        return slack.command(requester, helpdesk, "/reset-password", "", start).trigger_id;
    };
    const auto first = trigger(a);
    CHECK(first == trigger(b));
    CHECK(first != trigger(c));
    CHECK(first != trigger(a));
}
