#include "handlers/effects/home_tabs.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/posts.hpp"
#include "handlers/views/home_view.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// Slack takes about 100 publications a minute; whoever is not among these is served when they open it.
constexpr int viewers_max = 50;
constexpr std::chrono::hours viewer_age_max{24};
constexpr std::chrono::days ended_lately{7};
constexpr std::chrono::seconds asked_for_home{10};

// How many of the waiting requests are looked through for those that were passed on: more than ever wait.
constexpr int passed_on_among_max = 1'000;

// Of these the ones that were passed on to the second group, from `offset` on.
std::vector<Request> passed_on(std::vector<Request> waiting, int offset, int limit)
{
    std::erase_if(waiting, [](const Request& request) { return !request.escalated_at; });
    const auto size = static_cast<std::ptrdiff_t>(waiting.size());
    const auto begin = std::min<std::ptrdiff_t>(offset, size), end = std::min<std::ptrdiff_t>(begin + limit, size);
    waiting.erase(waiting.begin() + end, waiting.end());
    waiting.erase(waiting.begin(), waiting.begin() + begin);
    return waiting;
}

asio::awaitable<views::HomeContent> content_of(const Services& services, HomeViewer viewer)
{
    const TimePoint now = services.clock.now();
    views::HomeContent content{viewer.user, services.directory.cached(viewer.user)};
    content.page = viewer.page;
    const auto freeze = co_await services.store.find_freeze();
    content.freeze = freeze;
    const int offset = static_cast<int>(viewer.page) * views::home_page_size;
    const int limit = views::home_page_size + 1;
    if (!content.who || content.who->status != MemberStatus::member) co_return content;
    auto own = co_await services.store.requests_of(viewer.user, limit, offset);
    for (const Request& request : own)
    {
        if (!request.handover || request.handover->state != HandoverState::ready) continue;
        const auto message = co_await services.store.find_post(request.id, PostKind::requester_dm);
        if (rules::is_told_otherwise(message)) content.shown_here.insert(request.id);
    }
    content.own = std::move(own);
    if (!rules::may_freeze(content.who))
    {
        auto waiting = co_await services.store.pending_requests(limit, offset);
        content.waiting = std::move(waiting);
    }
    else if (content.who->holds(Role::escalation))
    {
        auto waiting = co_await services.store.pending_requests(passed_on_among_max, 0);
        content.waiting = passed_on(std::move(waiting), offset, limit);
    }
    if (!rules::may_review(content.who))
    {
        auto ended = co_await services.store.ended_requests(now - ended_lately, limit, offset);
        content.ended = std::move(ended);
    }
    co_return content;
}

}  // namespace

asio::awaitable<JobResult> publish_home(const Services& services, Job job, HomeOf home)
{
    const SlackUserId user = home.user;
    const auto viewer = co_await services.store.find_viewer(user);
    if (!viewer) co_return co_await finish(services, std::move(job));
    // Somebody who has not pressed anything yet may not be known: whatever comes of asking, the Home says so.
    const auto known = co_await services.directory.learn(user, false, asked_for_home);
    static_cast<void>(known);
    const auto content = co_await content_of(services, *viewer);
    boost::json::object view = views::home(content, services.settings);
    // Keyed: a digest of addresses must not tell them.
    const std::string digest = services.vault.pseudonym(boost::json::serialize(view));
    if (digest == viewer->digest) co_return co_await finish(services, std::move(job));
    const auto published = co_await services.slack.publish_home(user, std::move(view));
    if (!published) co_return JobResult::of_slack(published.error());

    Transaction change{services.clock.now()};
    HomeViewer shown = *viewer;
    shown.digest = digest;
    change.viewer.emplace(std::move(shown));
    change.job = rules::end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> refresh_homes(const Services& services, Job job)
{
    Transaction change{services.clock.now()};
    const auto viewers = co_await services.store.viewers(viewers_max);
    for (const HomeViewer& viewer : viewers)
        if (change.at - viewer.opened_at < viewer_age_max)
            change.jobs.push_back(rules::home_job(viewer.user, change.at));
    change.job = rules::end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign::effects
