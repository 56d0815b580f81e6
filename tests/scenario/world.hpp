#pragma once

#include "bot/config/config.hpp"
#include "tests/scenario/fragile_store.hpp"
#include "tests/scenario/network.hpp"
#include "tests/standins/auth0/tenant.hpp"
#include "tests/standins/slack/workspace.hpp"
#include "tests/support/inline_store.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/virtual_time.hpp"

#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace countersign {
class App;
}  // namespace countersign

namespace countersign::test {

// The people and channels of the small company in which every scenario plays.
namespace cast {

inline const std::string agent = "U0AGENT";       // support
inline const std::string implementer = "U0IMPL";  // implementation
inline const std::string lead = "U0LEAD";         // approvers
inline const std::string other_lead = "U0LEAD2";  // approvers, and support
inline const std::string auditor = "U0AUDITOR";   // auditors
inline const std::string manager = "U0MANAGER";   // escalation
inline const std::string nobody = "U0NOBODY";     // a member in no group
inline const std::string guest = "U0GUEST";       // a guest whom somebody put into every group
inline const std::string approvals = "C0APPROVALS";
inline const std::string audit = "C0AUDIT";
inline const std::string desk = "C0DESK";

}  // namespace cast

// A client of the tenant with the bot's secret, whose grant lacks read:connections_options.
inline const std::string narrow_client = "countersign-narrow";

// The whole bot on virtual time, between a Slack workspace and an Auth0 tenant that are stand-ins, on a real SQLite
// file. Everything follows from the seed.
class World
{
public:
    // Limits and reminders are off: a scenario that is about them turns them on.
    explicit World(std::uint64_t seed);
    // With a configuration that differs from the usual one, in every life.
    World(std::uint64_t seed, std::function<void(Config&)> adjust);
    // That begins at another time, with what `prepare` puts there before the first life: a ledger, messages, accounts.
    World(
        std::uint64_t seed, std::function<void(Config&)> adjust, TimePoint begin,
        const std::function<void(World&)>& prepare);
    ~World();

    // The customer whose password most scenarios are about.
    static constexpr const char* customer_email = "ada@acme.example";
    static constexpr const char* customer_password = "$Ada!Byron$!";

    // --- life and death of the process
    void start();
    void stop();    // SIGTERM
    void crash();   // SIGKILL: what was not committed is gone
    void revive();  // starts it again if it is dead; it may die in doing so, at most ten times
    bool alive() const { return app_ != nullptr; }
    void break_store(bool broken) { fragile_->broken = broken; }
    // The next so many look-ups of a request fail as if by a mistake of ours.
    void make_mistakes(int count) { fragile_->mistakes = count; }
    void die_before_commit(int number);                // counted from now on, once
    int commits() const noexcept { return commits_; }  // of all lives so far

    // --- time
    void run_for(Milliseconds duration);
    // False when `done` does not come true within `limit` of virtual time.
    bool run_until(const std::function<bool()>& done, Milliseconds limit = std::chrono::minutes{30});
    // Until nothing is open any more and nothing is left to do but look after the directory.
    bool settle(Milliseconds limit = std::chrono::minutes{40});

    // --- people; they answer with what came back over HTTP
    standins::Response deliver(const standins::slack::Delivery& delivery);
    // Any request at the bot's door, from whomever. Nothing when no answer came in ten seconds.
    std::optional<standins::Response> knock(const standins::Request& request);
    // All of them before the first is answered; how many were accepted.
    std::size_t deliver_together(const std::vector<standins::slack::Delivery>& deliveries);
    standins::Response ask(const std::string& user, const std::string& text);
    standins::Response press(const std::string& user, const std::string& action);  // on the newest card
    standins::Response approve(const std::string& user) { return press(user, "request.approve"); }
    // Presses Deny, and sends the form if it opens: answers with what came back last.
    standins::Response deny(const std::string& user, const std::string& reason = "the caller was not verified");
    standins::Response freeze(const std::string& user, const std::string& reason);
    // Presses a button in the newest message in the approvals channel that has it.
    standins::Response press_in_channel(const std::string& user, const std::string& action);
    // Sends what the newest visible modal asks for.
    standins::Response submit(const std::string& user, const boost::json::object& entries);
    // Waits for a modal to open.
    bool wait_for_modal(const std::string& user);
    standins::Response press_in_dm(const std::string& user, const std::string& action);  // on the newest message
    standins::Response press_in_modal(const std::string& user, const std::string& action);
    standins::Response close_modal(const std::string& user);
    // Asks as the agent and waits for the card.
    bool ask_and_wait(const std::string& email = customer_email);

    // --- what can be seen
    // Puts a request into the ledger as if it had come so far, with the jobs that go on with it.
    void plant(Request request, const std::vector<NewJob>& jobs);

    std::string card();                  // the newest card as JSON text, or empty
    std::size_t cards();                 // how many there are
    std::string approvals();             // everything in the approvals channel, threads too
    std::vector<std::string> thread();   // the lines under the newest card
    std::vector<std::string> replies();  // under the cards
    std::string audit_message();         // the newest one, or empty
    std::size_t audit_messages();
    std::string modal(const std::string& user);                                // the visible one as JSON text, or empty
    std::size_t audit_rows(const std::string& action);                         // with this action
    std::vector<standins::slack::Message> posted_to(const std::string& user);  // direct messages that stay
    std::string dm(const std::string& user);                                   // the newest direct message from the bot
    std::size_t dms(const std::string& user);
    std::string private_line(const std::string& user, const std::string& channel);  // the newest ephemeral one
    bool customer_has_new_password() const;
    int password_changes() const;  // that reached the tenant with success
    std::vector<Request> requests();
    Request request();                       // the only one, or the newest
    std::string everything_on_disk() const;  // database, write-ahead log, as bytes
    std::filesystem::path database() const { return folder_.path() / "countersign.db"; }

    std::uint64_t seed;
    boost::asio::io_context context{1};
    VirtualTime time;
    SeededRandom random;
    Network network;
    standins::slack::Workspace slack;
    standins::auth0::Tenant auth0;
    std::string customer;  // user_id in the tenant

    // Whoever is given it may write to it past the bot, which then looks again for what is due.
    test::InlineStore& ledger()
    {
        fragile_->stir();
        return *ledger_;
    }

private:
    std::optional<standins::slack::Message> newest_card() const;
    void poll();
    void bury();
    Config config() const;
    void populate();

    std::function<void(Config&)> adjust_ = [](Config&) {};
    TempDir folder_{memory_directory()};
    std::unique_ptr<test::InlineStore> ledger_;
    std::unique_ptr<FragileStore> fragile_;
    std::unique_ptr<App> app_;
    bool died_ = false;
    int commits_ = 0;
    int deadly_commit_ = 0;
};

}  // namespace countersign::test
