#include "bot/slack/group_directory.hpp"
#include "handlers/core/log.hpp"

#include <algorithm>
#include <utility>

// What Slack tells by itself, and what the directory makes of it.
namespace countersign::slack {

using boost::asio::awaitable;

namespace {

constexpr Milliseconds news_gathered_for{2'000};
// At the least between two readings of groups because of news: a directory that is synchronized tells of thousands, and
// Slack answers 20 times a minute.
constexpr Milliseconds news_of_groups_every{6'000};
constexpr int news_of_people_max = 20;  // followed at once; the others by the next refresh

}  // namespace

void GroupDirectory::heed(DirectoryNews news, std::optional<SlackUserId> about)
{
    switch (news)
    {
    case DirectoryNews::access_lost:
        log::error("slack_access_lost");
        access_lost_ = true;
        break;
    case DirectoryNews::groups_changed: groups_changed_ = clock_.steady(); break;
    case DirectoryNews::person_changed:
        // Of everybody else nothing is remembered that could have changed.
        if (!about || (roster_.roles_of(people_.ids_of(*about)).empty() && !people_.read_at(*about))) return;
        changed_.insert_or_assign(std::move(*about), clock_.steady());
        break;
    }
    if (follows_news_ || closing_->answer()) return;
    follows_news_ = true;
    tasks_.spawn("news", follow_news());
}

awaitable<void> GroupDirectory::follow_news()
{
    SteadyTime begin = clock_.steady() + news_gathered_for;
    if (groups_followed_at_) begin = std::max(begin, *groups_followed_at_ + news_of_groups_every);
    co_await sleeper_.sleep_until(begin);
    follows_news_ = false;
    co_await look_for_access();
    if (const auto told_at = std::exchange(groups_changed_, std::nullopt))
    {
        groups_followed_at_ = clock_.steady();
        co_await read_groups_and_channel(*told_at);
    }
    std::vector<SlackUserId> people;
    for (const auto& [user, told_at] : changed_)
        if (people.size() < static_cast<std::size_t>(news_of_people_max)) people.push_back(user);
    for (const SlackUserId& user : people)
    {
        const std::shared_ptr<PersonFlight> person = readings_.person_since(user, clock_.steady());
        co_await person->landed();
        // The next refresh begins with those who are left.
        if (!*person->answer()) break;
        changed_.erase(user);
    }
    forget_people_without_role();
}

// Unless Slack was asked since then, and has answered.
awaitable<void> GroupDirectory::read_groups_and_channel(SteadyTime since)
{
    const std::shared_ptr<ChannelFlight> channel = readings_.channel_since(approvals_, since);
    const std::shared_ptr<GroupFlight> groups = readings_.groups_since(since);
    co_await channel->landed();
    take_channel(*channel);
    co_await groups->landed();
}

awaitable<void> GroupDirectory::look_for_access()
{
    if (!access_lost_) co_return;
    const auto identity = co_await api_.auth_test();
    access_lost_ = !identity;
}

}  // namespace countersign::slack
