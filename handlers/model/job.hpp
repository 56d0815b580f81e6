#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace countersign {

// Things to do after the commit. Jobs of one lane run one at a time, oldest first.
struct NewJob
{
    NewJob(std::string kind_, std::string lane_, TimePoint due_, std::optional<RequestId> request_ = {})
        : kind{std::move(kind_)},
          lane{std::move(lane_)},
          due{due_},
          request{std::move(request_)}
    {}

    std::string kind;  // a name of handlers/effects
    std::string lane;
    TimePoint due;
    std::optional<RequestId> request;
    std::string payload;    // JSON, at most 8 KiB; secrets in it are sealed
    bool coalesce = false;  // not added while a job of this kind waits in the lane: that one does for both
};

struct Job
{
    std::int64_t id = 0;
    std::string kind;
    std::string lane;
    std::optional<RequestId> request;
    std::string payload;
    int attempts = 0;        // failed attempts before this one
    std::int64_t epoch = 0;  // raised by each claim: the fencing token
    TimePoint created_at;
};

// A choice of kinds of jobs.
struct JobKinds
{
    enum class Are
    {
        any,
        these,
        others,  // all but these
    };

    Are are = Are::any;
    std::vector<std::string> kinds;
};

enum class JobEnd
{
    keep,      // still ours: an intermediate commit
    finish,    // done
    postpone,  // run again at `due`, not a failure
    retry,     // run again at `due`, counted as a failure
    bury,      // dead letter
};

// The end of the job in whose name a transaction is committed. Fenced: Errc::lease_lost when another worker has the
// job.
struct JobStep
{
    std::int64_t id = 0;
    std::int64_t epoch = 0;
    JobEnd end = JobEnd::keep;
    std::optional<TimePoint> due;
    std::string error;  // a code, for the operator
};

}  // namespace countersign
