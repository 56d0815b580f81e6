#include "bot/app/serve.hpp"

#include "tests/support/log_capture.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace countersign;
using namespace countersign::test;

TEST_CASE("what fails at the start is told as a start that was refused, and nothing runs", "[serve]")
{
    LogCapture log;
    bool has_run = false;
    const int status = start_and_run(
        [] { throw std::runtime_error{"the port is taken"}; },
        [&has_run] {
            has_run = true;
            return 0;
        });
    CHECK(status == exit_start_refused);
    CHECK_FALSE(has_run);
    CHECK(log.count(R"("level":"error","event":"start_refused","error":"the port is taken")") == 1);
}

TEST_CASE("what fails while it runs is not told as a start that was refused", "[serve]")
{
    LogCapture log;
    const int status = start_and_run([] {}, []() -> int { throw std::runtime_error{"out of order"}; });
    CHECK(status == exit_run_failed);
    CHECK(log.count(R"("level":"error","event":"server_failed","error":"out of order")") == 1);
    CHECK(log.count("start_refused") == 0);
}

TEST_CASE("a bot that ran ends with the status that it ended with", "[serve]")
{
    CHECK(start_and_run([] {}, [] { return exit_store_failed; }) == exit_store_failed);
    CHECK(start_and_run([] {}, [] { return 0; }) == 0);
}
