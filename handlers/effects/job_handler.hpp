#pragma once

#include "handlers/effects/running.hpp"
#include "handlers/rules/job_classes.hpp"
#include "handlers/views/given_up.hpp"

#include <chrono>
#include <span>
#include <string_view>

namespace countersign::effects {

// How long and how often a kind of job is tried. The first wait is a second, and doubles after each failure.
struct Retry
{
    int attempts_max;  // counted failures; then it is buried
    std::chrono::seconds delay_max;
    std::chrono::hours age_max;  // however often it was only postponed, a job this old gets its last try
};

// What is known of a kind of job. The table stands in job_handlers.cpp: one row adds a kind.
struct JobHandler
{
    std::string_view kind;
    boost::asio::awaitable<JobResult> (*perform)(const Services&, Job);
    bool (*reads)(std::string_view payload);  // whether a job of this kind may carry this text
    rules::JobClass job_class;
    Retry retry;
    boost::asio::awaitable<JobResult> (*on_buried)(Burial);  // commits what it means that one was given up
    views::GivenUp given_up;
};

// Each kind, once.
std::span<const JobHandler> job_handlers() noexcept;

// nullptr: no such kind (a job of a newer version).
const JobHandler* handler_of(std::string_view kind) noexcept;

// A kind of a newer version is of the rest.
rules::JobClass class_of(std::string_view kind) noexcept;

// The kinds of a class, as Store::claim_jobs has them.
JobKinds kinds_of(rules::JobClass job_class);

}  // namespace countersign::effects
