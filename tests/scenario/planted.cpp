#include "tests/scenario/planted.hpp"

#include "auth0/account_parser.hpp"
#include "handlers/rules/jobs.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstdint>

namespace countersign::test {

using namespace rules;

namespace json = boost::json;

namespace {

Request asked_for(World& world, const std::string& id, const std::string& requester, const std::string& email)
{
    Request request{RequestId{id}, SlackUserId{requester}, Email{email}, std::nullopt, world.time.now()};
    request.state = State::approved;
    request.connection = "Username-Password-Authentication";
    request.asked = true;
    request.decision = Decision{SlackUserId{cast::lead}, world.time.now()};
    request.approvals = {*request.decision};
    return request;
}

}  // namespace

Request approved(World& world, const std::string& id, PasswordFormat format)
{
    Request request = asked_for(world, id, cast::agent, World::customer_email);
    request.format = format;
    request.account = *auth0::parse_account(json::parse(world.auth0.user_json(world.customer)));
    return request;
}

Request approved_creation(World& world, const std::string& id, PasswordFormat format)
{
    Request request = asked_for(world, id, cast::implementer, "grace@acme.example");
    request.purpose = Purpose::first_password;
    request.format = format;
    request.names = GivenNames{"Grace", "Hopper"};
    return request;
}

bool carry_out(World& world, Request request, Milliseconds limit)
{
    const RequestId id = request.id;
    const std::string requester = request.requester.str();
    const TimePoint now = world.time.now();
    const std::size_t before = world.dms(requester);
    world.plant(std::move(request), {request_job(job_kind::card, id, now), request_job(job_kind::change, id, now)});
    // Asked at every turn: the ledger is read only when something was written or said since.
    int read_at = -1;
    std::uint64_t seen_at = 0;
    return world.run_until(
        [&world, id, requester, before, read_at, seen_at]() mutable {
            if (world.commits() == read_at && world.slack.revision() == seen_at) return false;
            read_at = world.commits();
            seen_at = world.slack.revision();
            const auto found = world.ledger().reads().request(id);
            return found && !found->is_open() && world.dms(requester) > before;
        },
        limit);
}

bool reset_and_wait(World& world)
{
    if (!world.ask_and_wait()) return false;
    world.approve(cast::lead);
    if (!world.run_until([&world] { return has(world.dm(cast::agent), "handover.show"); }, std::chrono::minutes{10}))
        return false;
    // The message is there; that it is known to be takes the way of the answer. What Slack said for the change is not
    // shared any more by then.
    world.run_for(std::chrono::seconds{4});
    return true;
}

std::vector<std::string> shown_secrets(World& world, const std::string& user)
{
    std::vector<std::string> found;
    const auto open = world.slack.modals(user);
    if (open.empty()) return found;
    for (const json::value& block : open.back().content.at("blocks").as_array())
        if (block.at("type") == "rich_text")
            found.emplace_back(block.at("elements").at(0).at("elements").at(0).at("text").as_string());
    return found;
}

void freeze(World& world, bool frozen)
{
    FreezeSwitch now = world.ledger().reads().freeze();
    now.freeze.reset();
    if (frozen) now.freeze.emplace(Freeze{SlackUserId{cast::lead}, world.time.now(), "a stolen session", {}});
    Transaction change{world.time.now()};
    change.freeze = now;
    const auto receipts = world.ledger().engine().apply({&change, 1});
    if (!receipts.front()) throw std::runtime_error{"the switch was not set"};
}

void delete_message(World& world, const standins::slack::Message& message)
{
    standins::Request call;
    call.method = "POST";
    call.target = "/api/chat.delete";
    call.headers = {
        {"authorization", "Bearer " + world.slack.options().bot_token}, {"content-type", "application/json"}};
    call.body = json::serialize(json::object{{"channel", message.channel}, {"ts", message.ts}});
    const auto answer = world.slack.handle(call, to_unix_ms(world.time.now()));
    if (!has(answer.body, "\"ok\":true")) throw std::runtime_error{"the message was not deleted"};
}

}  // namespace countersign::test
