#include "tests/standins/faults.hpp"

namespace standins {
namespace {

bool matches(std::string_view pattern, std::string_view name)
{
    if (!pattern.empty() && pattern.back() == '*') return name.starts_with(pattern.substr(0, pattern.size() - 1));
    return pattern == name;
}

Response server_error()
{
    return Response{
        500, {{"content-type", "text/html"}}, "<html><body><h1>500 Internal Server Error</h1></body></html>"};
}

}  // namespace

void FaultPlan::add(std::string name, PlannedFault fault, int times, int spared)
{
    rules_.push_back(Rule{std::move(name), fault, times, spared});
}

PlannedFault FaultPlan::take(std::string_view name)
{
    for (auto& rule : rules_)
    {
        if (rule.times <= 0 || !matches(rule.name, name)) continue;
        if (rule.spared > 0)
        {
            --rule.spared;
            continue;
        }
        if (rule.times != until_cleared) --rule.times;
        return rule.fault;
    }
    return {};
}

int FaultPlan::pending() const
{
    int count = 0;
    for (const auto& rule : rules_) count += left(rule);
    return count;
}

int FaultPlan::pending(Fault fault) const
{
    int count = 0;
    for (const auto& rule : rules_) count += rule.fault.fault == fault ? left(rule) : 0;
    return count;
}

int FaultPlan::left(const Rule& rule)
{
    if (rule.times == until_cleared) return 1;
    return rule.times > 0 ? rule.times : 0;
}

Exchange carry_out(const PlannedFault& planned, Response rate_limited, const std::function<Response()>& serve)
{
    switch (planned.fault)
    {
    case Fault::none: return {serve(), Fault::none, 0};
    case Fault::delay: return {serve(), Fault::delay, planned.delay_ms};
    case Fault::rate_limit:
        rate_limited.headers.emplace_back("retry-after", std::to_string(planned.retry_after_s));
        return {std::move(rate_limited), Fault::none, 0};
    case Fault::error_before: return {server_error(), Fault::none, 0};
    case Fault::error_after: serve(); return {server_error(), Fault::none, 0};
    case Fault::reset_before: return {Response{}, Fault::reset_before, 0};
    case Fault::reset_after: return {serve(), Fault::reset_after, 0};
    case Fault::garbage:
        serve();
        return {
            Response{200, {{"content-type", "application/json; charset=utf-8"}}, "{\"ok\":tru\x01"}, Fault::none, 0};
    case Fault::truncate: return {serve(), Fault::truncate, 0};
    }
    return {serve(), Fault::none, 0};
}

}  // namespace standins
