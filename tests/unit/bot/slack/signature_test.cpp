#include "bot/slack/signature.hpp"
#include "tests/standins/slack/signing.hpp"
#include "tests/support/test_data.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace countersign;
using slack::SignatureVerifier;

namespace {

using Headers = SignatureVerifier::Headers;

constexpr const char* published_secret = "8f742231b10e8888abcd99yyyzzz85a5";
constexpr const char* signature_of_empty = "v0=55f41ec73231010289b54e669149ea021fccab11b5524355523533ce930cb739";

const Headers published = {{"X-Slack-Request-Timestamp", "1531420618"}, {"X-Slack-Signature", signature_of_empty}};

TimePoint at(std::int64_t seconds) { return TimePoint{std::chrono::seconds{seconds}}; }

std::vector<Secret> secrets(std::initializer_list<const char*> texts)
{
    std::vector<Secret> made;
    for (const char* text : texts) made.emplace_back(text);
    return made;
}

std::string text_of(const boost::json::value& value) { return {value.as_string().data(), value.as_string().size()}; }

// The one vector whose body is no text.
std::string body_of(const boost::json::object& vector)
{
    if (const auto* body = vector.if_contains("body")) return text_of(*body);
    const std::string base64 = text_of(vector.at("body_base64"));
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0, count = 0;
    for (const char c : base64)
    {
        if (c == '=') break;
        bits = (bits << 6 | static_cast<unsigned>(alphabet.find(c))) & 0xFFFFU;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(bits >> count & 0xFFU);
    }
    return out;
}

}  // namespace

TEST_CASE("a verifier without a secret, or with an empty one, cannot be made", "[slack]")
{
    CHECK_THROWS_AS(SignatureVerifier{{}}, std::invalid_argument);
    CHECK_THROWS_AS(SignatureVerifier{secrets({""})}, std::invalid_argument);
    CHECK_THROWS_AS((SignatureVerifier{secrets({published_secret, ""})}), std::invalid_argument);
}

TEST_CASE("every signing vector is judged as the contract says", "[slack]")
{
    const auto data = test::test_data("slack/signing_vectors.json");
    const SignatureVerifier verifier{secrets({text_of(data.at("signing_secret")).c_str()})};
    int accepted = 0, rejected = 0;
    for (const auto& entry : data.at("vectors").as_array())
    {
        const auto& vector = entry.as_object();
        CAPTURE(text_of(vector.at("name")));
        Headers headers;
        for (const auto& header : vector.at("headers").as_array())
            headers.emplace_back(text_of(header.at(0)), text_of(header.at(1)));
        const auto verdict = verifier.verify(headers, body_of(vector), at(vector.at("now").as_int64()));
        const bool is_accept = text_of(vector.at("expect")).starts_with("accept");
        CHECK(verdict.has_value() == is_accept);
        if (!verdict) CHECK((verdict.error() == Errc::bad_signature || verdict.error() == Errc::stale));
        ++(is_accept ? accepted : rejected);
    }
    CHECK(accepted == 7);
    CHECK(rejected == 21);
}

TEST_CASE("a good signature outside its window is stale, not wrong", "[slack]")
{
    const SignatureVerifier verifier{secrets({published_secret})};
    CHECK(verifier.verify(published, "", at(1531420618 + 300)).has_value());
    CHECK(verifier.verify(published, "", at(1531420618 - 300)).has_value());
    CHECK(verifier.verify(published, "", at(1531420618 + 301)).error() == Errc::stale);
    CHECK(verifier.verify(published, "", at(1531420618 - 301)).error() == Errc::stale);
    CHECK(verifier.verify(published, "x", at(1531420618)).error() == Errc::bad_signature);
}

TEST_CASE("either secret counts while one replaces the other, and no third", "[slack]")
{
    const SignatureVerifier both{secrets({"another", published_secret})};
    CHECK(both.verify(published, "", at(1531420618)).has_value());
    const SignatureVerifier turned{secrets({published_secret, "another"})};
    CHECK(turned.verify(published, "", at(1531420618)).has_value());
    const SignatureVerifier neither{secrets({"another", "a third"})};
    CHECK(neither.verify(published, "", at(1531420618)).error() == Errc::bad_signature);
}

TEST_CASE("a signature with one bit turned, anywhere, is wrong", "[slack]")
{
    const SignatureVerifier verifier{secrets({published_secret})};
    const std::string good = signature_of_empty;
    for (std::size_t i = 0; i < good.size(); ++i)
        for (int bit = 0; bit < 8; ++bit)
        {
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
            const Headers headers = {published[0], {"X-Slack-Signature", bad}};
            CHECK_FALSE(verifier.verify(headers, "", at(1531420618)).has_value());
        }
}

TEST_CASE("a time stamp is one to twelve digits, and nothing else", "[slack]")
{
    const SignatureVerifier verifier{secrets({published_secret})};
    const auto verdict = [&](const std::string& stamp, std::int64_t now) {
        const std::string signature = standins::slack::sign(published_secret, stamp, "body");
        return verifier.verify(
            {{"X-Slack-Request-Timestamp", stamp}, {"X-Slack-Signature", signature}}, "body", at(now));
    };
    CHECK(verdict("001531420618", 1531420618).has_value());
    CHECK(verdict("7", 7).has_value());
    CHECK(verdict("999999999999", 1531420618).error() == Errc::stale);
    for (const char* stamp :
         {"0001531420618", "", " 1531420618", "1531420618 ", "-1531420618", "+1531420618", "1531420618.0", "/531420618",
          ":531420618", "15314206x8"})
    {
        INFO(stamp);
        CHECK(verdict(stamp, 1531420618).error() == Errc::bad_signature);
    }
}

TEST_CASE("a header that is there twice proves nothing, in whatever case its copies are written", "[slack]")
{
    const SignatureVerifier verifier{secrets({published_secret})};
    for (const auto& header : published)
    {
        for (const char* copy : {"x-slack-signature", "X-SLACK-REQUEST-TIMESTAMP"})
        {
            Headers headers = published;
            headers.emplace_back(copy, header.second);
            CHECK(verifier.verify(headers, "", at(1531420618)).error() == Errc::bad_signature);
        }
        Headers without = published;
        std::erase(without, header);
        CHECK(verifier.verify(without, "", at(1531420618)).error() == Errc::bad_signature);
    }
    Headers more = published;
    more.emplace_back("x-slack-signature2", "v0=00");
    more.emplace_back("x-slack-signatur", "v0=00");
    CHECK(verifier.verify(more, "", at(1531420618)).has_value());
}
