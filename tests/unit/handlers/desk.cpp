#include "tests/unit/handlers/desk.hpp"

#include "handlers/actions/router.hpp"
#include "tests/support/slack_address.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <stdexcept>
#include <variant>

namespace countersign::test {

using namespace actions;

namespace {

Settings usual_settings() { return Settings{{SlackTeamId{"T1"}}, ChannelId{"C0APPROVE"}, ChannelId{"C0AUDIT"}}; }

std::map<std::string, Member> usual_members()
{
    const auto member = [](std::set<Role> roles) {
        return Member{MemberStatus::member, std::move(roles), std::nullopt};
    };
    std::map<std::string, Member> all;
    all.emplace("U0AGENT", member({Role::support}));
    all.emplace("U0IMPL", member({Role::implementation}));
    all.emplace("U0LEAD", member({Role::approver}));
    all.emplace("U0LEAD2", member({Role::approver, Role::support}));
    all.emplace("U0LEAD3", member({Role::approver}));
    all.emplace("U0MANAGER", member({Role::escalation}));
    all.emplace("U0AUDITOR", member({Role::auditor}));
    all.emplace("U0NOBODY", member({}));
    all.emplace("U0GUEST", Member{MemberStatus::guest, {Role::support, Role::approver, Role::auditor}, std::nullopt});
    for (auto& [id, each] : all) each.email = Email{slack_address_of(id)};
    return all;
}

slack::Source usual_source() { return slack::Source{"A1", SlackTeamId{"T1"}, std::nullopt, false}; }

slack::Actor actor_of(const std::string& user) { return slack::Actor{SlackUserId{user}, SlackTeamId{"T1"}}; }

const OpenView* opened(const HandlerResult& handled)
{
    return handled.then ? std::get_if<OpenView>(&*handled.then) : nullptr;
}

const boost::json::object* view_of(const HandlerResult& handled)
{
    if (const OpenView* modal = opened(handled)) return &modal->view;
    if (const auto* replaced = std::get_if<slack::ViewReplaced>(&handled.answer)) return &replaced->view;
    return nullptr;
}

}  // namespace

Desk::Desk()
    : clock{noon},
      random{1},
      vault{Secret{"0123456789abcdef0123456789abcdef"}, random},
      settings{usual_settings()},
      ledger{":memory:", noon},
      store{ledger},
      services{store, people, slack, tenant, clock, random, vault, settings, clock}
{
    people.members = usual_members();
}

Desk::~Desk() = default;

HandlerResult Desk::send(slack::Interaction interaction)
{
    ReplayMark mark{"interaction " + std::to_string(++sent_), clock.now() + std::chrono::minutes{10}};
    return run(context, route(services, std::move(interaction), std::move(mark)));
}

slack::BlockAction Desk::click_in_home(const std::string& user, std::string_view action, const std::string& value) const
{
    return slack::BlockAction{
        .source = usual_source(),
        .actor = actor_of(user),
        .channel = {},
        .message_ts = {},
        .view_id = {},
        .view_hash = {},
        .private_metadata = {},
        .action_id = std::string{action},
        .block_id = {},
        .value = value,
        .selected = {},
        .response_url = {},
        .trigger_id = Secret{"trigger of " + user}};
}

slack::BlockAction Desk::click(const std::string& user, std::string_view action, const std::string& value) const
{
    slack::BlockAction click = click_in_home(user, action, value);
    click.channel = settings.approvals;
    click.message_ts.emplace("10.5");
    click.response_url.emplace(response_url);
    return click;
}

slack::ViewSubmission Desk::form(const std::string& user, std::string_view callback, const std::string& metadata) const
{
    return slack::ViewSubmission{
        .source = usual_source(),
        .actor = actor_of(user),
        .callback_id = std::string{callback},
        .private_metadata = metadata,
        .view_id = "V1",
        .view_hash = {},
        .values = {},
        .trigger_id = {}};
}

slack::SlashCommand Desk::command(const std::string& user, const std::string& name, const std::string& text) const
{
    return slack::SlashCommand{
        .source = usual_source(),
        .actor = actor_of(user),
        .channel = ChannelId{"C0DESK"},
        .command = name,
        .text = text,
        .response_url = Secret{response_url},
        .trigger_id = Secret{"trigger of " + user}};
}

Request Desk::request_of(const std::string& requester, State state)
{
    Request request{RequestId{"cs-1"}, SlackUserId{requester}, Email{"ada@acme.example"}, std::nullopt, noon};
    request.state = state;
    request.account.emplace(Auth0UserId{"auth0|1"});
    request.account->email = "ada@acme.example";
    request.account->given_name = "Ada";
    request.account->family_name = "Byron";
    request.account->database_connections = {"Users"};
    request.connection = "Users";
    request.asked = true;
    request.expires_at = noon + std::chrono::hours{4};
    return request;
}

void Desk::apply(Transaction change)
{
    const auto receipts = ledger.engine().apply({&change, 1});
    if (!receipts.front()) throw std::runtime_error{"not stored: " + receipts.front().error().message()};
}

void Desk::put(Request request)
{
    Transaction change{clock.now()};
    change.insert.emplace(std::move(request));
    apply(std::move(change));
}

void Desk::put_card(std::optional<std::string> ts)
{
    Transaction change{clock.now()};
    change.post.emplace(RequestId{"cs-1"}, PostKind::card, "uuid-1");
    change.post->channel = settings.approvals;
    if (ts) change.post->ts.emplace(std::move(*ts));
    apply(std::move(change));
}

void Desk::freeze(const std::string& by, std::string reason)
{
    Transaction change{clock.now()};
    change.freeze = frozen();
    change.freeze->freeze.emplace(Freeze{SlackUserId{by}, clock.now(), std::move(reason), {}});
    apply(std::move(change));
}

void Desk::thaw()
{
    Transaction change{clock.now()};
    change.freeze = frozen();
    change.freeze->freeze.reset();
    apply(std::move(change));
}

Request Desk::stored(const std::string& id)
{
    auto found = ledger.reads().request(RequestId{id});
    if (!found) throw std::runtime_error{"no such request"};
    return std::move(*found);
}

FreezeSwitch Desk::frozen() { return ledger.reads().freeze(); }

const Transaction& Desk::last() const
{
    REQUIRE_FALSE(store.done.empty());
    return store.done.back();
}

std::string modal_text(const HandlerResult& handled)
{
    const boost::json::object* view = view_of(handled);
    return view == nullptr ? std::string{} : boost::json::serialize(*view);
}

std::string modal_callback(const HandlerResult& handled)
{
    const boost::json::object* view = view_of(handled);
    if (view == nullptr) return {};
    const boost::json::value* id = view->if_contains("callback_id");
    return id == nullptr ? std::string{} : std::string{id->as_string()};
}

std::string reply_text(const HandlerResult& handled)
{
    const auto* reply = std::get_if<slack::PrivateReply>(&handled.answer);
    return reply == nullptr ? std::string{} : reply->message.text + boost::json::serialize(reply->message.blocks);
}

std::string field_errors(const HandlerResult& handled)
{
    std::string text;
    if (const auto* errors = std::get_if<slack::FieldErrors>(&handled.answer))
        for (const auto& [field, words] : errors->errors) text.append(field).append(": ").append(words).append("\n");
    return text;
}

std::optional<Errc> rejected(const HandlerResult& handled)
{
    const auto* no = std::get_if<slack::Rejected>(&handled.answer);
    if (no == nullptr) return std::nullopt;
    return no->why;
}

}  // namespace countersign::test
