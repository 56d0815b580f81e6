#pragma once

#include "bot/crypto/vault.hpp"
#include "bot/store/inline_store.hpp"
#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/seeded_random.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Handlers at work, one interaction at a time: a real ledger in memory, and everything else as the test says.
namespace countersign::test {

// The ledger, which a test can look over the shoulder and get in the way of.
class WatchedStore final : public Store
{
public:
    explicit WatchedStore(Store& ledger) : ledger_{ledger} {}

    std::vector<Change> tried;            // every change that came to be committed
    std::vector<Change> done;             // those that were
    std::optional<Errc> refuses;          // every commit
    std::function<void()> before_commit;  // called once: somebody else acts first

    boost::asio::awaitable<Result<Receipt>> commit(Change change) override;
    boost::asio::awaitable<std::optional<Request>> find_request(RequestId id) override;
    boost::asio::awaitable<std::optional<Post>> find_post(RequestId id, PostKind kind) override;
    boost::asio::awaitable<std::optional<Sealed>> find_credential(RequestId id) override;
    boost::asio::awaitable<FreezeSwitch> find_freeze() override;
    boost::asio::awaitable<std::vector<TimePoint>> request_times(RequestWindow window, int limit) override;
    boost::asio::awaitable<std::vector<DecidedBy>> deciders_of(
        SlackUserId requester, TimePoint since, int limit) override;
    boost::asio::awaitable<std::optional<Request>> last_change_of(Auth0UserId account) override;
    boost::asio::awaitable<std::vector<Request>> requests_of(SlackUserId requester, int limit, int offset) override;
    boost::asio::awaitable<std::vector<Request>> pending_requests(int limit, int offset) override;
    boost::asio::awaitable<std::vector<Request>> held_requests(int limit) override;
    boost::asio::awaitable<std::vector<Request>> ended_requests(TimePoint since, int limit, int offset) override;
    boost::asio::awaitable<std::optional<HomeViewer>> find_viewer(SlackUserId user) override;
    boost::asio::awaitable<std::vector<HomeViewer>> viewers(int limit) override;
    boost::asio::awaitable<std::optional<AuditMark>> last_audit_of(RequestId id) override;
    boost::asio::awaitable<std::vector<Job>> claim_jobs(TimePoint now, TimePoint lease_until, int limit) override;
    boost::asio::awaitable<std::optional<TimePoint>> next_due() override;

private:
    Store& ledger_;
};

class KnownPeople final : public Directory
{
public:
    std::map<std::string, Member> members;
    bool answers = true;
    ChannelSafety approvals = ChannelSafety::safe;

    Result<Member> recall(SlackUserId user, TimePoint now) const override;
    ChannelSafety approvals_channel(TimePoint now) const override;
    boost::asio::awaitable<Outcome<Member>> ask(SlackUserId user, std::set<Role> roles) override;
};

// Throws at every call: no decision calls Slack before it is committed.
class UncalledSlack final : public SlackApi
{
public:
    using Message = slack::Message;
    boost::asio::awaitable<Outcome<MessageTs>> post_message(ChannelId, Message, std::string) override;
    boost::asio::awaitable<Outcome<MessageTs>> post_reply(ChannelId, MessageTs, Message, std::string) override;
    boost::asio::awaitable<Outcome<void>> update_message(ChannelId, MessageTs, Message) override;
    boost::asio::awaitable<Outcome<void>> post_ephemeral(ChannelId, SlackUserId, Message) override;
    boost::asio::awaitable<Outcome<void>> respond(Secret, Message, bool) override;
    boost::asio::awaitable<Outcome<ChannelId>> open_dm(SlackUserId) override;
    boost::asio::awaitable<Outcome<std::optional<MessageTs>>> find_message(ChannelId, std::string, TimePoint) override;
    boost::asio::awaitable<Outcome<std::string>> open_view(Secret, boost::json::object) override;
    boost::asio::awaitable<Outcome<void>> update_view(std::string, boost::json::object) override;
    boost::asio::awaitable<Outcome<void>> open_secret_view(Secret, slack::SecretView) override;
    boost::asio::awaitable<Outcome<void>> update_secret_view(std::string, slack::SecretView) override;
    boost::asio::awaitable<Outcome<void>> publish_home(SlackUserId, boost::json::object) override;
    boost::asio::awaitable<Outcome<ChannelFacts>> channel_facts(ChannelId) override;
};

// A tenant that is asked for policies and for nothing else. The first answers come first, the last one stays.
class PolicyTenant final : public IdentityProvider
{
public:
    std::vector<Outcome<ConnectionPolicy>> recent;
    std::vector<Outcome<ConnectionPolicy>> now;
    std::vector<std::string> asked;  // "recent Users", "now Users"

