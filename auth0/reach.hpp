#pragma once

#include "handlers/core/time.hpp"

#include <chrono>
#include <optional>

namespace countersign::auth0 {

// Whether Auth0 answers, by the calls that are made anyway: nothing is asked for this. Pure memory.
class Reach
{
public:
    static constexpr std::chrono::seconds away_after{30};   // from the first of the calls in a row that failed
    static constexpr std::chrono::minutes believed_for{3};  // longer than any pause between two tries of a job

    // Auth0 itself said something, if it was no.
    void answered() { failing_.reset(); }
    // A call that began and ended then had no answer, or one that says that nothing works.
    void failed(SteadyTime began, SteadyTime ended) { failing_ = Failing{failing_ ? failing_->since : began, ended}; }

    // Calls have failed for so long, none in between succeeded, and the last one was lately.
    bool is_away(SteadyTime now) const
    {
        return failing_ && failing_->last - failing_->since >= away_after && now - failing_->last <= believed_for;
    }

private:
    struct Failing
    {
        SteadyTime since;
        SteadyTime last;
    };

    std::optional<Failing> failing_;
};

}  // namespace countersign::auth0
