#include "handlers/core/error.hpp"

#include "handlers/core/hex.hpp"
#include "handlers/core/log.hpp"
#include "handlers/core/strong_id.hpp"

#include <boost/system/system_error.hpp>
#include <catch2/catch.hpp>

#include <string>

using namespace countersign;

TEST_CASE("each error has its word, and a code that is none has another", "[core]")
{
    const auto [code, name] = GENERATE(table<Errc, std::string>(
        {{Errc::not_found, "not_found"},
         {Errc::malformed, "malformed"},
         {Errc::too_large, "too_large"},
         {Errc::unsupported, "unsupported"},
         {Errc::bad_signature, "bad_signature"},
         {Errc::stale, "stale"},
         {Errc::replayed, "replayed"},
         {Errc::forbidden, "forbidden"},
         {Errc::refused, "refused"},
         {Errc::conflict, "conflict"},
         {Errc::duplicate, "duplicate"},
         {Errc::lease_lost, "lease_lost"},
         {Errc::rate_limited, "rate_limited"},
         {Errc::unreachable, "unreachable"},
         {Errc::answer_lost, "answer_lost"},
         {Errc::unavailable, "unavailable"},
         {Errc::corrupt, "corrupt"},
         {static_cast<Errc>(18), "unknown"},
         {static_cast<Errc>(-1), "unknown"}}));
    CHECK(name_of(code) == name);
    CHECK(make_error_code(code).message() == name);
    CHECK(std::string{make_error_code(code).category().name()} == "countersign");
}

TEST_CASE("whoever takes the value of a call that failed is told by an exception with its reason", "[core]")
{
    const Outcome<int> failed{Problem{Errc::refused, "password_too_weak"}};
    try
    {
        static_cast<void>(failed.value());
        FAIL("a value was there");
    }
    catch (const boost::system::system_error& error)
    {
        CHECK(error.code() == Errc::refused);
        CHECK(std::string{error.what()}.find("password_too_weak") != std::string::npos);
    }
}

TEST_CASE("bytes survive the way through hex, and what is no hex is corrupt", "[core]")
{
    const std::string bytes{"\x00\x7f\xff\x0a", 4};
    CHECK(to_hex(bytes) == "007fff0a");
    REQUIRE(from_hex("007FfF0a").has_value());
    CHECK(*from_hex("007FfF0a") == bytes);
    CHECK(from_hex("")->empty());
    for (const char* text : {"0", "0g", "zz", "00f", " 00"}) CHECK(from_hex(text).error() == Errc::corrupt);
}

TEST_CASE("a line of the log is one JSON object: level, event, then its fields in order", "[core]")
{
    using namespace log;
    CHECK(
        render(Level::warn, "job_failed", {{"user", SlackUserId{"U1"}}, {"attempts", 3}, {"why", "a \"b\"\n"}}) ==
        R"({"level":"warn","event":"job_failed","user":"U1","attempts":"3","why":"a \"b\"\n"})");
    CHECK(render(Level::debug, "e", {}) == R"({"level":"debug","event":"e"})");
    CHECK(render(Level::info, "e", {}) == R"({"level":"info","event":"e"})");
    CHECK(render(Level::error, "e", {{"k", std::string{"v"}}}) == R"({"level":"error","event":"e","k":"v"})");
}
