#pragma once

#include "bot/crypto/vault.hpp"
#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"
#include "tests/support/inline_store.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/noon.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/unit/handlers/desk_ports.hpp"
#include "tests/unit/handlers/transaction_text.hpp"

#include <boost/asio/io_context.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

// Handlers at work, one interaction at a time: a real ledger in memory, and everything else as the test says.
namespace countersign::test {

class Desk
{
public:
    Desk();
    ~Desk();  // elsewhere, as the constructor: each file would else make all that it is made of

    static constexpr TimePoint noon = test::noon;
    static constexpr const char* response_url = "https://hooks.slack.com/actions/T1/2/secret";

    HandlerResult send(slack::Interaction interaction);

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
    void apply(Transaction change);  // without being seen
    Request stored(const std::string& id = "cs-1");
    FreezeSwitch frozen();

    // The newest change; fails the test when there is none.
    const Transaction& last() const;

    boost::asio::io_context context{1};
    ManualClock clock;
    SeededRandom random;
    FileVault vault;
    Settings settings;
    test::InlineStore ledger;
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

// What the modal that is opened, or takes the place of a form, says; empty when there is none.
std::string modal_text(const HandlerResult& handled);
std::string modal_callback(const HandlerResult& handled);
// The answer to a command, as JSON; empty when it is no such answer.
std::string reply_text(const HandlerResult& handled);
// "reason: words", each on a line; empty when it is no such answer.
std::string field_errors(const HandlerResult& handled);
std::optional<Errc> rejected(const HandlerResult& handled);

}  // namespace countersign::test
