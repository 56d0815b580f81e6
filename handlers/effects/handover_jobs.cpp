#include "handlers/effects/handover_jobs.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/credential_context.hpp"
#include "handlers/effects/dead_letters.hpp"
#include "handlers/effects/latest.hpp"
#include "handlers/effects/other_ways.hpp"
#include "handlers/passwords/spelling.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/handover_view.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// Commits `event` as the end of the job, if the hand-over is still in `state`.
asio::awaitable<JobResult> end_in(
    const Services& services, Job job, HandoverState state, rules::HandoverEvent event, std::string why = {})
{
    Decide decide = [&services, job, state, event, why](const Request& request) -> std::optional<Transaction> {
        if (!request.handover || request.handover->state != state) return std::nullopt;
        Transaction change{services.clock.now()};
        change.job = rules::end_of(job, JobEnd::finish);
        rules::advance(change, request, event, system_actor, why);
        return change;
    };
    co_return co_await commit_latest(services, std::move(job), std::move(decide));
}

// Nothing is left in this window; nullopt: that is sure.
asio::awaitable<std::optional<Problem>> empty(const Services& services, Request request, int window)
{
    std::string id = rules::handover_view_id(request.id, window);
    boost::json::object view = views::handover_over(request, window);
    const auto emptied = co_await services.slack.update_view(std::move(id), std::move(view));
    if (emptied || emptied.error().code == Errc::not_found) co_return std::nullopt;
    co_return emptied.error();
}

// What is left to be said when a job of a hand-over is given up.
rules::HandoverEvent last_event(const Handover& handover, std::string_view kind)
{
    switch (handover.state)
    {
    case HandoverState::opening: return rules::HandoverEvent::lose;
    case HandoverState::reopening:
        return kind == job_kind::handover_close ? rules::HandoverEvent::close : rules::HandoverEvent::give_back;
    case HandoverState::shown: return rules::HandoverEvent::close;
    case HandoverState::ready:
    case HandoverState::expired:
    case HandoverState::destroyed: break;
    }
    return rules::HandoverEvent::destroy;
}

}  // namespace

asio::awaitable<JobResult> expire_handover(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    // It may come back from there, and has to expire then.
    if (request && request->handover && request->handover->state == HandoverState::opening)
        co_return JobResult::postpone(rules::opening_settled_after, "opening");
    // Its time began anew when the person could be told of it.
    const TimePoint now = services.clock.now();
    if (request && request->handover && now < request->handover->until)
    {
        const auto rest = std::chrono::ceil<std::chrono::seconds>(request->handover->until - now);
        co_return JobResult::postpone(rest, "not_over_yet");
    }
    // Nobody can press what they were not sent. A link dies by itself.
    const auto message = co_await services.store.find_post(*job.request, PostKind::requester_dm);
    const bool is_told = (message && message->ts) || is_told_otherwise(message);
    if (request && !is_told && request->format != PasswordFormat::link &&
        now < request->updated_at + rules::message_arrives_within)
        co_return JobResult::postpone(std::chrono::minutes{1}, "not_told_yet");
    co_return co_await end_in(services, std::move(job), HandoverState::ready, rules::HandoverEvent::expire);
}

asio::awaitable<JobResult> settle_handover(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || !request->handover || !rules::is_opening(*request->handover))
        co_return co_await finish(services, std::move(job));
    // It was pressed again meanwhile: that press has a job of its own.
    const bool is_of_newer =
        services.clock.now() < rules::pressed_at(*request->handover) + rules::opening_settled_after;
    if (is_of_newer) co_return co_await finish(services, std::move(job));
    if (request->handover->state == HandoverState::opening)
        co_return co_await end_in(
            services, std::move(job), HandoverState::opening, rules::HandoverEvent::lose, "process_died");

    // Whether it was filled nobody knows: emptied, it certainly shows nothing.
    std::string window = rules::handover_view_id(request->id, request->handover->windows);
    boost::json::object view = views::explanation("Nothing is shown here", views::press_again("process_died"));
    const auto emptied = co_await services.slack.update_view(std::move(window), std::move(view));
    if (!emptied && emptied.error().code != Errc::not_found) co_return JobResult::of(emptied.error());
    co_return co_await end_in(
        services, std::move(job), HandoverState::reopening, rules::HandoverEvent::give_back, "process_died");
}

