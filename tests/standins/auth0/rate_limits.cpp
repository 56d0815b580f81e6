#include "tests/standins/auth0/rate_limits.hpp"

#include <algorithm>
#include <cmath>

namespace standins::auth0 {

Admission Bucket::take(TimeMs now)
{
    const std::int64_t now_s = now / 1000;
    if (refilled_s_ == 0) refilled_s_ = now_s;
    if (now_s > refilled_s_)
    {
        const auto elapsed = static_cast<double>(now_s - refilled_s_);
        tokens_ = std::min(static_cast<double>(capacity_), tokens_ + elapsed * per_second_);
        refilled_s_ = now_s;
    }
    Admission admission;
    admission.limited = true;
    admission.admitted = tokens_ >= 1.0;
    if (admission.admitted) tokens_ -= 1.0;
    admission.limit = capacity_;
    admission.remaining = static_cast<int>(tokens_);
    const double missing = 1.0 - (tokens_ - std::floor(tokens_));
    admission.reset_s = now_s + std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(missing / per_second_)));
    return admission;
}

RateLimiter::RateLimiter(Plan plan)
{
    constexpr double minute = 60.0;
    switch (plan)
    {
    case Plan::unlimited: return;
    case Plan::free:
        global_ = Bucket{2, 2.0};
        has_global_ = true;
        groups_[RateGroup::authentication] = Bucket{30, 30.0};
        return;
    case Plan::essentials:
        groups_[RateGroup::authentication] = Bucket{25, 25.0};
        groups_[RateGroup::read_users] = Bucket{40, 500 / minute};
        groups_[RateGroup::write_users] = Bucket{20, 200 / minute};
        groups_[RateGroup::delete_users] = Bucket{20, 200 / minute};
        groups_[RateGroup::read_logs] = Bucket{10, 100 / minute};
        groups_[RateGroup::read_connections] = Bucket{5, 50 / minute};
        return;
    case Plan::enterprise:
        global_ = Bucket{50, 16.0};
        has_global_ = true;
        groups_[RateGroup::authentication] = Bucket{100, 100.0};
        return;
    case Plan::enterprise_development:
        global_ = Bucket{10, 2.0};
        has_global_ = true;
        groups_[RateGroup::authentication] = Bucket{100, 100.0};
        return;
    }
}

Admission RateLimiter::admit(RateGroup group, TimeMs now)
{
    Admission admission;
    if (has_global_ && group != RateGroup::authentication)
    {
        admission = global_.take(now);
        if (!admission.admitted) return admission;
    }
    const auto bucket = groups_.find(group);
    return bucket == groups_.end() ? admission : bucket->second.take(now);
}

}  // namespace standins::auth0
