#pragma once

#include "bot/crypto/vault.hpp"
#include "handlers/effects/running.hpp"
#include "handlers/ports/services.hpp"
#include "tests/scenario/fragile_store.hpp"
#include "tests/support/inline_store.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/unit/handlers/effects/outside.hpp"

#include <boost/asio/io_context.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::test {

inline const SlackUserId agent{"U0AGENT"};
inline const SlackUserId lead{"U0LEAD"};
inline const SlackUserId other_lead{"U0LEAD2"};
inline const Auth0UserId ada{"auth0|1"};

// A job as it lies in the ledger.
struct StoredJob
{
    std::int64_t id = 0;
    std::string kind;
    std::string lane;
    std::string payload;
    std::string state;  // "ready", "leased", "done", "dead"
    TimePoint due;
    int attempts = 0;
    std::string error;
};

// The account of Ada Byron, who has signed in before.
Account account_of_ada();
// Approved by one lead at noon, for her account and the standard format.
Request approved_request();
// The same for an account that is to be made for grace@acme.example.
Request approved_creation();
// A change whose first send got no answer, at noon.
Request checking_request();

// One effect at a time, between a real ledger in memory and an outside that the test writes down.
class Bench
{
public:
    Bench();
    ~Bench();  // elsewhere, as the constructor: each file would else make all that it is made of

    // Puts a request into the ledger with a job of this kind, and claims the job.
    Job begin(Request request, std::string_view kind, const std::string& payload = {});
    // Claims the job of this kind at the present time, which must be due.
    Job claim(std::string_view kind);

    template <class T>
    T run(boost::asio::awaitable<T> work)
    {
        return test::run(context, std::move(work));
    }
    void run(boost::asio::awaitable<void> work);
    // What the row of its kind does with the job.
    effects::JobResult perform(const Job& job);
    effects::Running running(const Job& job) { return {services, job, request()}; }

    void freeze();
    Request request();  // as it is in the ledger by now
    // The audit rows since begin(): action, actor and details, as in "request_denied U1 {"a":"b"}".
    std::vector<std::string> rows();
    std::vector<StoredJob> jobs();         // that were added since begin(), in their order
    StoredJob job(std::string_view kind);  // the newest of this kind
    // "kind lane +wait ms" of those that were added since begin(), as seen from now.
    std::vector<std::string> added();
    // What is sealed for the request, or empty.
    std::string sealed();
    void seal(const std::string& password);

    boost::asio::io_context context{1};
    ManualClock clock{noon};
    SeededRandom random{1};
    FileVault vault{Secret{"0123456789abcdef0123456789abcdef"}, random};
    test::InlineStore ledger{":memory:", noon};
    FragileStore store{ledger};
    FakeDirectory directory;
    FakeSlack slack;
    FakeAccounts accounts;
    Settings settings{{SlackTeamId{"T1"}}, ChannelId{"C0APPROVALS"}, ChannelId{"C0AUDIT"}};
    Services services{store, directory, slack, accounts, clock, random, vault, settings, clock};

private:
    RequestId id_{"none"};
    std::int64_t rows_before_ = 0;
    std::int64_t jobs_before_ = 0;
};

}  // namespace countersign::test
