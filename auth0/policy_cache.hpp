#pragma once

#include "handlers/core/time.hpp"
#include "handlers/model/connection_policy.hpp"
#include "handlers/ports/clock.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace countersign::auth0 {

// What connections demanded when they were last asked (auth0/CONTRACT.md, "Password policies"). Only answers are kept:
// a connection that could not be read is asked for again. The clock outlives it.
class PolicyCache
{
public:
    static constexpr std::chrono::minutes good_for{10};
    static constexpr std::size_t connections_max = 100;

    explicit PolicyCache(const Clock& clock) : clock_{clock} {}

    // Nothing once it is good_for old.
    std::optional<ConnectionPolicy> find(const std::string& connection) const;
    // Forgets the oldest when there are too many.
    void keep(ConnectionPolicy policy);

private:
    struct Entry
    {
        ConnectionPolicy policy;
        SteadyTime read_at;
    };

    const Clock& clock_;
    std::map<std::string, Entry> entries_;
};

}  // namespace countersign::auth0
