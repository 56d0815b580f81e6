#include "tests/scenario/world.hpp"

#include "bot/app/app.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

// What people do in a World, and what can be seen of it.
namespace countersign::test {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

std::string as_text(const standins::slack::Message& message) { return message.text + json::serialize(message.blocks); }

bool is_card(const standins::slack::Message& message)
{
    const bool is_reply = !message.thread_ts.empty() && message.thread_ts != message.ts;
    return !is_reply && json::serialize(message.blocks).find("Request `cs-") != std::string::npos;
}

}  // namespace

standins::Response World::ask(const std::string& user, const std::string& text)
{
    return deliver(slack.command(user, cast::desk, "/reset-password", text, to_unix_ms(time.now())));
}

standins::Response World::press(const std::string& user, const std::string& action)
{
    const auto card = newest_card();
    if (!card) throw standins::slack::CannotAct{"there is no card"};
    const auto response = deliver(slack.click(user, cast::approvals, card->ts, action, to_unix_ms(time.now())));
    // Whether an approval counts is known once Slack was asked.
    const auto is_settled = [this] {
        if (!alive()) return true;
        const auto waiting = ledger_->reads().pending_requests(100, 0);
        return std::all_of(waiting.begin(), waiting.end(), [](const Request& each) { return each.claims.empty(); });
    };
    if (action == "request.approve") run_until(is_settled, std::chrono::seconds{40});
    return response;
}

standins::Response World::press_in_channel(const std::string& user, const std::string& action)
{
    const auto messages = slack.messages(cast::approvals);
    for (auto message = messages.rbegin(); message != messages.rend(); ++message)
        if (json::serialize(message->blocks).find('"' + action + '"') != std::string::npos)
            return deliver(slack.click(user, cast::approvals, message->ts, action, to_unix_ms(time.now())));
    throw standins::slack::CannotAct{"nothing in the channel has this button"};
}

standins::Response World::freeze(const std::string& user, const std::string& reason)
{
    return deliver(slack.command(user, cast::desk, "/password-freeze", reason, to_unix_ms(time.now())));
}

bool World::wait_for_modal(const std::string& user)
{
    return run_until([this, user] { return !slack.modals(user).empty(); }, std::chrono::seconds{10});
}

standins::Response World::submit(const std::string& user, const json::object& entries)
{
    return deliver(slack.submit_view(user, entries, to_unix_ms(time.now())));
}

standins::Response World::deny(const std::string& user, const std::string& reason)
{
    const auto pressed = press(user, "request.deny");
    if (!alive() || !wait_for_modal(user)) return pressed;
    return submit(user, {{"reason", reason}});
}

standins::Response World::press_in_dm(const std::string& user, const std::string& action)
{
    const auto message = posted_to(user).back();
    return deliver(slack.click(user, message.channel, message.ts, action, to_unix_ms(time.now())));
}

standins::Response World::press_in_modal(const std::string& user, const std::string& action)
{
    return deliver(slack.click_in_view(user, standins::slack::Place::modal, action, to_unix_ms(time.now())));
}

standins::Response World::close_modal(const std::string& user)
{
    const auto closed = slack.close_view(user, to_unix_ms(time.now()));
    return closed ? deliver(*closed) : standins::Response{};
}

void World::plant(Request request, const std::vector<NewJob>& jobs)
{
    Transaction change{time.now()};
    AuditEvent row{"request_received", request.requester.str(), request.id};
    change.audit.push_back(std::move(row));
    change.insert.emplace(std::move(request));
    change.jobs = jobs;
    const auto receipts = ledger_->engine().apply({&change, 1});
    if (!receipts.front()) throw std::runtime_error{"the request was not planted"};
    fragile_->stir();
    app_->wake();
}

bool World::ask_and_wait(const std::string& email)
{
    const std::size_t before = cards();
    ask(cast::agent, email);
    return run_until([this, before] { return cards() > before; }, std::chrono::minutes{5});
}

