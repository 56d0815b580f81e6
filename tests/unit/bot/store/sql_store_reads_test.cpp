#include "bot/store/sql_store.hpp"
#include "tests/support/inline_store.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/temp_dir.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <memory>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace asio = boost::asio;

namespace {

// Either kind of ledger, with three requests in it: one that waits, one that was changed, one of somebody else.
struct Ledger
{
    explicit Ledger(bool has_threads)
    {
        if (has_threads)
            store = std::make_unique<store::SqlStore>(context.get_executor(), dir.file("db"), noon);
        else
            store = std::make_unique<test::InlineStore>(dir.file("db"), noon);
        Request waiting = with_account(some_request("waiting", State::pending), "auth0|1");
        waiting.asked = true;
        waiting.created_at = noon + 1min;
        Transaction first = inserting(waiting);
        first.post.emplace(RequestId{"waiting"}, PostKind::thread, "uuid");
        first.credential_step = CredentialStep::seal;
        first.credential = Sealed{"sealed"};
        first.audit.emplace_back("request_received", "U1", RequestId{"waiting"});
        first.jobs.emplace_back("a", "lane", noon + 7min);
        must(first);
        Request changed = with_account(some_request("changed", State::changed), "auth0|2");
        changed.asked = true;
        changed.decision = Decision{SlackUserId{"U9"}, noon + 2min};
        must(inserting(changed));
        Request other = some_request("other", State::refused);
        other.requester = SlackUserId{"U2"};
        other.created_at = noon + 3min;
        must(inserting(other));
        Transaction opened{noon};
        opened.viewer.emplace(HomeViewer{SlackUserId{"U1"}, noon, 3, "digest"});
        must(opened);
        opened.viewer.emplace(HomeViewer{SlackUserId{"U2"}, noon + 1min, 0, {}});
        must(opened);
        Transaction freezing{noon};
        freezing.freeze.emplace();
        freezing.freeze->freeze = Freeze{SlackUserId{"U5"}, noon, "incident", {}};
        must(freezing);
    }

    template <class T>
    T get(asio::awaitable<T> call)
    {
        return run(context, std::move(call));
    }
    void must(const Transaction& change) { REQUIRE(get(store->commit(change)).has_value()); }
    std::string ids(asio::awaitable<std::vector<Request>> call)
    {
        std::string text;
        for (const Request& request : get(std::move(call))) text += request.id.str() + ' ';
        return text;
    }
    std::vector<TimePoint> times(RequestWindow::Of of, const std::string& key, int limit = 10)
    {
        return get(store->request_times({of, key, noon - 1min}, limit));
    }

    const TempDir dir;
    asio::io_context context{1};
    std::unique_ptr<Store> store;
};

}  // namespace

TEST_CASE("each question about one thing is answered with that thing", "[store]")
{
    Ledger ledger{GENERATE(false, true)};
    Store& store = *ledger.store;
    const RequestId id{"waiting"};
    const auto request = ledger.get(store.find_request(id));
    REQUIRE(request);
    CHECK(request->id == id);
    CHECK(request->state == State::pending);
    const auto post = ledger.get(store.find_post(id, PostKind::thread));
    REQUIRE(post);
    CHECK(post->uuid == "uuid");
    CHECK_FALSE(ledger.get(store.find_post(id, PostKind::card)));
    const auto sealed = ledger.get(store.find_credential(id));
    REQUIRE(sealed);
    CHECK(sealed->bytes == "sealed");
    CHECK(ledger.get(store.find_freeze()).version == 1);
    CHECK(ledger.get(store.find_freeze()).freeze->by == SlackUserId{"U5"});
    const auto change = ledger.get(store.last_change_of(Auth0UserId{"auth0|2"}));
    REQUIRE(change);
    CHECK(change->id == RequestId{"changed"});
    CHECK_FALSE(ledger.get(store.last_change_of(Auth0UserId{"auth0|1"})));
    const auto viewer = ledger.get(store.find_viewer(SlackUserId{"U1"}));
    REQUIRE(viewer);
    CHECK(viewer->page == 3);
    CHECK(viewer->digest == "digest");
    const auto mark = ledger.get(store.last_audit_of(id));
    REQUIRE(mark);
    CHECK(mark->sequence == 1);
}

TEST_CASE("each question about many is answered with those, and no more than asked for", "[store]")
{
    Ledger ledger{GENERATE(false, true)};
    Store& store = *ledger.store;
    const SlackUserId ann{"U1"};
    CHECK(ledger.ids(store.requests_of(ann, 10, 0)) == "waiting changed ");
    CHECK(ledger.ids(store.requests_of(ann, 1, 0)) == "waiting ");
    CHECK(ledger.ids(store.requests_of(ann, 10, 1)) == "changed ");
    CHECK(ledger.ids(store.pending_requests(10, 0)) == "waiting ");
    CHECK(ledger.ids(store.pending_requests(0, 0)).empty());
    CHECK(ledger.ids(store.pending_requests(10, 1)).empty());
    CHECK(ledger.ids(store.held_requests(10)) == "waiting ");
    CHECK(ledger.ids(store.held_requests(0)).empty());
    CHECK(ledger.ids(store.ended_requests(noon - 1min, 10, 0)) == "changed ");
    CHECK(ledger.ids(store.ended_requests(noon, 10, 0)).empty());
    CHECK(ledger.ids(store.ended_requests(noon - 1min, 0, 0)).empty());
    CHECK(ledger.ids(store.ended_requests(noon - 1min, 10, 1)).empty());

    const auto deciders = ledger.get(store.deciders_of(ann, noon, 10));
    REQUIRE(deciders.size() == 1);
    CHECK(deciders.front().by == SlackUserId{"U9"});
    CHECK(deciders.front().at == noon + 2min);
    CHECK(ledger.get(store.deciders_of(ann, noon + 2min, 10)).empty());
    CHECK(ledger.get(store.deciders_of(ann, noon, 0)).empty());
    const auto viewers = ledger.get(store.viewers(10));
    REQUIRE(viewers.size() == 2);
    CHECK(viewers.front().user == SlackUserId{"U2"});
    CHECK(ledger.get(store.viewers(1)).size() == 1);

    // What never reached an approver was a look-up, and no more.
    CHECK(ledger.times(RequestWindow::Of::look_ups, "U2").size() == 1);
    CHECK(ledger.times(RequestWindow::Of::person, "U2").empty());
    CHECK(ledger.times(RequestWindow::Of::account, "auth0|1").size() == 1);
    CHECK(ledger.times(RequestWindow::Of::everybody, "").size() == 2);
    CHECK(ledger.times(RequestWindow::Of::everybody, "", 1).size() == 1);
}

TEST_CASE("jobs are claimed when they are due, as many as asked for, until the time given", "[store]")
{
    Ledger ledger{GENERATE(false, true)};
    Store& store = *ledger.store;
    ledger.must(adding(NewJob{"b", "other", noon}));
    CHECK(ledger.get(store.claim_jobs(noon - 1min, noon + 9min, 10, {})).empty());
    const auto first = ledger.get(store.claim_jobs(noon + 7min, noon + 9min, 1, {}));
    REQUIRE(first.size() == 1);
    CHECK(first.front().kind == "a");
    const auto second = ledger.get(store.claim_jobs(noon + 7min, noon + 9min, 10, {}));
    REQUIRE(second.size() == 1);
    CHECK(second.front().kind == "b");
}
