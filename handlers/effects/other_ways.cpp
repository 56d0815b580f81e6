#include "handlers/effects/other_ways.hpp"

#include "handlers/core/log.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/private_words.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/views/outcome.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// The latest moment at which what waits may still be shown.
TimePoint latest_of(const Request& request, const Settings& settings)
{
    const auto& password = settings.password;
    if (handed_over_by(request) == HandedOver::link) return request.updated_at + password.link_life;
    return request.updated_at + rules::message_arrives_within + password.reveal_within;
}

bool is_ready(const Request& request) { return request.handover && request.handover->state == HandoverState::ready; }

// Nobody was told: whoever opens their Home finds the button there, for as long as a message would be waited for.
std::optional<Request> with_time_to_find(const Request& request, const Settings& settings)
{
    if (!is_ready(request)) return std::nullopt;
    Request found = request;
    const TimePoint until = std::min(request.updated_at + rules::message_arrives_within, latest_of(request, settings));
    found.handover->until = std::max(request.handover->until, until);
    return found;
}

asio::awaitable<bool> tell_in_line(const Services& services, Request request)
{
    if (!request.reply) co_return false;
    slack::Message message = views::outcome_for_requester(request);
    const auto told = co_await tell_privately(services, request, std::move(message));
    if (!told) log::warn("line_not_replaced", {{"request_id", request.id}, {"error", told.error().reason}});
    co_return told.has_value();
}

}  // namespace

bool is_refusal(const Problem& problem) noexcept
{
    return problem.code == Errc::refused || problem.code == Errc::forbidden;
}

std::optional<Request> with_time_to_show(const Request& request, const Settings& settings, TimePoint now)
{
    if (!is_ready(request)) return std::nullopt;
    Request told = request;
    told.handover->until = std::min(now + settings.password.reveal_within, latest_of(request, settings));
    return told;
}

asio::awaitable<JobResult> tell_otherwise(const Services& services, Job job, Post post, Problem problem)
{
    const JobResult result = JobResult::of_slack(problem);
    const auto request = co_await services.store.find_request(post.request);
    if (!request || post.drawn_version >= request->version) co_return result;
    const bool is_told = co_await tell_in_line(services, *request);

    Transaction change{services.clock.now()};
    post.drawn_version = request->version;
    change.update = is_told ? with_time_to_show(*request, services.settings, change.at)
                            : with_time_to_find(*request, services.settings);
    // With the new time the request is another: that is not told anew.
    if (change.update) post.drawn_version += 1;
    change.post.emplace(std::move(post));
    change.jobs.push_back(rules::home_job(request->requester, change.at));
    change.job = rules::end_of(job, JobEnd::keep);
    const auto kept = co_await services.store.commit(std::move(change));
    if (!kept) co_return after_commit(kept);
    log::warn("requester_told_otherwise", {{"request_id", request->id}, {"reason", problem.reason}, {"line", is_told}});
    co_return result;
}

}  // namespace countersign::effects
