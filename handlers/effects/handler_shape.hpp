#pragma once

#include "handlers/effects/commit.hpp"
#include "handlers/effects/running.hpp"
#include "handlers/model/job_payload.hpp"

#include <string_view>
#include <tuple>

// The shapes that the function of a job may have, each made into the one that the table of kinds holds. What a job
// carries is read here, and nowhere else; a text that is not one of ours has the job buried.
namespace countersign::effects {

// Of which type the payload is, and `run<function>`: the function in the common shape.
template <class Function>
struct HandlerShape;

// Reads for itself what it needs, and carries nothing.
template <>
struct HandlerShape<boost::asio::awaitable<JobResult> (*)(const Services&, Job)>
{
    using Payload = NoPayload;

    template <auto function>
    static boost::asio::awaitable<JobResult> run(const Services& services, Job job)
    {
        return function(services, std::move(job));
    }
};

// Of no request.
template <class Carried>
struct HandlerShape<boost::asio::awaitable<JobResult> (*)(const Services&, Job, Carried)>
{
    using Payload = Carried;

    template <auto function>
    static boost::asio::awaitable<JobResult> run(const Services& services, Job job)
    {
        auto payload = payload_from<Carried>(job.payload);
        if (!payload) co_return JobResult::bury(Problem{Errc::corrupt, "payload_corrupt"});
        co_return co_await function(services, std::move(job), std::move(*payload));
    }
};

// Of a request. Without it, there is nothing to do.
template <class... Carried>
struct HandlerShape<boost::asio::awaitable<JobResult> (*)(Running, Carried...)>
{
    using Payload = std::tuple_element_t<0, std::tuple<Carried..., NoPayload>>;

    template <auto function>
    static boost::asio::awaitable<JobResult> run(const Services& services, Job job)
    {
        auto payload = payload_from<Payload>(job.payload);
        if (!payload) co_return JobResult::bury(Problem{Errc::corrupt, "payload_corrupt"});
        auto request = co_await services.store.find_request(*job.request);
        if (!request) co_return co_await finish(services, std::move(job));
        Running running{services, std::move(job), std::move(*request)};
        if constexpr (sizeof...(Carried) == 0)
            co_return co_await function(std::move(running));
        else
            co_return co_await function(std::move(running), std::move(*payload));
    }
};

template <class Payload>
bool reads(std::string_view text)
{
    return payload_from<Payload>(text).has_value();
}

}  // namespace countersign::effects
