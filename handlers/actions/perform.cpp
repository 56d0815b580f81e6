#include "handlers/actions/perform.hpp"

#include "handlers/checks/admission.hpp"
#include "handlers/rules/transitions.hpp"

#include <utility>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

struct OpenWindow
{
    Performance& performance;

    FollowUp operator()(Modal& modal) const
    {
        std::optional<FallbackTarget> fallback;
        if (modal.is_missed) fallback.emplace(std::move(performance.key.value().fallback));
        return OpenView{
            performance.by, std::move(performance.key.value().trigger_id), std::move(modal.view), std::move(fallback)};
    }
    FollowUp operator()(NewContents& contents) const
    {
        return ReplaceView{performance.by, std::move(contents.external_id), std::move(contents.view)};
    }
    FollowUp operator()(Handing& handing) const
    {
        return OpenHandover{std::move(handing.request), std::move(performance.key.value().trigger_id)};
    }
};

// That a new request would be for.
std::optional<Email> address_of(const Performance& performance, const Snapshot& seen)
{
    if (performance.address) return performance.address;
    if (seen.request) return seen.request->email;
    return std::nullopt;
}

HandlerResult result_of(Verdict verdict, Performance performance)
{
    if (!verdict.window) return HandlerResult{std::move(verdict.answer)};
    return HandlerResult{std::move(verdict.answer), std::visit(OpenWindow{performance}, *verdict.window)};
}

}  // namespace

WindowKey window_key(slack::BlockAction& click)
{
    FallbackTarget fallback{click.channel, std::nullopt};
    if (click.response_url) fallback.response_url = click.response_url->duplicate();
    return WindowKey{std::move(click.trigger_id), std::move(fallback)};
}

WindowKey window_key(slack::SlashCommand& command)
{
    return WindowKey{std::move(command.trigger_id), FallbackTarget{command.channel, std::move(command.response_url)}};
}

WindowKey window_key(slack::MessageAction& shortcut)
{
    return WindowKey{
        std::move(shortcut.trigger_id), FallbackTarget{shortcut.channel, std::move(shortcut.response_url)}};
}

WindowKey window_key(slack::Shortcut& shortcut) { return WindowKey{std::move(shortcut.trigger_id), FallbackTarget{}}; }

asio::awaitable<HandlerResult> perform(const Services& services, Performance performance, Decide decide)
{
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < performance.tries_max; ++tries)
    {
        Snapshot seen = co_await read_snapshot(services, performance.by, performance.about);
        if (performance.may_begin)
        {
            auto earlier = co_await checks::earlier_requests(services, performance.by);
            seen.earlier = std::move(earlier);
            const auto address = address_of(performance, seen);
            if (address) seen.pseudonym = services.vault.pseudonym(address->str());
        }
        Verdict verdict = decide(seen);
        if (!verdict.transaction) co_return result_of(std::move(verdict), std::move(performance));
        Transaction transaction = std::move(*verdict.transaction);
        transaction.replay = performance.replay;
        // What was begun before is found by the next reading.
        const bool begins = transaction.insert.has_value();
        outcome = co_await attempt(services, std::move(transaction));
        if (outcome == Attempt::done) co_return result_of(std::move(verdict), std::move(performance));
        const bool is_overtaken = outcome == Attempt::again || (begins && outcome == Attempt::duplicate);
        if (!is_overtaken) break;
    }
    co_return rejection(outcome);
}

asio::awaitable<HandlerResult> perform(
    const Services& services, slack::BlockAction click, ReplayMark replay, DecidePress decide, int tries_max)
{
    Press press = press_of(services.vault, click);
    Performance performance{press.by, std::move(replay)};
    performance.about.emplace(press.value);
    performance.key.emplace(window_key(click));
    performance.tries_max = tries_max;
    const Settings& settings = services.settings;
    Decide decide_this = [press = std::move(press), decide, &settings](const Snapshot& seen) {
        return decide(press, seen, settings);
    };
    return perform(services, std::move(performance), std::move(decide_this));
}

asio::awaitable<Attempt> attempt(const Services& services, Transaction transaction)
{
    const auto moved = rules::moved_request(transaction);
    const auto receipt = co_await services.store.commit(std::move(transaction));
    if (receipt && moved) rules::log_move(*moved);
    if (receipt) co_return Attempt::done;
    if (receipt.error() == Errc::replayed) co_return Attempt::replayed;
    if (receipt.error() == Errc::conflict) co_return Attempt::again;
    if (receipt.error() == Errc::duplicate) co_return Attempt::duplicate;
    co_return Attempt::unavailable;
}

slack::Rejected rejection(Attempt attempt)
{
    return slack::Rejected{attempt == Attempt::replayed ? Errc::replayed : Errc::unavailable};
}

}  // namespace countersign::actions
