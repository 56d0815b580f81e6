#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/rules/job_decision.hpp"

#include <string>

namespace countersign::effects {

// A job at work on its request, as that was read when the work began.
struct Running
{
    const Services& services;
    Job job;
    Request request;

    TimePoint now() const { return services.clock.now(); }
    // What is committed so is also the end of the job.
    Transaction ending(JobEnd end = JobEnd::finish) const;
};

// Ends a job that has nothing (more) to do.
boost::asio::awaitable<JobResult> finish(Running running);

// Commits a change that ends the job.
boost::asio::awaitable<JobResult> end_with(Running running, Transaction change);

// Carries out what the rules decide.
boost::asio::awaitable<JobResult> carry_out(Running running, rules::JobDecision decision);

// A job for which nothing more is tried, and what is to be committed: the job's end as a dead letter, with its audit
// row. What it means for its request is added by the row of its kind.
struct Burial
{
    Running running;
    std::string why;  // a code, for the operator
    Transaction change;
};

}  // namespace countersign::effects