// Cards name their request; what is said under them and announcements are no cards.
std::optional<standins::slack::Message> World::newest_card() const
{
    std::optional<standins::slack::Message> newest;
    for (const auto& message : slack.messages(cast::approvals))
        if (is_card(message)) newest = message;
    return newest;
}

std::string World::card()
{
    const auto newest = newest_card();
    return newest ? as_text(*newest) : std::string{};
}

std::size_t World::cards()
{
    const auto messages = slack.messages(cast::approvals);
    return static_cast<std::size_t>(std::count_if(messages.begin(), messages.end(), is_card));
}

std::string World::approvals()
{
    std::string all;
    for (const auto& message : slack.messages(cast::approvals)) all += as_text(message) + "\n";
    return all;
}

std::vector<std::string> World::thread()
{
    std::vector<std::string> lines;
    const auto card = newest_card();
    for (const auto& message : slack.messages(cast::approvals))
        if (card && message.thread_ts == card->ts && message.ts != card->ts) lines.push_back(as_text(message));
    return lines;
}

std::vector<std::string> World::replies()
{
    std::vector<std::string> all;
    for (const auto& message : slack.messages(cast::approvals))
        if (!message.thread_ts.empty() && message.thread_ts != message.ts) all.push_back(as_text(message));
    return all;
}

std::string World::modal(const std::string& user)
{
    const auto open = slack.modals(user);
    return open.empty() ? std::string{} : json::serialize(open.back().content);
}

std::size_t World::audit_rows(const std::string& action)
{
    std::size_t count = 0;
    for (const AuditRow& row : ledger_->reads().audit_after(0, 10'000))
        if (json::parse(row.text).at("action").as_string() == action) ++count;
    return count;
}

std::string World::audit_message()
{
    const auto messages = slack.messages(cast::audit);
    return messages.empty() ? std::string{} : as_text(messages.back());
}

std::size_t World::audit_messages() { return slack.messages(cast::audit).size(); }

std::vector<standins::slack::Message> World::posted_to(const std::string& user)
{
    auto messages = slack.dms(user);
    std::erase_if(messages, [](const auto& message) { return message.is_ephemeral(); });
    return messages;
}

std::string World::dm(const std::string& user)
{
    const auto messages = posted_to(user);
    return messages.empty() ? std::string{} : as_text(messages.back());
}

std::size_t World::dms(const std::string& user) { return posted_to(user).size(); }

std::string World::private_line(const std::string& user, const std::string& channel)
{
    std::string newest;
    for (const auto& message : slack.visible_to(user, channel))
        if (message.is_ephemeral()) newest = as_text(message);
    return newest;
}

bool World::customer_has_new_password() const { return auth0.accepts(customer, customer_password); }

int World::password_changes() const
{
    int changes = 0;
    for (const auto& call : auth0.calls())
        if (call.method == "PATCH" && call.status == 200 &&
            std::find(call.fields.begin(), call.fields.end(), "password") != call.fields.end())
            ++changes;
    return changes;
}

std::vector<Request> World::requests()
{
    std::vector<Request> all;
    std::set<std::string> seen;
    for (const AuditRow& row : ledger_->reads().audit_after(0, 10'000))
    {
        const json::value text = json::parse(row.text);
        const json::value& id = text.at("request");
        if (!id.is_string() || !seen.insert(std::string{id.get_string()}).second) continue;
        if (auto request = ledger_->reads().request(RequestId{std::string{id.get_string()}}))
            all.push_back(std::move(*request));
    }
    return all;
}

Request World::request() { return requests().back(); }

std::string World::everything_on_disk() const
{
    std::ostringstream bytes;
    for (const auto& entry : fs::directory_iterator{folder_.path()})
        if (entry.is_regular_file()) bytes << std::ifstream{entry.path(), std::ios::binary}.rdbuf();
    return bytes.str();
}

}  // namespace countersign::test
