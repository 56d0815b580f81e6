#include "bot/runtime/descriptor_limit.hpp"

#include "handlers/core/log.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace countersign {

DescriptorPlan plan_descriptors(DescriptorLimit limit, std::size_t wanted, std::size_t others) noexcept
{
    const std::uint64_t needed = wanted + others;
    DescriptorPlan plan{limit.soft, wanted};
    if (limit.soft < needed) plan.soft = limit.hard;
    if (plan.soft < needed)
        plan.connections = static_cast<std::size_t>(plan.soft - std::min<std::uint64_t>(plan.soft, others));
    return plan;
}

std::size_t fit_descriptors(std::size_t wanted, std::size_t others)
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        throw std::system_error{errno, std::system_category(), "RLIMIT_NOFILE"};
    const DescriptorPlan plan = plan_descriptors({limit.rlim_cur, limit.rlim_max}, wanted, others);
    const std::string needed = std::to_string(wanted + others);
    if (plan.connections < connections_least)
        throw std::runtime_error{
            "this process may open " + std::to_string(plan.soft) + " files (RLIMIT_NOFILE), of which it needs " +
            std::to_string(others) + " for itself and at least " + std::to_string(connections_least) +
            " for connections: allow it " + needed + ", with LimitNOFILE= under systemd or ulimit -n in a shell"};
    if (plan.soft != limit.rlim_cur)
    {
        limit.rlim_cur = plan.soft;
        if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
            throw std::system_error{errno, std::system_category(), "RLIMIT_NOFILE"};
    }
    if (plan.connections < wanted)
        log::warn(
            "descriptors_scarce",
            {{"limit", plan.soft}, {"needed", needed}, {"connections", plan.connections}, {"wanted", wanted}});
    return plan.connections;
}

}  // namespace countersign
