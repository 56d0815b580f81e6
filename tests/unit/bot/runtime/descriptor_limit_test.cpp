#include "bot/runtime/descriptor_limit.hpp"

#include <catch2/catch.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <string_view>

using namespace countersign;

namespace {

// In a process of its own, started with these limits: how many connections, 0 when it is refused in words that name
// all numbers, -1 when the soft limit is not as it should be.
int connections_under(rlim_t soft, rlim_t hard, rlim_t soft_then)
{
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0)
    {
        const rlimit given{soft, hard};
        if (::setrlimit(RLIMIT_NOFILE, &given) != 0) ::_exit(254);
        try
        {
            const std::size_t connections = fit_descriptors(100, 28);
            rlimit now{};
            const bool is_right = ::getrlimit(RLIMIT_NOFILE, &now) == 0 && now.rlim_cur == soft_then;
            ::_exit(is_right ? static_cast<int>(connections) : 255);
        }
        catch (const std::runtime_error& refusal)
        {
            const std::string_view words{refusal.what()};
            const bool says_all = words.find("may open 40 files") != words.npos &&
                words.find("needs 28 for itself") != words.npos && words.find("allow it 128") != words.npos;
            ::_exit(says_all ? 0 : 253);
        }
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("connections have what the limit leaves beside everything else, at most what was wanted", "[runtime]")
{
    struct Row
    {
        DescriptorLimit limit;
        std::uint64_t soft;
        std::size_t connections;
    };
    for (const Row& row :
         {Row{{1024, 4096}, 1024, 512}, Row{{640, 640}, 640, 512}, Row{{639, 640}, 640, 512}, Row{{256, 639}, 639, 511},
          Row{{256, 256}, 256, 128}, Row{{129, 129}, 129, 1}, Row{{128, 128}, 128, 0}, Row{{3, 3}, 3, 0}})
    {
        const DescriptorPlan plan = plan_descriptors(row.limit, 512, 128);
        CAPTURE(row.limit.soft, row.limit.hard);
        CHECK(plan.soft == row.soft);
        CHECK(plan.connections == row.connections);
    }
}

TEST_CASE("the soft limit is raised when it is needed, and what still does not fit is given up or refused", "[runtime]")
{
    CHECK(connections_under(128, 1000, 128) == 100);
    CHECK(connections_under(64, 1000, 1000) == 100);
    CHECK(connections_under(64, 90, 90) == 62);
    CHECK(connections_under(40, 40, 40) == 0);
}
