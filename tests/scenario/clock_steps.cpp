#include "tests/scenario/clock_steps.hpp"

#include "handlers/core/http_date.hpp"
#include "tests/standins/http_date.hpp"

#include <algorithm>

namespace countersign::test {

using standins::FaultPlan;

namespace {

standins::PlannedFault nobody()
{
    standins::PlannedFault fault;
    fault.fault = standins::Fault::reset_before;
    return fault;
}

}  // namespace

std::string readyz(World& world)
{
    const auto answer = world.knock({"GET", "/readyz", {{"host", "bot.test"}}, {}});
    if (!answer) return "no answer";
    if (answer->status == 200) return "ready";
    const std::string begin = R"({"error":")";
    return answer->body.substr(begin.size(), answer->body.size() - begin.size() - 2);
}

int knock_with_help(World& world, Milliseconds by)
{
    const auto now = to_unix_ms(world.time.now() + by);
    return knock_again(world, world.slack.command(cast::agent, cast::desk, "/password-help", "", now));
}

int knock_again(World& world, const standins::slack::Delivery& delivery)
{
    const auto answer = world.knock(delivery.request);
    return answer ? answer->status : 0;
}

void date_services(World& world, Milliseconds by, const std::string& port)
{
    world.network.bend = [by, port](const std::string& host, http::ClientResponse& answer) {
        if (!host.ends_with(port)) return;
        for (auto& [name, value] : answer.headers)
            if (name == "date")
            {
                standins::Response bent;
                const TimePoint date = *http::parse_date(value) + by;
                standins::put_date(bent, to_unix_ms(date));
                value = bent.headers.front().second;
            }
    };
}

void undate_services(World& world)
{
    world.network.bend = [](const std::string&, http::ClientResponse& answer) {
        std::erase_if(answer.headers, [](const auto& header) { return header.first == "date"; });
    };
}

void take_slack_away(World& world) { world.slack.faults().add("*", nobody(), FaultPlan::until_cleared); }
void take_auth0_away(World& world) { world.auth0.faults().add("*", nobody(), FaultPlan::until_cleared); }

}  // namespace countersign::test