    boost::asio::awaitable<Outcome<std::vector<Account>>> find_by_email(Email) override;
    boost::asio::awaitable<Outcome<Account>> read(Auth0UserId) override;
    boost::asio::awaitable<Outcome<Account>> change_password(PasswordChange, Secret) override;
    boost::asio::awaitable<Outcome<Account>> set_blocked(Auth0UserId, bool, RequestId) override;
    boost::asio::awaitable<Outcome<LogEvidence>> find_in_log(Auth0UserId, RequestId, TimePoint) override;
    boost::asio::awaitable<Outcome<ConnectionPolicy>> read_policy(std::string connection, Freshness freshness) override;
    boost::asio::awaitable<Outcome<Account>> create_account(NewAccount, Secret) override;
    boost::asio::awaitable<Outcome<Secret>> create_ticket(Auth0UserId, std::chrono::seconds, RequestId) override;
    boost::asio::awaitable<Outcome<void>> end_sessions(Auth0UserId, RequestId) override;
    boost::asio::awaitable<Outcome<void>> revoke_refresh_tokens(Auth0UserId, RequestId) override;
    boost::asio::awaitable<Outcome<void>> mark_must_change(MustChange) override;
    boost::asio::awaitable<Outcome<void>> send_change_mail(Email, std::string) override;
};

class Desk
{
public:
    Desk();

    static const TimePoint noon;
    static constexpr const char* response_url = "https://hooks.slack.com/actions/T1/2/secret";

    Handled send(slack::Interaction interaction);

    // --- what people send. A click in a message is in the approvals channel, on the card's time stamp.
    slack::BlockAction click(const std::string& user, std::string_view action, const std::string& value) const;
    slack::BlockAction click_in_home(const std::string& user, std::string_view action, const std::string& value) const;
    slack::ViewSubmission form(const std::string& user, std::string_view callback, const std::string& metadata) const;
    slack::SlashCommand command(const std::string& user, const std::string& name, const std::string& text) const;

    // --- what is stored
    static Request request_of(const std::string& requester, State state);  // "cs-1", of ada@acme.example, a reset
    void put(Request request);
    void put_card(std::optional<std::string> ts = "10.5");  // of "cs-1"
    void freeze(const std::string& by, std::string reason = "incident");
    void thaw();
    void apply(Change change);  // without being seen
    Request stored(const std::string& id = "cs-1");
    FreezeSwitch frozen();

    // The newest change; fails the test when there is none.
    const Change& last() const;

    boost::asio::io_context context{1};
    ManualClock clock;
    SeededRandom random;
    FileVault vault;
    Settings settings;
    store::InlineStore ledger;
    WatchedStore store;
    KnownPeople people;
    UncalledSlack slack;
    PolicyTenant tenant;
    Services services;

private:
    int sent_ = 0;
};

// At which a request of the agent waits for a decision, with its card.
struct WaitingDesk : Desk
{
    explicit WaitingDesk(Request request = request_of("U0AGENT", State::pending))
    {
        put(std::move(request));
        put_card();
    }
};

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// "request_approved U0LEAD cs-1 state=approved ...": everything that a row says.
std::string row_text(const AuditEvent& row);
// The only row of the change; fails the test when there are more, or none.
std::string only_row(const Change& change);
// "card homes+2000": kinds, with payloads, in alphabetical order, and by how many ms later than the change when not at
// once. Without notes.
std::string jobs_text(const Change& change);
// What the change has the person told; empty when nothing. Fails the test when it is more than one note.
std::string note_text(const Change& change);
// What the modal that is opened, or takes the place of a form, says; empty when there is none.
std::string modal_text(const Handled& handled);
std::string modal_callback(const Handled& handled);
// The answer to a command, as JSON; empty when it is no such answer.
std::string reply_text(const Handled& handled);
// "reason: words", each on a line; empty when it is no such answer.
std::string field_errors(const Handled& handled);
std::optional<Errc> rejected(const Handled& handled);

}  // namespace countersign::test
