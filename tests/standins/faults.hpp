#pragma once

#include "tests/standins/exchange.hpp"

#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace standins {

struct PlannedFault
{
    Fault fault = Fault::none;
    int delay_ms = 0;       // for Fault::delay
    int retry_after_s = 1;  // for Fault::rate_limit
};

// Which calls go wrong, and how. Filled by a test, used up by the calls. No randomness: a seeded test draws its own.
class FaultPlan
{
public:
    static constexpr int until_cleared = std::numeric_limits<int>::max();  // as `times`: a standing fault

    // `name` is a call's whole name, or a beginning followed by `*`. The first `spared` matching calls go well, the
    // next `times` do not. Rules are tried in the order in which they were added.
    void add(std::string name, PlannedFault fault, int times = 1, int spared = 0);

    // What befalls this call; Fault::none when nothing is planned.
    PlannedFault take(std::string_view name);

    // Faults not yet taken; of a standing one there is always one more.
    int pending() const;
    int pending(Fault fault) const;
    void clear() { rules_.clear(); }

private:
    struct Rule
    {
        std::string name;
        PlannedFault fault;
        int times = 1;
        int spared = 0;
    };
    static int left(const Rule& rule);

    std::vector<Rule> rules_;
};

// Serves a call under a fault: `serve` runs unless the fault prevents that. `rate_limited` is the service's own answer
// to a call too many; Retry-After is added here.
Exchange carry_out(const PlannedFault& planned, Response rate_limited, const std::function<Response()>& serve);

}  // namespace standins
