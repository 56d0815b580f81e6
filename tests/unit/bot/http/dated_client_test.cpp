#include "bot/http/dated_client.hpp"

#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_http_client.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <vector>

using namespace countersign;

namespace {

const TimePoint sunday = *from_iso8601("1994-11-06T08:49:37Z");
const std::string date = "Sun, 06 Nov 1994 08:49:37 GMT";

struct Fixture
{
    Outcome<http::ClientResponse> send()
    {
        const auto deadline = std::chrono::seconds{1};
        http::ClientRequest request{http::Method::get, *http::parse_origin("https://slack.test/"), "x", deadline};
        return test::run(context, client.send(std::move(request)));
    }

    boost::asio::io_context context{1};
    test::ScriptedHttpClient wire;
    std::vector<std::optional<TimePoint>> told;
    http::DatedClient client{wire, [this](std::optional<TimePoint> at) { told.push_back(at); }};
};

}  // namespace

TEST_CASE("the date of an answer is told, whatever its status, and the answer passed on", "[http]")
{
    Fixture fixture;
    fixture.wire.answer(200, "first", {{"date", date}});
    fixture.wire.answer(503, "second", {{"date", date}});
    CHECK(fixture.send()->body == "first");
    CHECK(fixture.send()->status == 503);
    CHECK(fixture.told == std::vector<std::optional<TimePoint>>{sunday, sunday});
    CHECK(fixture.wire.sent.size() == 2);
}

TEST_CASE("an answer without a date that can be read is told as that", "[http]")
{
    Fixture fixture;
    fixture.wire.answer(200, "");
    fixture.wire.answer(200, "", {{"date", "yesterday"}});
    CHECK(fixture.send().has_value());
    CHECK(fixture.send().has_value());
    CHECK(fixture.told == std::vector<std::optional<TimePoint>>{std::nullopt, std::nullopt});
}

TEST_CASE("no answer tells nothing", "[http]")
{
    Fixture fixture;
    fixture.wire.fail(Errc::answer_lost);
    CHECK(fixture.send().error().code == Errc::answer_lost);
    CHECK(fixture.told.empty());
}
