#include "tests/unit/handlers/desk.hpp"

#include "handlers/effects/private_words.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/router.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <stdexcept>
#include <variant>

namespace countersign::test {

namespace {

Settings usual_settings() { return Settings{{SlackTeamId{"T1"}}, ChannelId{"C0APPROVE"}, ChannelId{"C0AUDIT"}}; }

std::map<std::string, Member> usual_members()
{
    const auto member = [](std::set<Role> roles) { return Member{Standing::member, std::move(roles), std::nullopt}; };
    std::map<std::string, Member> all;
    all.emplace("U0AGENT", member({Role::support}));
    all.emplace("U0IMPL", member({Role::implementation}));
    all.emplace("U0LEAD", member({Role::approver}));
    all.emplace("U0LEAD2", member({Role::approver, Role::support}));
    all.emplace("U0LEAD3", member({Role::approver}));
    all.emplace("U0MANAGER", member({Role::escalation}));
    all.emplace("U0AUDITOR", member({Role::auditor}));
    all.emplace("U0NOBODY", member({}));
    all.emplace("U0GUEST", Member{Standing::guest, {Role::support, Role::approver, Role::auditor}, std::nullopt});
    return all;
}

slack::Origin usual_origin() { return slack::Origin{"A1", SlackTeamId{"T1"}, std::nullopt, false}; }

slack::Actor actor_of(const std::string& user) { return slack::Actor{SlackUserId{user}, SlackTeamId{"T1"}}; }

const OpenView* opened(const Handled& handled)
{
    return handled.then ? std::get_if<OpenView>(&*handled.then) : nullptr;
}

const boost::json::object* view_of(const Handled& handled)
{
    if (const OpenView* modal = opened(handled)) return &modal->view;
    if (const auto* replaced = std::get_if<slack::ViewReplaced>(&handled.answer)) return &replaced->view;
    return nullptr;
}

[[noreturn]] void uncalled() { throw std::logic_error{"called by a handler that has no business there"}; }

}  // namespace

const TimePoint Desk::noon = from_unix_ms(1'795'348'800'000);

Desk::Desk()
    : clock{noon},
      random{1},
      vault{Secret{"0123456789abcdef0123456789abcdef"}, random},
      settings{usual_settings()},
      ledger{":memory:", noon},
      store{ledger},
      services{store, people, slack, tenant, clock, random, vault, settings}
{
    people.members = usual_members();
}

Handled Desk::send(slack::Interaction interaction)
{
    ReplayMark mark{"interaction " + std::to_string(++sent_), clock.now() + std::chrono::minutes{10}};
    return run(context, route(services, std::move(interaction), std::move(mark)));
}

slack::BlockAction Desk::click_in_home(const std::string& user, std::string_view action, const std::string& value) const
{
    return slack::BlockAction{
        .origin = usual_origin(),
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
        .origin = usual_origin(),
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
        .origin = usual_origin(),
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

void Desk::apply(Change change)
{
    const auto receipts = ledger.engine().apply({&change, 1});
    if (!receipts.front()) throw std::runtime_error{"not stored: " + receipts.front().error().message()};
}

void Desk::put(Request request)
{
    Change change{clock.now()};
    change.insert.emplace(std::move(request));
    apply(std::move(change));
}

void Desk::put_card(std::optional<std::string> ts)
{
    Change change{clock.now()};
    change.post.emplace(RequestId{"cs-1"}, PostKind::card, "uuid-1");
    change.post->channel = settings.approvals;
    if (ts) change.post->ts.emplace(std::move(*ts));
    apply(std::move(change));
}

void Desk::freeze(const std::string& by, std::string reason)
{
    Change change{clock.now()};
    change.freeze = frozen();
    change.freeze->freeze.emplace(Freeze{SlackUserId{by}, clock.now(), std::move(reason), {}});
    apply(std::move(change));
}

void Desk::thaw()
{
    Change change{clock.now()};
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

const Change& Desk::last() const
{
    REQUIRE_FALSE(store.done.empty());
    return store.done.back();
}

std::string row_text(const AuditEvent& row)
{
    std::string text = row.action + " " + row.actor;
    if (row.request) text += " " + row.request->str();
    for (const auto& [name, value] : row.details) text.append(" ").append(name).append("=").append(value);
    return text;
}

std::string only_row(const Change& change)
{
    REQUIRE(change.audit.size() == 1);
    return row_text(change.audit.front());
}

std::string jobs_text(const Change& change)
{
    std::vector<std::string> jobs;
    for (const NewJob& job : change.jobs)
    {
        if (job.kind == job_kind::note) continue;
        std::string text = job.kind;
        if (!job.payload.empty() && job.payload.front() != '{') text += ":" + job.payload;
        if (job.due != change.at) text += "+" + std::to_string((job.due - change.at) / Milliseconds{1});
        jobs.push_back(std::move(text));
    }
    std::sort(jobs.begin(), jobs.end());
    std::string all;
    for (const std::string& job : jobs) all += (all.empty() ? "" : " ") + job;
    return all;
}

std::string note_text(const Change& change)
{
    std::vector<std::string> notes;
    for (const NewJob& job : change.jobs)
    {
        if (job.kind != job_kind::note) continue;
        Job carrier;
        carrier.payload = job.payload;
        const auto note = note_from(carrier);
        REQUIRE(note.has_value());
        notes.push_back(note->text);
    }
    REQUIRE(notes.size() <= 1);
    return notes.empty() ? std::string{} : notes.front();
}

std::string modal_text(const Handled& handled)
{
    const boost::json::object* view = view_of(handled);
    return view == nullptr ? std::string{} : boost::json::serialize(*view);
}

std::string modal_callback(const Handled& handled)
{
    const boost::json::object* view = view_of(handled);
    if (view == nullptr) return {};
    const boost::json::value* id = view->if_contains("callback_id");
    return id == nullptr ? std::string{} : std::string{id->as_string()};
}

std::string reply_text(const Handled& handled)
{
    const auto* reply = std::get_if<slack::PrivateReply>(&handled.answer);
    return reply == nullptr ? std::string{} : reply->message.text + boost::json::serialize(reply->message.blocks);
}

std::string field_errors(const Handled& handled)
{
    std::string text;
    if (const auto* errors = std::get_if<slack::FieldErrors>(&handled.answer))
        for (const auto& [field, words] : errors->errors) text.append(field).append(": ").append(words).append("\n");
    return text;
}

std::optional<Errc> rejected(const Handled& handled)
{
    const auto* no = std::get_if<slack::Rejected>(&handled.answer);
    if (no == nullptr) return std::nullopt;
    return no->why;
}

// --- the ledger

namespace asio = boost::asio;

asio::awaitable<Result<Receipt>> WatchedStore::commit(Change change)
{
    if (before_commit) std::exchange(before_commit, nullptr)();
    tried.push_back(change);
    if (refuses) co_return *refuses;
    auto receipt = co_await ledger_.commit(change);
    if (receipt) done.push_back(std::move(change));
    co_return receipt;
}

asio::awaitable<std::optional<Request>> WatchedStore::find_request(RequestId id)
{
    return ledger_.find_request(std::move(id));
}
asio::awaitable<std::optional<Post>> WatchedStore::find_post(RequestId id, PostKind kind)
{
    return ledger_.find_post(std::move(id), kind);
}
asio::awaitable<std::optional<Sealed>> WatchedStore::find_credential(RequestId id)
{
    return ledger_.find_credential(std::move(id));
}
asio::awaitable<FreezeSwitch> WatchedStore::find_freeze() { return ledger_.find_freeze(); }
asio::awaitable<std::vector<TimePoint>> WatchedStore::request_times(RequestWindow window, int limit)
{
    return ledger_.request_times(std::move(window), limit);
}
asio::awaitable<std::vector<DecidedBy>> WatchedStore::deciders_of(SlackUserId requester, TimePoint since, int limit)
{
    return ledger_.deciders_of(std::move(requester), since, limit);
}
asio::awaitable<std::optional<Request>> WatchedStore::last_change_of(Auth0UserId account)
{
    return ledger_.last_change_of(std::move(account));
}
asio::awaitable<std::vector<Request>> WatchedStore::requests_of(SlackUserId requester, int limit, int offset)
{
    return ledger_.requests_of(std::move(requester), limit, offset);
}
asio::awaitable<std::vector<Request>> WatchedStore::pending_requests(int limit, int offset)
{
    return ledger_.pending_requests(limit, offset);
}
asio::awaitable<std::vector<Request>> WatchedStore::held_requests(int limit) { return ledger_.held_requests(limit); }
asio::awaitable<std::vector<Request>> WatchedStore::ended_requests(TimePoint since, int limit, int offset)
{
    return ledger_.ended_requests(since, limit, offset);
}
asio::awaitable<std::optional<HomeViewer>> WatchedStore::find_viewer(SlackUserId user)
{
    return ledger_.find_viewer(std::move(user));
}
asio::awaitable<std::vector<HomeViewer>> WatchedStore::viewers(int limit) { return ledger_.viewers(limit); }
asio::awaitable<std::optional<AuditMark>> WatchedStore::last_audit_of(RequestId id)
{
    return ledger_.last_audit_of(std::move(id));
}
asio::awaitable<std::vector<Job>> WatchedStore::claim_jobs(TimePoint now, TimePoint lease_until, int limit)
{
    return ledger_.claim_jobs(now, lease_until, limit);
}
asio::awaitable<std::optional<TimePoint>> WatchedStore::next_due() { return ledger_.next_due(); }

// --- people

Result<Member> KnownPeople::recall(SlackUserId user, TimePoint) const
{
    if (!answers) return Errc::unavailable;
    const auto found = members.find(user.str());
    return found == members.end() ? Member{Standing::member, {}, std::nullopt} : found->second;
}

ChannelSafety KnownPeople::approvals_channel(TimePoint) const { return approvals; }

asio::awaitable<Outcome<Member>> KnownPeople::ask(SlackUserId, std::set<Role>) { uncalled(); }

// --- what is not called

asio::awaitable<Outcome<MessageTs>> UncalledSlack::post_message(ChannelId, Message, std::string) { uncalled(); }
asio::awaitable<Outcome<MessageTs>> UncalledSlack::post_reply(ChannelId, MessageTs, Message, std::string)
{
    uncalled();
}
asio::awaitable<Outcome<void>> UncalledSlack::update_message(ChannelId, MessageTs, Message) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::post_ephemeral(ChannelId, SlackUserId, Message) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::respond(Secret, Message, bool) { uncalled(); }
asio::awaitable<Outcome<ChannelId>> UncalledSlack::open_dm(SlackUserId) { uncalled(); }
asio::awaitable<Outcome<std::optional<MessageTs>>> UncalledSlack::find_message(ChannelId, std::string, TimePoint)
{
    uncalled();
}
asio::awaitable<Outcome<std::string>> UncalledSlack::open_view(Secret, boost::json::object) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::update_view(std::string, boost::json::object) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::open_secret_view(Secret, slack::SecretView) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::update_secret_view(std::string, slack::SecretView) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::publish_home(SlackUserId, boost::json::object) { uncalled(); }
asio::awaitable<Outcome<ChannelFacts>> UncalledSlack::channel_facts(ChannelId) { uncalled(); }

asio::awaitable<Outcome<std::vector<Account>>> PolicyTenant::find_by_email(Email) { uncalled(); }
asio::awaitable<Outcome<Account>> PolicyTenant::read(Auth0UserId) { uncalled(); }
asio::awaitable<Outcome<Account>> PolicyTenant::change_password(PasswordChange, Secret) { uncalled(); }
asio::awaitable<Outcome<Account>> PolicyTenant::set_blocked(Auth0UserId, bool, RequestId) { uncalled(); }
asio::awaitable<Outcome<LogEvidence>> PolicyTenant::find_in_log(Auth0UserId, RequestId, TimePoint) { uncalled(); }
asio::awaitable<Outcome<Account>> PolicyTenant::create_account(NewAccount, Secret) { uncalled(); }
asio::awaitable<Outcome<Secret>> PolicyTenant::create_ticket(Auth0UserId, std::chrono::seconds, RequestId)
{
    uncalled();
}
asio::awaitable<Outcome<void>> PolicyTenant::end_sessions(Auth0UserId, RequestId) { uncalled(); }
asio::awaitable<Outcome<void>> PolicyTenant::revoke_refresh_tokens(Auth0UserId, RequestId) { uncalled(); }
asio::awaitable<Outcome<void>> PolicyTenant::mark_must_change(MustChange) { uncalled(); }
asio::awaitable<Outcome<void>> PolicyTenant::send_change_mail(Email, std::string) { uncalled(); }

asio::awaitable<Outcome<ConnectionPolicy>> PolicyTenant::read_policy(std::string connection, Freshness freshness)
{
    const bool is_recent = freshness == Freshness::recent;
    asked.push_back((is_recent ? "recent " : "now ") + connection);
    auto& answers = is_recent ? recent : now;
    REQUIRE_FALSE(answers.empty());
    auto answer = answers.front();
    if (answers.size() > 1) answers.erase(answers.begin());
    co_return answer;
}

}  // namespace countersign::test
