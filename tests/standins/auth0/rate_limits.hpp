#pragma once

#include "tests/standins/time.hpp"

#include <cstdint>
#include <map>

namespace standins::auth0 {

// The plans of auth0/CONTRACT.md, "Limits".
enum class Plan
{
    unlimited,  // no plan of Auth0: no limits, no headers, for tests of other things
    free,
    essentials,  // also Professional and B2B Essentials
    enterprise,
    enterprise_development,
};

enum class RateGroup
{
    authentication,  // /oauth/token and other unauthenticated calls
    read_users,
    write_users,
    delete_users,
    read_logs,
    read_connections,
    management,  // everything else of the Management API
};

struct Admission
{
    bool admitted = true;
    bool limited = false;  // a bucket exists, so the headers are sent
    int limit = 0;
    int remaining = 0;
    std::int64_t reset_s = 0;  // Unix seconds when tokens are added next
};

// A token bucket: full at first, refilled at the top of each second (rates a minute: in sixtieths).
class Bucket
{
public:
    Bucket() = default;
    Bucket(int capacity, double per_second) : capacity_{capacity}, per_second_{per_second}, tokens_{capacity * 1.0} {}
    Admission take(TimeMs now);

private:
    int capacity_ = 0;
    double per_second_ = 0;
    double tokens_ = 0;
    std::int64_t refilled_s_ = 0;
};

// The buckets of one tenant: the global one first, then the endpoint group's.
class RateLimiter
{
public:
    explicit RateLimiter(Plan plan);
    Admission admit(RateGroup group, TimeMs now);

private:
    std::map<RateGroup, Bucket> groups_;
    Bucket global_;
    bool has_global_ = false;
};

}  // namespace standins::auth0
