#include "handlers/requests/signals.hpp"

#include <algorithm>
#include <map>

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr int deciders_max = 500;
constexpr int requests_max = 1'000;

Signal signal_of(std::string_view code, std::string detail = {})
{
    return Signal{std::string{code}, std::move(detail)};
}

}  // namespace

std::vector<Signal> account_signals(const Request& request, const std::optional<Request>& last_change, TimePoint now)
{
    std::vector<Signal> signals;
    if (!request.account) return signals;
    const Account& account = *request.account;
    if (account.blocked) signals.push_back(signal_of(signal::blocked));
    const auto& reset = account.last_password_reset;
    if (reset && now - *reset < reset_lately_within)
        signals.push_back(signal_of(signal::reset_lately, std::to_string(to_unix_ms(*reset))));
    if (last_change && last_change->account)
    {
        const Account& before = *last_change->account;
        if (before.email != account.email) signals.push_back(signal_of(signal::email_changed));
        if (before.phone_number != account.phone_number) signals.push_back(signal_of(signal::phone_changed));
    }
    if (!account.email_verified) signals.push_back(signal_of(signal::not_verified));
    // Expected of whoever gets their first password.
    if (!account.has_signed_in() && request.purpose == Purpose::reset)
        signals.push_back(signal_of(signal::never_signed_in));
    if (!request.lookalikes.empty())
        signals.push_back(signal_of(signal::other_accounts, std::to_string(request.lookalikes.size())));
    return signals;
}

DecidedFor decided_by(const SlackUserId& who, const std::vector<DecidedBy>& deciders)
{
    const auto often = std::count_if(
        deciders.begin(), deciders.end(), [&who](const DecidedBy& decision) { return decision.by == who; });
    return DecidedFor{who, static_cast<int>(often), static_cast<int>(deciders.size())};
}

std::optional<DecidedFor> usual_decider(const std::vector<DecidedBy>& deciders)
{
    std::map<SlackUserId, int> decided;
    for (const DecidedBy& decision : deciders) ++decided[decision.by];
    for (const auto& [who, often] : decided)
    {
        DecidedFor usual{who, often, static_cast<int>(deciders.size())};
        if (usual.is_most()) return usual;
    }
    return std::nullopt;
}

std::vector<Signal> decider_signals(const std::optional<DecidedFor>& usual, const DecidedFor& back)
{
    if (!usual) return {};
    const auto counted = [](const DecidedFor& decided) {
        return std::to_string(decided.often) + " " + std::to_string(decided.all);
    };
    const std::string detail = usual->by.str() + " " + counted(*usual);
    if (back.is_most() && usual->often + back.often >= same_decider_from)
        return {signal_of(signal::each_other, detail + " " + counted(back))};
    if (usual->often >= same_decider_from) return {signal_of(signal::same_decider, detail)};
    return {};
}

std::vector<Signal> doubts_about_person(const std::vector<Signal>& signals)
{
    std::vector<Signal> doubts;
    for (const Signal& each : signals)
        if (each.code == signal::email_changed || each.code == signal::phone_changed) doubts.push_back(each);
    return doubts;
}

void note_unchecked(Request& request, const Result<Member>& who, OwnAccountCheck check)
{
    const bool is_compared = who && who->email;
    if (is_compared || check == OwnAccountCheck::refuse) return;
    const bool is_noted = std::any_of(request.signals.begin(), request.signals.end(), [](const Signal& each) {
        return each.code == signal::own_account_unchecked;
    });
    if (!is_noted) request.signals.push_back(signal_of(signal::own_account_unchecked));
}

// Of this requester's requests, and of those of whoever usually decides them.
asio::awaitable<std::vector<Signal>> people_signals(const Services& services, SlackUserId requester, TimePoint since)
{
    const auto deciders = co_await services.store.deciders_of(requester, since, deciders_max);
    const auto usual = usual_decider(deciders);
    DecidedFor back{requester};
    if (usual)
    {
        const auto returned = co_await services.store.deciders_of(usual->by, since, deciders_max);
        back = decided_by(requester, returned);
    }
    co_return decider_signals(usual, back);
}

asio::awaitable<std::vector<Signal>> signals_of(const Services& services, Request request)
{
    const TimePoint now = services.clock.now();
    std::optional<Request> last;
    if (request.account) last = co_await services.store.last_change_of(request.account->id);
    auto signals = account_signals(request, last, now);

    RequestWindow today{
        RequestWindow::Of::person, request.requester.str(), request.created_at - std::chrono::hours{24}};
    auto times = co_await services.store.request_times(std::move(today), requests_max);
    // This one is among them.
    std::erase_if(times, [&request](TimePoint at) { return at > request.created_at; });
    const int from = services.settings.limits.look_twice_from;
    if (from > 0 && times.size() >= static_cast<std::size_t>(from))
        signals.push_back(signal_of(signal::many_requests, std::to_string(times.size())));

    auto of_people = co_await people_signals(services, request.requester, now - deciders_within);
    for (Signal& each : of_people) signals.push_back(std::move(each));
    co_return signals;
}

}  // namespace countersign
