#include "handlers/effects/open_handover.hpp"

#include "handlers/checks/admission.hpp"
#include "handlers/core/interruption.hpp"
#include "handlers/core/log.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/patience.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/model/vault_context.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/opening.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/handover_view.hpp"

namespace countersign::effects {

namespace asio = boost::asio;
using rules::given_back;
using rules::OpeningEnd;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds words_within{20};  // until a window that shows nothing says why

// What became of an opening, and of its window.
struct Opened
{
    explicit Opened(rules::OpeningEnd end_) : end{std::move(end_)} {}

    rules::OpeningEnd end;
    bool has_window = true;      // false: Slack has definitely opened none
    bool is_window_sure = true;  // false: Slack's answer to its opening was lost
};

std::string word_of(const Problem& problem)
{
    return problem.reason.empty() ? std::string{name_of(problem.code)} : problem.reason;
}

// Puts a view without a secret into a window of the request. not_found: that window is gone.
asio::awaitable<Outcome<void>> put(
    const Services& services, std::string window, boost::json::object view, Patience patience)
{
    for (;;)
    {
        boost::json::object sent = view;
        const auto there = co_await services.slack.update_view(window, std::move(sent));
        if (there) co_return there;
        const auto wait = patience.again(services.clock.now(), there.error());
        if (!wait) co_return there.error();
        co_await services.sleeper.sleep_until(services.clock.steady() + *wait);
    }
}

// P3, asked of Slack now: nullopt when the person may see it.
asio::awaitable<std::optional<OpeningEnd>> rights_fault(const Services& services, Request request)
{
    Patience patience{rules::pressed_at(*request.handover) + rules::rights_within};
    for (;;)
    {
        std::set<Role> asking{Role::support, Role::implementation};
        const auto who = co_await services.directory.fetch(request.requester, std::move(asking));
        if (who)
        {
            const auto denial = rules::may_ask(*who, request, services.settings.approval.own_account_check);
            if (!denial) co_return std::nullopt;
            co_return rules::withheld(*request.handover, *denial);
        }
        const auto wait = patience.again(services.clock.now(), who.error());
        if (!wait) co_return given_back("rights_unknown");
        co_await services.sleeper.sleep_until(services.clock.steady() + *wait);
    }
}

// The bot is about to end: what has not begun to show it is given back, so that the button works after the next start.
asio::awaitable<std::optional<OpeningEnd>> unless_stopped(asio::awaitable<std::optional<OpeningEnd>> checking)
{
    auto fault = co_await unless_interrupted(std::move(checking));
    if (!fault) co_return given_back("stopping");
    co_return std::move(*fault);
}

// False: the bot is about to end.
asio::awaitable<bool> pause(const Services& services, std::chrono::seconds wait)
{
    auto sleeping = [](const Services& services_, std::chrono::seconds wait_) -> asio::awaitable<bool> {
        co_await services_.sleeper.sleep_until(services_.clock.steady() + wait_);
        co_return true;
    };
    auto slept = sleeping(services, wait);
    const auto is_over = co_await unless_interrupted(std::move(slept));
    co_return is_over.has_value();
}

// P5: a password that is not the account's any more is not shown.
asio::awaitable<bool> is_replaced(const Services& services, Request request)
{
    if (!request.account) co_return false;
    const auto last = co_await services.store.last_change_of(request.account->id);
    co_return rules::is_replaced(request, last);
}

// Never two windows at once: the one that showed it before is emptied first. nullopt: it is empty, or gone.
asio::awaitable<std::optional<OpeningEnd>> former_fault(const Services& services, Request request)
{
    const int former = rules::former_window(*request.handover);
    if (former == 0) co_return std::nullopt;
    std::string window = rules::handover_view_id(request.id, former);
    boost::json::object view = views::handover_moved(request, former);
    const Patience patience{rules::filled_until(*request.handover)};
    const auto emptied = co_await put(services, std::move(window), std::move(view), patience);
    if (emptied || emptied.error().code == Errc::not_found) co_return std::nullopt;
    co_return given_back("former_window_open");
}

// Fills the window.
asio::awaitable<OpeningEnd> fill(const Services& services, Request request, Secret credential)
{
    Patience patience{rules::filled_until(*request.handover)};
    bool may_be_there = false;
    for (;;)
    {
        // Some of the calls before may have taken long.
        const auto late = rules::lateness(*request.handover, services.clock.now());
        if (late && !may_be_there) co_return given_back("too_late");
        std::string window = rules::handover_view_id(request.id, request.handover->windows);
        slack::SecretView view = views::handover(request, services.settings, credential.duplicate());
        const auto filled = co_await services.slack.update_secret_view(std::move(window), std::move(view));
        if (filled) co_return rules::shown();
        const Problem problem = filled.error();
        may_be_there = may_be_there || rules::may_have_arrived(problem);
        const auto wait = patience.again(services.clock.now(), problem);
        bool goes_on = wait.has_value();
        if (wait) goes_on = co_await pause(services, *wait);
        if (!goes_on) co_return rules::unfilled(may_be_there, wait ? "stopping" : word_of(problem));
    }
}

// What stands between the window and the password, and then the password.
asio::awaitable<OpeningEnd> check_and_fill(const Services& services, Request request)
{
    auto checking = rights_fault(services, request);
    auto fault = co_await unless_stopped(std::move(checking));
    if (fault) co_return std::move(*fault);
    const Handover& handover = *request.handover;
    const bool replaced = co_await is_replaced(services, request);
    if (replaced) co_return rules::taken_away(handover, "replaced");
    const auto sealed = co_await services.store.find_credential(request.id);
    if (!sealed) co_return rules::taken_away(handover, "credential_missing");
    auto credential = services.vault.open(*sealed, credential_context(request));
    if (!credential) co_return rules::taken_away(handover, "credential_corrupt");

    fault = rules::lateness(handover, services.clock.now());
    if (fault) co_return std::move(*fault);
    auto emptying = former_fault(services, request);
    fault = co_await unless_stopped(std::move(emptying));
    if (fault) co_return std::move(*fault);
    // What was asked before all this may be some seconds old.
    const auto freeze = co_await checks::frozen(services);
    if (freeze) co_return rules::held_back(*freeze);
    co_return co_await fill(services, std::move(request), std::move(*credential));
}

asio::awaitable<Opened> open(const Services& services, Request request, Secret trigger_id)
{
    // Within the life of the trigger, and therefore before anything is asked.
    boost::json::object view = views::handover_checking(request);
    const auto opened = co_await services.slack.open_view(std::move(trigger_id), std::move(view));
    const bool is_lost = !opened && opened.error().code == Errc::answer_lost;
    if (!opened && !is_lost)
    {
        Opened none{given_back(word_of(opened.error()))};
        none.has_window = false;
        co_return none;
    }
    auto end = co_await check_and_fill(services, std::move(request));
    Opened window{std::move(end)};
    window.is_window_sure = !is_lost;
    co_return window;
}

asio::awaitable<void> tell_beside(const Services& services, Request request, std::string words)
{
    const auto message = co_await services.store.find_post(request.id, PostKind::requester_dm);
    FallbackTarget back;
    if (message) back.channel = message->channel;
    co_await tell(services, request.requester, std::move(back), std::move(words));
}

// Nobody is left before a window that goes on checking: it says why it shows nothing. Where there is no window it is
// said beside the button, unless the person has closed the window or the message says it.
asio::awaitable<void> explain(
    const Services& services, Request request, int window, Opened opened, rules::Aftermath due)
{
    const bool is_over = due.words == rules::Aftermath::Words::over;
    std::string words = is_over ? views::not_ready(request) : views::nothing_shown(opened.end);
    bool is_told = false;
    if (opened.has_window)
    {
        std::string id = rules::handover_view_id(request.id, window);
        boost::json::object view = views::explanation("Nothing was shown", words);
        const Patience patience{services.clock.now() + words_within};
        const auto there = co_await put(services, std::move(id), std::move(view), patience);
        is_told = there || (there.error().code == Errc::not_found && opened.is_window_sure);
    }
    if (is_told || !due.may_be_noted) co_return;
    co_await tell_beside(services, std::move(request), std::move(words));
}

// Whatever still shows it is emptied.
asio::awaitable<void> empty(const Services& services, Request request, int window)
{
    std::string id = rules::handover_view_id(request.id, window);
    boost::json::object view = views::handover_over(request, window);
    const Patience patience{services.clock.now() + words_within};
    const auto emptied = co_await put(services, std::move(id), std::move(view), patience);
    if (!emptied && emptied.error().code != Errc::not_found)
        log::warn("handover_not_emptied", {{"request_id", request.id}, {"reason", emptied.error().reason}});
}

asio::awaitable<void> see_to_windows(
    const Services& services, RequestId id, int window, Opened opened, bool is_recorded)
{
    const auto request = co_await services.store.find_request(id);
    if (!request || !request->handover) co_return;
    const auto due = rules::aftermath(*request->handover, window, opened.end, is_recorded, services.clock.now());
    if (due.emptied != 0) co_await empty(services, *request, due.emptied);
    if (due.words == rules::Aftermath::Words::none) co_return;
    co_await explain(services, *request, window, std::move(opened), due);
}

}  // namespace

asio::awaitable<void> open_handover(const Services& services, OpenHandover then)
{
    const auto request = co_await services.store.find_request(then.request);
    if (!request || !request->handover || !rules::is_opening(*request->handover)) co_return;
    const int window = request->handover->windows;
    Opened opened = co_await open(services, *request, std::move(then.trigger_id));
    log::info("handover_ended", {{"request_id", then.request}, {"why", opened.end.why}});

    Decide decide = [&services, window, end = opened.end](const Request& latest) -> std::optional<Transaction> {
        Transaction change{services.clock.now()};
        const auto event = rules::recorded_event(latest, window, end, change.at);
        if (!event) return std::nullopt;
        rules::advance(change, latest, *event, system_actor, end.why);
        return change;
    };
    const auto receipt = co_await commit_latest(services, then.request, std::move(decide));
    if (receipt && !*receipt) log::warn("handover_not_recorded", {{"request_id", then.request}});
    const bool is_recorded = receipt.has_value();
    co_await see_to_windows(services, then.request, window, std::move(opened), is_recorded);
}

}  // namespace countersign::effects
