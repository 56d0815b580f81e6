#include "handlers/effects/deliver.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/other_ways.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/effects/still_waiting.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/ids.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/waiting.hpp"
#include "handlers/views/card.hpp"
#include "handlers/views/outcome.hpp"
#include "handlers/views/still_waiting_words.hpp"
#include "handlers/views/thread.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

constexpr int keep_tries_max = 4;
constexpr std::chrono::seconds look_again_for_card{10};

asio::awaitable<Post> post_of(const Services& services, RequestId request, PostKind kind)
{
    const auto stored = co_await services.store.find_post(request, kind);
    if (stored) co_return *stored;
    Post fresh{std::move(request), kind, rules::new_uuid(services.random)};
    co_return fresh;
}

asio::awaitable<JobResult> keep_ts(
    const Services& services, Job job, Post post, MessageTs ts, std::vector<NewJob> once_posted)
{
    post.ts = std::move(ts);
    post.sending_since.reset();
    for (int tries = 0;; ++tries)
    {
        Transaction change{services.clock.now()};
        change.jobs = once_posted;
        change.post = post;
        change.job = rules::end_of(job, JobEnd::finish);
        if (post.kind == PostKind::requester_dm)
        {
            const auto request = co_await services.store.find_request(post.request);
            if (request) change.update = with_time_to_show(*request, services.settings, change.at);
        }
        const auto receipt = co_await services.store.commit(std::move(change));
        // A step after the change wrote the same row. Lost, the time stamp would have to be looked for in Slack.
        const bool again = !receipt && receipt.error() == Errc::conflict && tries < keep_tries_max;
        if (!again) co_return after_commit(receipt);
    }
}

// Definitely not posted: the next try need not look for it, and what was known before counts again.
asio::awaitable<JobResult> note_not_sent(
    const Services& services, Job job, Post post, std::int64_t drawn_before, Problem problem)
{
    Transaction cleared{services.clock.now()};
    post.sending_since.reset();
    post.drawn_version = drawn_before;
    cleared.post = post;
    cleared.job = rules::end_of(job, JobEnd::keep);
    const auto done = co_await services.store.commit(std::move(cleared));
    if (!done) co_return after_commit(done);
    if (post.kind == PostKind::requester_dm && is_refusal(problem))
        co_return co_await tell_otherwise(services, std::move(job), std::move(post), std::move(problem));
    co_return JobResult::of_slack(problem);
}

// Sends a message that must exist once. `post` says what is known of earlier sends; `version` is what `message` shows.
// With a `parent` it is a reply. `once_posted` begins with it.
asio::awaitable<JobResult> send_once(
    const Services& services, Job job, Post post, slack::Message message, std::int64_t version,
    std::optional<MessageTs> parent, std::vector<NewJob> once_posted)
{
    const Spot spot{*post.channel, std::move(parent)};
    if (post.sending_since)
    {
        const auto found = co_await find_sent(services, spot, post.uuid, *post.sending_since);
        if (!found) co_return JobResult::of_slack(found.error());
        // It shows what was drawn at that time: post.drawn_version stays. What came since has a job of its own.
        if (*found)
        {
            MessageTs there = **found;
            co_return co_await keep_ts(
                services, std::move(job), std::move(post), std::move(there), std::move(once_posted));
        }
    }
    Transaction intent{services.clock.now()};
    const std::int64_t drawn_before = post.drawn_version;
    post.drawn_version = version;
    post.sending_since = intent.at;
    intent.post = post;
    intent.job = rules::end_of(job, JobEnd::keep);
    const auto kept = co_await services.store.commit(std::move(intent));
    if (!kept) co_return after_commit(kept);

    const auto ts = co_await send_to(services, spot, std::move(message), post.uuid);
    if (ts) co_return co_await keep_ts(services, std::move(job), std::move(post), *ts, std::move(once_posted));
    if (ts.error().code == Errc::answer_lost) co_return JobResult::retry(ts.error());
    co_return co_await note_not_sent(services, std::move(job), std::move(post), drawn_before, ts.error());
}

// A message in the channel itself, not in a thread.
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
    const bool in_any_case = job.payload == rules::draw_again || job.payload == rules::draw_waiting;
    if (post.drawn_version >= request.version && !in_any_case) co_return co_await finish(services, std::move(job));
    const auto updated = co_await services.slack.update_message(*post.channel, *post.ts, std::move(message));
    const bool gone = !updated && slack::is_gone(updated.error());
    if (!updated && !gone) co_return JobResult::of_slack(updated.error());

    Transaction change{services.clock.now()};
    post.drawn_version = gone ? Post::was_there : request.version;
    if (gone)
    {
        // Somebody deleted it: it is posted anew, as a new message.
        post.ts.reset();
        post.uuid = rules::new_uuid(services.random);
    }
    change.post.emplace(std::move(post));
    change.job = rules::end_of(job, gone ? JobEnd::postpone : JobEnd::finish);
    change.job->due = change.at;
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<slack::Message> card_of(
    const Services& services, Request request, views::Audience audience = views::Audience::present)
{
    const auto held = co_await services.store.find_freeze();
    co_return views::card(request, services.settings, held.freeze, audience);
}

