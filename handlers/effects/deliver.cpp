#include "handlers/effects/deliver.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/handover/steps.hpp"
#include "handlers/requests/ids.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/requests/waiting.hpp"
#include "handlers/views/card.hpp"
#include "handlers/views/outcome.hpp"
#include "handlers/views/thread.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

namespace countersign {

namespace asio = boost::asio;

namespace {

// Slack's clock may be behind ours when a lost post is looked for (contract/slack.md section 6.7).
constexpr std::chrono::seconds search_margin{60};
constexpr int keep_tries_max = 4;

// A token that is refused today may be mended tomorrow: what must be told waits for that.
JobResult again_or_bury(const Problem& problem)
{
    return problem.code == Errc::forbidden ? JobResult::retry(problem) : JobResult::of(problem);
}

asio::awaitable<Post> post_of(const Services& services, RequestId request, PostKind kind)
{
    const auto stored = co_await services.store.find_post(request, kind);
    if (stored) co_return *stored;
    Post fresh{std::move(request), kind, new_uuid(services.random)};
    co_return fresh;
}

// The person has the button only now: the time to press it begins anew, however often a message has to be posted again
// for at most told_within.
std::optional<Request> with_time_to_show(const std::optional<Request>& request, const Settings& settings, TimePoint now)
{
    if (!request || !request->handover || request->handover->state != HandoverState::ready) return std::nullopt;
    const auto& password = settings.password;
    const TimePoint latest = request->format == PasswordFormat::ticket
        ? request->updated_at + password.ticket_life
        : request->updated_at + told_within + password.reveal_within;
    Request told = *request;
    told.handover->until = std::min(now + password.reveal_within, latest);
    return told;
}

asio::awaitable<JobResult> keep_ts(
    const Services& services, Job job, Post post, MessageTs ts, std::vector<NewJob> once_posted)
{
    post.ts = std::move(ts);
    post.sending_since.reset();
    for (int tries = 0;; ++tries)
    {
        Change change{services.clock.now()};
        change.jobs = once_posted;
        change.post = post;
        change.job = end_of(job, JobEnd::finish);
        if (post.kind == PostKind::requester_dm)
        {
            const auto request = co_await services.store.find_request(post.request);
            change.update = with_time_to_show(request, services.settings, change.at);
        }
        const auto receipt = co_await services.store.commit(std::move(change));
        // A step after the change wrote the same row. Lost, the time stamp would have to be looked for in Slack.
        const bool again = !receipt && receipt.error() == make_error_code(Errc::conflict) && tries < keep_tries_max;
        if (!again) co_return after_commit(receipt);
    }
}

// The answer to an earlier send was lost: is the message there?
asio::awaitable<Outcome<std::optional<MessageTs>>> find_lost(const Services& services, Post post)
{
    auto found = co_await services.slack.find_message(*post.channel, post.uuid, *post.sending_since - search_margin);
    // Without the right to read history nobody can tell: then a second message is better than none.
    if (!found && (found.error().code == Errc::forbidden || found.error().code == Errc::refused))
        co_return std::optional<MessageTs>{};
    co_return found;
}

asio::awaitable<Outcome<MessageTs>> send(
    const Services& services, Post post, slack::Message message, std::optional<MessageTs> parent)
{
    if (parent) co_return co_await services.slack.post_reply(*post.channel, *parent, std::move(message), post.uuid);
    co_return co_await services.slack.post_message(*post.channel, std::move(message), post.uuid);
}

// Sends a message that must exist once. `post` says what is known of earlier sends; `version` is what `message` shows.
// With a `parent` it is a reply, which nobody can look for. `once_posted` begins with it.
asio::awaitable<JobResult> send_once(
    const Services& services, Job job, Post post, slack::Message message, std::int64_t version,
    std::optional<MessageTs> parent, std::vector<NewJob> once_posted)
{
    if (post.sending_since && !parent)
    {
        const auto found = co_await find_lost(services, post);
        if (!found) co_return again_or_bury(found.error());
        // It shows what was drawn at that time: post.drawn_version stays. What came since has a job of its own.
        if (*found)
        {
            MessageTs there = **found;
            co_return co_await keep_ts(
                services, std::move(job), std::move(post), std::move(there), std::move(once_posted));
        }
    }
    Change intent{services.clock.now()};
    post.drawn_version = version;
    post.sending_since = intent.at;
    intent.post = post;
    intent.job = end_of(job, JobEnd::keep);
    const auto kept = co_await services.store.commit(std::move(intent));
    if (!kept) co_return after_commit(kept);

    const auto ts = co_await send(services, post, std::move(message), std::move(parent));
    if (ts) co_return co_await keep_ts(services, std::move(job), std::move(post), *ts, std::move(once_posted));
    if (ts.error().code == Errc::answer_lost) co_return JobResult::retry(ts.error());

    // Definitely not posted: the next try need not look for it.
    Change cleared{services.clock.now()};
    post.sending_since.reset();
    cleared.post.emplace(std::move(post));
    cleared.job = end_of(job, JobEnd::keep);
    const auto done = co_await services.store.commit(std::move(cleared));
    if (!done) co_return after_commit(done);
    co_return again_or_bury(ts.error());
}

// A message of the channel itself, with which nothing begins.
asio::awaitable<JobResult> send_alone(
    const Services& services, Job job, Post post, slack::Message message, std::int64_t version)
{
    std::optional<MessageTs> in_channel;
    std::vector<NewJob> nothing;
    co_return co_await send_once(
        services, std::move(job), std::move(post), std::move(message), version, std::move(in_channel),
        std::move(nothing));
}

// Makes a message that was sent show the request as it stands.
asio::awaitable<JobResult> redraw(const Services& services, Job job, Request request, Post post, slack::Message message)
{
    if (post.drawn_version >= request.version && job.payload != draw_again)
        co_return co_await finish(services, std::move(job));
    const auto updated = co_await services.slack.update_message(*post.channel, *post.ts, std::move(message));
    const bool gone = !updated && updated.error().reason == "message_not_found";
    if (!updated && !gone) co_return again_or_bury(updated.error());

    Change change{services.clock.now()};
    post.drawn_version = gone ? -1 : request.version;
    if (gone)
    {
        // Somebody deleted it: it is posted anew, as a new message.
        post.ts.reset();
        post.uuid = new_uuid(services.random);
    }
    change.post.emplace(std::move(post));
    change.job = end_of(job, gone ? JobEnd::postpone : JobEnd::finish);
    change.job->due = change.at;
    co_return co_await commit(services, std::move(change));
}

}  // namespace

asio::awaitable<JobResult> draw_card(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || !request->asked) co_return co_await finish(services, std::move(job));
    Post post = co_await post_of(services, request->id, PostKind::card);
    const auto held = co_await services.store.find_freeze();
    // Told once, when it is posted: an edit tells nobody, and one that mentions people still looks like a call.
    const bool calls = services.settings.approval.mention && !post.ts;
    slack::Message message = views::card(
        *request, services.settings, held.freeze, calls ? views::Audience::called : views::Audience::present);
    if (post.ts) co_return co_await redraw(services, std::move(job), *request, std::move(post), std::move(message));
    // It ended without ever having had a card: there is nothing to keep true. (A lost one is still looked for.)
    if (!request->is_open() && !post.sending_since) co_return co_await finish(services, std::move(job));
    post.channel = services.settings.approvals;
    auto waiting = waiting_jobs(*request, services.settings.approval, services.clock.now());
    std::optional<MessageTs> in_channel;
    co_return co_await send_once(
        services, std::move(job), std::move(post), std::move(message), request->version, std::move(in_channel),
        std::move(waiting));
}

