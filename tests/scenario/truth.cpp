#include "tests/scenario/truth.hpp"

#include "bot/audit/chain.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace countersign::test {

namespace {

struct Changes
{
    int applied = 0;  // as the tenant's log has it
    int received = 0;
};

// What reached the tenant, by correlation id.
std::map<std::string, Changes> changes_of(const std::vector<standins::auth0::ReceivedCall>& calls)
{
    std::map<std::string, Changes> changes;
    for (const auto& call : calls)
    {
        const bool is_link = call.method == "POST" && call.path == "/api/v2/tickets/password-change";
        const bool has_password = std::find(call.fields.begin(), call.fields.end(), "password") != call.fields.end();
        if (!is_link && !(has_password && (call.method == "PATCH" || call.method == "POST"))) continue;
        Changes& of_request = changes[call.correlation_id];
        ++of_request.received;
        if (call.status == 200 || call.status == 201) ++of_request.applied;
    }
    return changes;
}

std::string about_request(World& world, const Request& request, const Changes& changes)
{
    const std::string id = request.id.str() + " (" + std::string{name_of(request.state)} + "): ";
    if (request.is_open()) return id + "P1: acknowledged, but no outcome was recorded";
    const bool says_done = request.state == State::changed;
    if (says_done && changes.applied == 0) return id + "P4: Done without a change in Auth0";
    const bool is_link = request.format == PasswordFormat::link;  // which changes nothing, however many are made
    if (!says_done && !is_link && request.state != State::unknown && changes.applied > 0)
        return id + "P4: the password was changed, and the state says it was not";
    if (!is_link && changes.applied > 2) return id + "the password was sent more than twice";
    if (changes.received > 0 && !request.decision) return id + "P2: sent to Auth0 without a decision";
    for (const Decision& approval : request.approvals)
        if (approval.by == request.requester) return id + "P3: approved by its requester";
    const bool was_cancelled = request.state == State::cancelled;
    if (!was_cancelled && request.decision && request.decision->by == request.requester)
        return id + "P3: decided by its requester";
    const bool may_be_shown = request.handover && !request.handover->is_closed;
    if (world.ledger().reads().credential(request.id) && !may_be_shown)
        return id + "P6: the password outlived its request";

    std::size_t announced = 0;
    for (const auto& message : world.slack.messages(cast::audit))
    {
        // That a step was given up is told beside the end.
        const bool is_trouble = message.text.rfind("*Given up*", 0) == 0;
        if (!is_trouble && message.text.find(request.id.str()) != std::string::npos) ++announced;
    }
    // A slip that nobody was asked about, and what its requester took back, is no noise for those who review.
    const bool concerns_them = request.asked && !was_cancelled;
    if (concerns_them && announced == 0) return id + "P7: the audit channel was not told";
    if (announced > 1) return id + "the audit channel was told twice";
    return {};
}

std::string about_cards(const World& world)
{
    std::map<std::string, int> cards;
    for (const auto& message : world.slack.messages(cast::approvals))
    {
        if (!message.thread_ts.empty() && message.thread_ts != message.ts) continue;
        const std::string drawn = boost::json::serialize(message.blocks);
        if (drawn.find("\"request.approve\"") != std::string::npos ||
            drawn.find("\"request.deny\"") != std::string::npos)
            return "a card of an ended request can still be decided";
        if (drawn.find("*Working*") != std::string::npos) return "P4: a card still says Working";
        const auto at = drawn.find("cs-");
        if (at != std::string::npos && ++cards[drawn.substr(at, 15)] > 1) return "a request has two cards";
    }
    return {};
}

// The window of this request's hand-over that a call is about, or empty.
std::string window_of(const standins::slack::ApiCall& call, const Request& request)
{
    if (!call.method.starts_with("views.")) return {};
    const std::string args = boost::json::serialize(call.args);
    const std::string name = "handover-" + request.id.str();
    const std::size_t begin = args.find(name);
    if (begin == std::string::npos) return {};
    const std::size_t end = args.find_first_not_of("-0123456789", begin + name.size());
    return args.substr(begin, end - begin);
}

bool fills(const standins::slack::ApiCall& call)
{
    // What an earlier version showed is kept as the opening of its window, and no more.
    const std::string args = boost::json::serialize(call.args);
    return args.find("rich_text_preformatted") != std::string::npos || args.find("handover.view ") != std::string::npos;
}

std::string about_handover(const World& world, const Request& request)
{
    constexpr standins::TimeMs five_minutes = 300'000;
    const std::string id = request.id.str() + ": ";
    std::set<std::string> full;
    std::optional<standins::TimeMs> first;
    for (const auto& call : world.slack.calls())
    {
        const std::string window = window_of(call, request);
        if (window.empty()) continue;
        const bool is_gone = call.error == "not_found";
        if (!fills(call))
        {
            if (call.error.empty() || is_gone) full.erase(window);
            continue;
        }
        if (!call.error.empty()) continue;
        full.insert(window);
        if (full.size() > 1) return id + "P5: the password is shown in two windows";
        if (!first) first = call.at;
        if (*first > 0 && call.at >= *first + five_minutes) return id + "P5: the password is shown after its time";
    }
    if (first && !request.handover) return id + "P5: shown before it was known to be set";
    if (first && request.handover->state != HandoverState::shown)
        return id + "P4: the password was shown, and the request says it was not";
    const bool says_shown = request.handover && request.handover->state == HandoverState::shown;
    if (says_shown && request.handover->is_certain && !first) return id + "P4: said to be shown, and was not";
    return {};
}

// Nobody is left in front of a window that says that it will change by itself.
std::string about_modals(const World& world)
{
    for (const std::string& user : {cast::agent, cast::implementer, cast::lead, cast::other_lead})
        for (const auto& view : world.slack.modals(user))
            if (boost::json::serialize(view.content).find("Looking up") != std::string::npos)
                return "P1: a modal of " + user + " still says Looking up";
    return {};
}

std::string about_secrets(World& world)
{
    const std::string disk = world.everything_on_disk();
    std::string seen;
    for (const std::string& user :
         {cast::agent, cast::implementer, cast::lead, cast::other_lead, cast::auditor, cast::nobody})
        seen += boost::json::serialize(world.slack.snapshot(user));
    for (const auto& call : world.slack.calls())
    {
        const std::string args = boost::json::serialize(call.args);
        // The one place where a password is shown; tests of the hand-over look at it themselves.
        const bool is_handover = call.method.starts_with("views.") && args.find("handover.view") != std::string::npos;
        if (!is_handover) seen += args;
    }
    for (const std::string& secret :
         {std::string{World::customer_password}, std::string{"fake-client-secret-for-tests"},
          std::string{"fake-signing-secret-for-tests"}, std::string{"xoxb-fake-token-for-tests"}})
    {
        if (disk.find(secret) != std::string::npos) return "P6: a secret lies in the database";
        if (seen.find(secret) != std::string::npos) return "P6: a secret went to Slack";
    }
    if (disk.find("/response/") != std::string::npos) return "P6: a response_url lies in the database";
    return {};
}

}  // namespace

std::string broken_promise(World& world, const std::vector<standins::auth0::ReceivedCall>& earlier)
{
    std::vector<standins::auth0::ReceivedCall> calls = earlier;
    calls.insert(calls.end(), world.auth0.calls().begin(), world.auth0.calls().end());
    auto changes = changes_of(calls);
    const auto requests = world.requests();
    for (const Request& request : requests)
    {
        const std::string fault = about_request(world, request, changes[request.id.str()]);
        if (!fault.empty()) return fault;
        if (std::string shown = about_handover(world, request); !shown.empty()) return shown;
    }
    for (const auto& [correlation, change] : changes)
    {
        const auto known = std::any_of(
            requests.begin(), requests.end(), [&id = correlation](const Request& each) { return each.id.str() == id; });
        if (!known && change.received > 0) return "P7: a change without a request: " + correlation;
    }
    const auto rows = world.ledger().reads().audit_after(0, 10'000);
    if (audit::verify(rows)) return "P7: the audit log does not verify";
    if (std::string fault = about_cards(world); !fault.empty()) return fault;
    if (std::string fault = about_modals(world); !fault.empty()) return fault;
    return about_secrets(world);
}

}  // namespace countersign::test