// What begins with a card that is posted now.
std::vector<NewJob> begun_with(const Services& services, const Request& request, const Post& card)
{
    const TimePoint now = services.clock.now();
    auto jobs = rules::waiting_jobs(request, services.settings.approval, now);
    // What was reported below the old one is reported below this.
    const bool was_there = card.drawn_version == Post::was_there;
    if (was_there && !request.after_change.empty())
        jobs.push_back(rules::request_job(job_kind::thread, request.id, now));
    return jobs;
}

}  // namespace

asio::awaitable<JobResult> draw_card(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || !request->asked) co_return co_await finish(services, std::move(job));
    const bool says_waiting = job.payload == rules::draw_waiting;
    // It went on meanwhile, and whoever moved it has it drawn.
    if (says_waiting && !waits_since(*request, services.clock.now()))
        co_return co_await finish(services, std::move(job));
    Post post = co_await post_of(services, request->id, PostKind::card);
    // Told once, when it is posted: an edit tells nobody, and one that mentions people still looks like a call.
    const bool calls = services.settings.approval.mention && !post.ts;
    const views::Audience audience = calls ? views::Audience::called : views::Audience::present;
    slack::Message message = co_await card_of(services, *request, audience);
    if (says_waiting) views::add_still_waiting(message, *request);
    if (post.ts) co_return co_await redraw(services, std::move(job), *request, std::move(post), std::move(message));
    // It ended without ever having had a card: there is nothing to keep true. (A lost one is still looked for, and one
    // that was deleted comes again: its end can be read where it was asked for.)
    const bool has_card = post.sending_since || post.drawn_version == Post::was_there;
    if (!request->is_open() && !has_card) co_return co_await finish(services, std::move(job));
    post.channel = services.settings.approvals;
    auto begun = begun_with(services, *request, post);
    std::optional<MessageTs> in_channel;
    co_return co_await send_once(
        services, std::move(job), std::move(post), std::move(message), request->version, std::move(in_channel),
        std::move(begun));
}

asio::awaitable<Outcome<CardStanding>> look_for_card(const Services& services, Request request)
{
    const auto card = co_await services.store.find_post(request.id, PostKind::card);
    if (!card || !card->ts || !card->channel) co_return CardStanding{};
    slack::Message message = co_await card_of(services, request);
    const auto drawn = co_await services.slack.update_message(*card->channel, *card->ts, std::move(message));
    CardStanding standing{card, !drawn && slack::is_gone(drawn.error())};
    if (standing.is_gone) co_return standing;
    if (!drawn) co_return drawn.error();
    // Drawn by two at once, the older may have come last.
    const auto now = co_await services.store.find_request(request.id);
    if (now && now->version != request.version)
    {
        Transaction again{services.clock.now()};
        again.jobs.push_back(rules::card_check(request.id, again.at));
        const auto kept = co_await services.store.commit(std::move(again));
        if (!kept) co_return Problem{Errc::unavailable, "version_conflict"};
    }
    co_return standing;
}

asio::awaitable<JobResult> wait_for_card(const Services& services, Job job, bool is_gone)
{
    if (!is_gone) co_return JobResult::postpone(look_again_for_card, "card_not_posted");
    Transaction change{services.clock.now()};
    change.jobs.push_back(rules::card_check(*job.request, change.at));
    change.job = rules::end_of(job, JobEnd::postpone);
    change.job->due = change.at + look_again_for_card;
    change.job->error = "card_gone";
    co_return co_await commit(services, std::move(change));
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
        if (!dm && is_refusal(dm.error()))
            co_return co_await tell_otherwise(services, std::move(job), std::move(post), dm.error());
        if (!dm) co_return JobResult::of_slack(dm.error());
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
    if (!request || request->after_change.empty()) co_return co_await finish(services, std::move(job));
    const auto standing = co_await look_for_card(services, *request);
    if (!standing) co_return JobResult::of_slack(standing.error());
    // The card is drawn by a job of its own; without one there is no thread.
    if (!standing->stands()) co_return co_await wait_for_card(services, std::move(job), standing->is_gone);
    const Post& card = *standing->card;
    Post post = co_await post_of(services, request->id, PostKind::thread);
    slack::Message message = views::thread(*request);
    // Time stamps are as long as each other, and grow. What is older than the card hangs below one that is gone.
    const bool is_below_old = post.ts && post.ts->str() < card.ts->str();
    if (post.ts && !is_below_old)
        co_return co_await redraw(services, std::move(job), *request, std::move(post), std::move(message));
    if (is_below_old)
    {
        post.ts.reset();
        post.uuid = rules::new_uuid(services.random);
    }
    post.channel = card.channel;
    std::vector<NewJob> nothing;
    co_return co_await send_once(
        services, std::move(job), std::move(post), std::move(message), request->version, card.ts, std::move(nothing));
}

}  // namespace countersign::effects
