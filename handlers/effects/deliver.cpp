#include "handlers/effects/deliver.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/other_ways.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/rules/ids.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/posts.hpp"
#include "handlers/rules/still_waiting.hpp"
#include "handlers/rules/waiting.hpp"
#include "handlers/views/card.hpp"
#include "handlers/views/outcome.hpp"
#include "handlers/views/still_waiting_words.hpp"
#include "handlers/views/thread.hpp"

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

// A message on its way: `post` says what is known of earlier sends, `message` shows the request as it was read.
struct Delivery
{
    Running running;
    Post post;
    slack::Message message;
    std::optional<MessageTs> parent = {};     // a reply to this one
    std::vector<NewJob> begins_with_it = {};  // once it is posted
};

asio::awaitable<JobResult> keep_ts(Delivery sent, MessageTs ts)
{
    const Services& services = sent.running.services;
    Post& post = sent.post;
    post.ts = std::move(ts);
    post.sending_since.reset();
    for (int tries = 0;; ++tries)
    {
        Transaction change = sent.running.ending();
        change.jobs = sent.begins_with_it;
        change.post = post;
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
asio::awaitable<JobResult> note_not_sent(Delivery unsent, std::int64_t drawn_before, Problem problem)
{
    const Services& services = unsent.running.services;
    Transaction cleared = unsent.running.ending(JobEnd::keep);
    unsent.post.sending_since.reset();
    unsent.post.drawn_version = drawn_before;
    cleared.post = unsent.post;
    const auto done = co_await services.store.commit(std::move(cleared));
    if (!done) co_return after_commit(done);
    if (unsent.post.kind == PostKind::requester_dm && is_refusal(problem))
        co_return co_await tell_otherwise(
            services, std::move(unsent.running.job), std::move(unsent.post), std::move(problem));
    co_return JobResult::of_slack(problem);
}

// Its row is written before the call, so that a lost answer is known as such.
asio::awaitable<JobResult> send(Delivery delivery)
{
    const Services& services = delivery.running.services;
    Post& post = delivery.post;
    Transaction intent = delivery.running.ending(JobEnd::keep);
    const std::int64_t drawn_before = post.drawn_version;
    post.drawn_version = delivery.running.request.version;
    post.sending_since = intent.at;
    intent.post = post;
    const auto kept = co_await services.store.commit(std::move(intent));
    if (!kept) co_return after_commit(kept);

    Spot spot{*post.channel, delivery.parent};
    const auto ts = co_await send_to(services, std::move(spot), delivery.message, post.uuid);
    if (ts) co_return co_await keep_ts(std::move(delivery), *ts);
    if (ts.error().code == Errc::answer_lost) co_return JobResult::retry(ts.error());
    co_return co_await note_not_sent(std::move(delivery), drawn_before, ts.error());
}

asio::awaitable<JobResult> look_for(Delivery delivery)
{
    Spot spot{*delivery.post.channel, delivery.parent};
    const auto found = co_await find_sent(
        delivery.running.services, std::move(spot), delivery.post.uuid, *delivery.post.sending_since);
    if (!found) co_return JobResult::of_slack(found.error());
    if (!*found) co_return co_await send(std::move(delivery));
    // It shows what was drawn at that time: post.drawn_version stays. What came since has a job of its own.
    MessageTs there = **found;
    co_return co_await keep_ts(std::move(delivery), std::move(there));
}

asio::awaitable<JobResult> edit(Delivery delivery)
{
    const Services& services = delivery.running.services;
    Post& post = delivery.post;
    const auto updated = co_await services.slack.update_message(*post.channel, *post.ts, std::move(delivery.message));
    const bool is_gone = !updated && slack::is_gone(updated.error());
    if (!updated && !is_gone) co_return JobResult::of_slack(updated.error());

    // Somebody deleted it: it is posted anew.
    Transaction change = delivery.running.ending(is_gone ? JobEnd::postpone : JobEnd::finish);
    change.job->due = change.at;
    post.drawn_version = delivery.running.request.version;
    if (is_gone) post = rules::gone(std::move(post), rules::new_uuid(services.random));
    change.post.emplace(std::move(post));
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> deliver(Delivery delivery, rules::Drawing drawing)
{
    switch (drawing)
    {
    case rules::Drawing::nothing: break;
    case rules::Drawing::edit: co_return co_await edit(std::move(delivery));
    case rules::Drawing::look_for: co_return co_await look_for(std::move(delivery));
    case rules::Drawing::send: co_return co_await send(std::move(delivery));
    }
    co_return co_await finish(std::move(delivery.running));
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

asio::awaitable<JobResult> draw_card(Running running, Redraw why)
{
    const Services& services = running.services;
    const Request& request = running.request;
    // It went on meanwhile, and whoever moved it has it drawn.
    const bool says_waiting = why == Redraw::as_waiting;
    if (says_waiting && !rules::waits_since(request, running.now())) co_return co_await finish(std::move(running));
    Post post = co_await post_of(services, request.id, PostKind::card);
    const rules::Drawing drawing = rules::drawing_of(request, post, why);
    if (drawing == rules::Drawing::nothing) co_return co_await finish(std::move(running));
    // Told once, when it is posted: an edit tells nobody, and one that mentions people still looks like a call.
    const bool calls = services.settings.approval.mention && !post.ts;
    const views::Audience audience = calls ? views::Audience::called : views::Audience::present;
    slack::Message message = co_await card_of(services, request, audience);
    if (says_waiting) views::add_still_waiting(message, request);
    std::vector<NewJob> begun = begun_with(services, request, post);
    if (!post.ts) post.channel = services.settings.approvals;
    Delivery delivery{std::move(running), std::move(post), std::move(message), std::nullopt, std::move(begun)};
    co_return co_await deliver(std::move(delivery), drawing);
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

asio::awaitable<JobResult> wait_for_card(Running running, bool is_gone)
{
    if (!is_gone) co_return JobResult::postpone(look_again_for_card, "card_not_posted");
    Transaction change = running.ending(JobEnd::postpone);
    change.jobs.push_back(rules::card_check(running.request.id, change.at));
    change.job->due = change.at + look_again_for_card;
    change.job->error = "card_gone";
    co_return co_await commit(running.services, std::move(change));
}

asio::awaitable<JobResult> tell_requester(Running running)
{
    const Services& services = running.services;
    Post post = co_await post_of(services, running.request.id, PostKind::requester_dm);
    const rules::Drawing drawing = rules::drawing_of(running.request, post, Redraw::when_newer);
    if (drawing == rules::Drawing::nothing) co_return co_await finish(std::move(running));
    if (!post.channel)
    {
        const auto dm = co_await services.slack.open_dm(running.request.requester);
        if (!dm && is_refusal(dm.error()))
            co_return co_await tell_otherwise(services, std::move(running.job), std::move(post), dm.error());
        if (!dm) co_return JobResult::of_slack(dm.error());
        post.channel = *dm;
    }
    slack::Message message = views::outcome_for_requester(running.request);
    Delivery delivery{std::move(running), std::move(post), std::move(message)};
    co_return co_await deliver(std::move(delivery), drawing);
}

asio::awaitable<JobResult> announce(Running running)
{
    const Services& services = running.services;
    const Request& request = running.request;
    Post post = co_await post_of(services, request.id, PostKind::audit);
    const rules::Drawing drawing = rules::drawing_of(request, post, Redraw::when_newer);
    if (drawing == rules::Drawing::nothing) co_return co_await finish(std::move(running));
    const auto mark = co_await services.store.last_audit_of(request.id);
    if (!mark) co_return JobResult::bury(Problem{Errc::corrupt, "audit_row_missing"});
    post.channel = services.settings.audit;
    slack::Message message = views::outcome_for_audit(request, *mark, services.settings);
    Delivery delivery{std::move(running), std::move(post), std::move(message)};
    co_return co_await deliver(std::move(delivery), drawing);
}

asio::awaitable<JobResult> report_after_care(Running running)
{
    const Services& services = running.services;
    const Request& request = running.request;
    if (request.after_change.empty()) co_return co_await finish(std::move(running));
    const auto standing = co_await look_for_card(services, request);
    if (!standing) co_return JobResult::of_slack(standing.error());
    // The card is drawn by a job of its own; without one there is no thread.
    if (!standing->stands()) co_return co_await wait_for_card(std::move(running), standing->is_gone);
    const Post& card = *standing->card;
    Post post = co_await post_of(services, request.id, PostKind::thread);
    // Time stamps are as long as each other, and grow. What is older than the card hangs below one that is gone.
    if (post.ts && post.ts->str() < card.ts->str())
    {
        post.ts.reset();
        post.uuid = rules::new_uuid(services.random);
    }
    const rules::Drawing drawing = rules::drawing_of(request, post, Redraw::when_newer);
    if (!post.ts) post.channel = card.channel;
    slack::Message message = views::thread(request);
    Delivery delivery{std::move(running), std::move(post), std::move(message), card.ts};
    co_return co_await deliver(std::move(delivery), drawing);
}

}  // namespace countersign::effects