asio::awaitable<JobResult> tell_requester(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || request->is_open()) co_return co_await finish(services, std::move(job));
    Post post = co_await post_of(services, request->id, PostKind::requester_dm);
    slack::Message message = views::outcome_for_requester(*request, services.settings);
    if (post.ts) co_return co_await redraw(services, std::move(job), *request, std::move(post), std::move(message));
    if (!post.channel)
    {
        const auto dm = co_await services.slack.open_dm(request->requester);
        if (!dm) co_return again_or_bury(dm.error());
        post.channel = *dm;
    }
    co_return co_await send_alone(services, std::move(job), std::move(post), std::move(message), request->version);
}

asio::awaitable<JobResult> announce(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || request->is_open()) co_return co_await finish(services, std::move(job));
    Post post = co_await post_of(services, request->id, PostKind::audit);
    if (post.ts) co_return co_await finish(services, std::move(job));
    const auto mark = co_await services.store.last_audit_of(request->id);
    if (!mark) co_return JobResult::bury(Problem{Errc::corrupt, "audit_row_missing"});
    post.channel = services.settings.audit;
    slack::Message message = views::outcome_for_audit(*request, *mark, services.settings);
    co_return co_await send_alone(services, std::move(job), std::move(post), std::move(message), request->version);
}

asio::awaitable<JobResult> report_after_care(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || request->after_care.empty()) co_return co_await finish(services, std::move(job));
    const auto card = co_await services.store.find_post(request->id, PostKind::card);
    // The card is drawn by a job of its own; without one there is no thread.
    if (!card || !card->ts) co_return JobResult::postpone(std::chrono::seconds{10}, "no_card_yet");
    Post post = co_await post_of(services, request->id, PostKind::thread);
    slack::Message message = views::thread(*request);
    if (post.ts) co_return co_await redraw(services, std::move(job), *request, std::move(post), std::move(message));
    post.channel = card->channel;
    std::vector<NewJob> nothing;
    co_return co_await send_once(
        services, std::move(job), std::move(post), std::move(message), request->version, card->ts, std::move(nothing));
}

}  // namespace countersign
