#include "handlers/effects/handover_jobs.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/dead_letters.hpp"
#include "handlers/model/vault_context.hpp"
#include "handlers/rules/handover_jobs.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/posts.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/handover_view.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// Commits `event` as the end of the job, if the hand-over is still in `state`.
asio::awaitable<JobResult> end_in(
    Running running, HandoverState state, rules::HandoverEvent event, std::string why = {})
{
    const Services& services = running.services;
    Decide decide = [&services, job = running.job, state, event,
                     why](const Request& request) -> std::optional<Transaction> {
        if (!request.handover || request.handover->state != state) return std::nullopt;
        Transaction change{services.clock.now()};
        change.job = rules::end_of(job, JobEnd::finish);
        rules::advance(change, request, event, system_actor, why);
        return change;
    };
    co_return co_await commit_latest(services, std::move(running.job), std::move(decide));
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

}  // namespace

asio::awaitable<JobResult> expire_handover(Running running)
{
    const auto message = co_await running.services.store.find_post(running.request.id, PostKind::requester_dm);
    const bool is_told = (message && message->ts) || rules::is_told_otherwise(message);
    auto later = rules::expiry_waits(running.request, is_told, running.now());
    if (later) co_return JobResult::postpone(later->wait, std::move(later->why));
    co_return co_await end_in(std::move(running), HandoverState::ready, rules::HandoverEvent::expire);
}

asio::awaitable<JobResult> settle_handover(Running running)
{
    const Request& request = running.request;
    switch (rules::lost_press(request, running.now()))
    {
    case rules::LostPress::none: co_return co_await finish(std::move(running));
    case rules::LostPress::may_be_seen:
        co_return co_await end_in(
            std::move(running), HandoverState::opening, rules::HandoverEvent::lose, "process_died");
    case rules::LostPress::was_seen: break;
    }
    // Whether it was filled nobody knows: emptied, it certainly shows nothing.
    std::string window = rules::handover_view_id(request.id, request.handover->windows);
    boost::json::object view = views::explanation("Nothing is shown here", views::nothing_shown("process_died"));
    const auto emptied = co_await running.services.slack.update_view(std::move(window), std::move(view));
    if (!emptied && emptied.error().code != Errc::not_found) co_return JobResult::of(emptied.error());
    co_return co_await end_in(
        std::move(running), HandoverState::reopening, rules::HandoverEvent::give_back, "process_died");
}

asio::awaitable<JobResult> spell_handover(Running running)
{
    const Services& services = running.services;
    const Request& request = running.request;
    const rules::Spelling spelling = rules::spelling_of(request, running.now());
    if (spelling == rules::Spelling::too_late) co_return co_await finish(std::move(running));
    if (spelling == rules::Spelling::not_yet) co_return JobResult::postpone(std::chrono::seconds{1}, "opening");
    const auto sealed = co_await services.store.find_credential(request.id);
    if (!sealed) co_return co_await finish(std::move(running));
    auto password = services.vault.open(*sealed, credential_context(request));
    if (!password) co_return JobResult::bury(Problem{Errc::corrupt, "credential_corrupt"});

    const int window = request.handover->window;
    slack::SecretView view = views::spelled(request, services.settings, std::move(*password));
    std::string id = rules::handover_view_id(request.id, window);
    const auto shown = co_await services.slack.update_secret_view(std::move(id), std::move(view));
    // Opened again or closed for good meanwhile: what was emptied was filled again.
    const auto latest = co_await services.store.find_request(request.id);
    const bool is_in_vain = latest && rules::is_spelled_in_vain(*latest, window);
    if (is_in_vain)
    {
        const auto left = co_await empty(services, *latest, window);
        if (left) co_return JobResult::of_slack(*left);
    }
    if (!shown && shown.error().code != Errc::not_found && !is_in_vain) co_return JobResult::of_slack(shown.error());
    co_return co_await finish(std::move(running));
}

asio::awaitable<JobResult> close_handover(Running running)
{
    const Services& services = running.services;
    // First what must not fail; the window can be emptied again and again.
    Decide decide = [&services, job = running.job](const Request& request) -> std::optional<Transaction> {
        Transaction change{services.clock.now()};
        change.job = rules::end_of(job, JobEnd::keep);
        if (!rules::try_advance(change, request, rules::HandoverEvent::close, system_actor, "time"))
            return std::nullopt;
        return change;
    };
    const auto receipt = co_await commit_latest(services, running.request.id, std::move(decide));
    if (receipt && !*receipt) co_return after_commit(*receipt);
    const auto latest = co_await services.store.find_request(running.request.id);
    if (!latest || !latest->handover) co_return co_await finish(std::move(running));

    // The newest first. The others are empty, unless an answer came late.
    for (int window = std::max(latest->handover->windows, 1); window >= 1; --window)
    {
        const auto left = co_await empty(services, *latest, window);
        if (left) co_return JobResult::of_slack(*left);
    }
    co_return co_await finish(std::move(running));
}

asio::awaitable<JobResult> end_handover(Burial burial)
{
    add_trouble(burial);
    Request& request = burial.running.request;
    const bool is_closing = burial.running.job.kind == job_kind::handover_close;
    if (const auto event = rules::event_of_lost_job(request, is_closing))
        rules::advance(burial.change, std::move(request), *event, system_actor, burial.why);
    co_return co_await commit(burial.running.services, std::move(burial.change));
}

}  // namespace countersign::effects
