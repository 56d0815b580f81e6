#include "handlers/effects/say.hpp"

#include "handlers/core/log.hpp"
#include "handlers/model/vault_context.hpp"
#include "handlers/rules/jobs.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// Slack's clock may be behind ours by five minutes when a lost post is looked for.
constexpr std::chrono::minutes search_margin{6};

// The history is not for us to read, or too long to be read through. A token that is refused is another matter: it may
// be mended, and so may be where we are not in any more; then nothing can be sent either.
bool cannot_look(const Problem& problem)
{
    if (problem.code == Errc::forbidden) return !slack::is_about_token(problem.reason);
    constexpr std::array<std::string_view, 4> codes = {
        "channel_is_limited_access", "history_too_long", "method_not_supported_for_channel_type", "unknown_method"};
    return std::find(codes.begin(), codes.end(), problem.reason) != codes.end();
}

}  // namespace

asio::awaitable<Outcome<std::optional<MessageTs>>> find_sent(
    const Services& services, Spot spot, std::string uuid, TimePoint sent)
{
    const TimePoint oldest = sent - search_margin;
    Outcome<std::optional<MessageTs>> found = std::optional<MessageTs>{};
    if (spot.parent)
        found = co_await services.slack.find_reply(spot.channel, *spot.parent, std::move(uuid), oldest);
    else
        found = co_await services.slack.find_message(spot.channel, std::move(uuid), oldest);
    if (!found && cannot_look(found.error())) co_return std::optional<MessageTs>{};
    co_return found;
}

asio::awaitable<Outcome<MessageTs>> send_to(
    const Services& services, Spot spot, slack::Message message, std::string uuid)
{
    if (spot.parent)
        co_return co_await services.slack.post_reply(spot.channel, *spot.parent, std::move(message), std::move(uuid));
    co_return co_await services.slack.post_message(spot.channel, std::move(message), std::move(uuid));
}

asio::awaitable<Outcome<MessageTs>> say(
    const Services& services, Job job, Spot spot, slack::Message message, std::string uuid)
{
    const bool was_begun = job.epoch > 1;
    if (was_begun)
    {
        auto found = co_await find_sent(services, spot, uuid, job.created_at);
        if (!found) co_return found.error();
        if (*found) co_return std::move(**found);
    }
    co_return co_await send_to(services, std::move(spot), std::move(message), std::move(uuid));
}

asio::awaitable<void> tell(const Services& services, SlackUserId user, FallbackTarget back, std::string words)
{
    Note note{user, std::move(words)};
    note.channel = std::move(back.channel);
    if (back.response_url) note.response_url = services.vault.seal(*back.response_url, note_context(user));
    Transaction change{services.clock.now()};
    change.jobs.push_back(rules::note_job(note, change.at));
    const auto receipt = co_await services.store.commit(std::move(change));
    if (!receipt) log::warn("note_not_stored", {{"user", user}, {"reason", receipt.error().message()}});
}

}  // namespace countersign::effects