asio::awaitable<JobResult> spell_handover(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    const bool is_open = request && request->handover && request->handover->shown_at && !request->handover->is_closed;
    if (!is_open || services.clock.now() >= *request->handover->shown_at + rules::spelling_shown_for)
        co_return co_await finish(services, std::move(job));
    // A window that is being opened says nothing before the person is known to have the right.
    if (rules::is_opening(*request->handover)) co_return JobResult::postpone(std::chrono::seconds{1}, "opening");
    const auto sealed = co_await services.store.find_credential(request->id);
    if (!sealed) co_return co_await finish(services, std::move(job));
    auto password = services.vault.open(*sealed, credential_context(*request));
    if (!password) co_return JobResult::bury(Problem{Errc::corrupt, "credential_corrupt"});

    const int window = request->handover->window;
    slack::SecretView view = views::spelled(*request, services.settings, std::move(*password));
    std::string id = rules::handover_view_id(request->id, window);
    const auto shown = co_await services.slack.update_secret_view(std::move(id), std::move(view));
    // Opened again or closed for good meanwhile: what was emptied was filled again.
    const auto now = co_await services.store.find_request(*job.request);
    const bool is_behind = now && now->handover &&
        (now->handover->is_closed || rules::is_opening(*now->handover) || now->handover->window != window);
    if (is_behind)
    {
        const auto emptied = co_await empty(services, *now, window);
        if (emptied) co_return JobResult::of_slack(*emptied);
    }
    if (!shown && shown.error().code != Errc::not_found && !is_behind) co_return JobResult::of_slack(shown.error());
    co_return co_await finish(services, std::move(job));
}

asio::awaitable<JobResult> close_handover(const Services& services, Job job)
{
    // First what must not fail; the window can be emptied again and again.
    Decide decide = [&services, job](const Request& request) -> std::optional<Transaction> {
        Transaction change{services.clock.now()};
        change.job = rules::end_of(job, JobEnd::keep);
        if (!rules::try_advance(change, request, rules::HandoverEvent::close, system_actor, "time"))
            return std::nullopt;
        return change;
    };
    const auto receipt = co_await commit_latest(services, *job.request, std::move(decide));
    if (receipt && !*receipt) co_return after_commit(*receipt);
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || !request->handover) co_return co_await finish(services, std::move(job));

    // The newest first. The others are empty, unless an answer came late.
    for (int window = std::max(request->handover->windows, 1); window >= 1; --window)
    {
        const auto problem = co_await empty(services, *request, window);
        if (problem) co_return JobResult::of_slack(*problem);
    }
    co_return co_await finish(services, std::move(job));
}

bool is_handover_job(std::string_view kind) noexcept
{
    return kind == job_kind::handover_expire || kind == job_kind::handover_settle || kind == job_kind::handover_spell ||
        kind == job_kind::handover_close;
}

asio::awaitable<JobResult> end_handover(const Services& services, Job job, std::string why)
{
    Decide decide = [&services, job, why](const Request& request) -> std::optional<Transaction> {
        Transaction change{services.clock.now()};
        change.job = rules::end_of(job, JobEnd::bury);
        change.job->error = why;
        AuditEvent row{"job_buried", system_actor, job.request};
        row.details.emplace_back("kind", job.kind);
        row.details.emplace_back("error", why);
        change.audit.push_back(std::move(row));
        Request told = request;
        add_trouble(change, told, job);
        change.update = told;
        // A spelling that did not come takes nothing away; the other jobs guard the end of the password.
        if (!request.handover || job.kind == job_kind::handover_spell) return change;
        const rules::HandoverEvent event = last_event(*request.handover, job.kind);
        // What is closed already has nothing left to lose.
        rules::try_advance(change, std::move(told), event, system_actor, why);
        return change;
    };
    co_return co_await commit_latest(services, std::move(job), std::move(decide));
}

}  // namespace countersign::effects
