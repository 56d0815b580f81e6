#include "bot/audit/chain.hpp"
#include "bot/store/reader.hpp"
#include "bot/store/transaction_writer.hpp"
#include "bot/store/writer.hpp"
#include "tests/support/ledger.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace countersign;
using namespace countersign::test;
using store::Reader;
using store::Writer;

namespace {

struct Ledger
{
    Writer engine{":memory:", noon};
    Reader reads{engine.connection()};

    Result<Receipt> apply(const Transaction& change) { return engine.apply({&change, 1}).front(); }
    void must(const Transaction& change) { REQUIRE(apply(change).has_value()); }
    std::vector<Job> claim(TimePoint now = noon) { return engine.claim(now, now + std::chrono::seconds{30}, 10); }
    std::vector<AuditRow> audit() { return reads.audit_after(0, 1000); }
};

// Touches every table, so that what is left of it after a refusal is seen.
Transaction touching_everything(Transaction change, const std::string& id)
{
    change.replay = ReplayMark{"digest of " + id, noon + std::chrono::minutes{5}};
    change.post.emplace(RequestId{id}, PostKind::card, "uuid");
    change.credential_step = CredentialStep::seal;
    change.credential = Sealed{"sealed"};
    change.audit.emplace_back("request_touched", "U1", RequestId{id});
    change.jobs.emplace_back("look_up", id, noon, RequestId{id});
    return change;
}

}  // namespace

TEST_CASE("a request is found as it was inserted, with version and state", "[store]")
{
    Ledger ledger;
    CHECK_FALSE(ledger.reads.request(RequestId{"rq-1"}));
    Request request = with_account(some_request("rq-1", State::pending), "auth0|1");
    ledger.must(inserting(request));
    const auto found = ledger.reads.request(RequestId{"rq-1"});
    REQUIRE(found);
    CHECK(found->version == 0);
    CHECK(found->state == State::pending);
    CHECK(to_document(*found) == to_document(request));
}

TEST_CASE("an update raises the version by one", "[store]")
{
    Ledger ledger;
    Request request = some_request("rq-1");
    ledger.must(inserting(request));
    request.state = State::refused;
    ledger.must(updating(request));
    const auto found = ledger.reads.request(RequestId{"rq-1"});
    REQUIRE(found);
    CHECK(found->version == 1);
    CHECK(found->state == State::refused);
}

TEST_CASE("an update of a version that was not read, or of no request, changes nothing at all", "[store]")
{
    Ledger ledger;
    Request request = some_request("rq-1");
    ledger.must(inserting(request));
    request.version = GENERATE(-1, 1, 2);
    request.reason = "changed";
    const auto refused = ledger.apply(touching_everything(updating(request), "rq-1"));
    CHECK(refused.error() == Errc::conflict);
    CHECK(ledger.reads.request(RequestId{"rq-1"})->reason.empty());
    CHECK_FALSE(ledger.reads.post(RequestId{"rq-1"}, PostKind::card));
    CHECK_FALSE(ledger.reads.credential(RequestId{"rq-1"}));
    CHECK(ledger.audit().empty());
    CHECK(ledger.claim().empty());

    request.version = 0;
    const auto absent = ledger.apply(touching_everything(updating(some_request("rq-2")), "rq-2"));
    CHECK(absent.error() == Errc::conflict);
    // The replay mark of the refused change is gone too.
    CHECK(ledger.apply(touching_everything(updating(request), "rq-1")).has_value());
}

TEST_CASE("of several changes in one commit only the refused one leaves no trace", "[store]")
{
    Ledger ledger;
    ledger.must(inserting(some_request("rq-0")));
    Request stale = some_request("rq-0");
    stale.version = 5;
    std::vector<Transaction> changes;
    changes.push_back(touching_everything(inserting(some_request("rq-1")), "rq-1"));
    changes.push_back(touching_everything(updating(stale), "rq-0"));
    changes.push_back(touching_everything(inserting(some_request("rq-2")), "rq-2"));
    const auto receipts = ledger.engine.apply(changes);
    REQUIRE(receipts.size() == 3);
    REQUIRE(receipts[0].has_value());
    CHECK(receipts[1].error() == Errc::conflict);
    REQUIRE(receipts[2].has_value());
    CHECK(receipts[0]->audit->sequence == 1);
    CHECK(receipts[2]->audit->sequence == 2);
    CHECK(ledger.reads.request(RequestId{"rq-1"}));
    CHECK(ledger.reads.request(RequestId{"rq-2"}));
    CHECK(ledger.claim().size() == 2);
    CHECK_FALSE(ledger.reads.credential(RequestId{"rq-0"}));
}

TEST_CASE("what leads to a password is not committed while anything is frozen, and all else is", "[store]")
{
    Ledger ledger;
    ledger.must(inserting(some_request("rq-1")));
    Transaction freezing{noon};
    freezing.freeze.emplace();
    freezing.freeze->freeze = Freeze{SlackUserId{"U1"}, noon, "incident", {}};
    Transaction guarded = touching_everything(updating(some_request("rq-1", State::approved)), "rq-1");
    guarded.unless_frozen = true;

    // Frozen and clicked in one and the same commit: the freeze was first.
    const std::vector<Transaction> together = {freezing, guarded};
    const auto receipts = ledger.engine.apply(together);
    REQUIRE(receipts[0].has_value());
    CHECK(receipts[1].error() == Errc::conflict);
    CHECK(ledger.reads.request(RequestId{"rq-1"})->version == 0);
    CHECK_FALSE(ledger.reads.credential(RequestId{"rq-1"}));
    CHECK(ledger.claim().empty());
    ledger.must(updating(some_request("rq-1", State::pending)));

    Transaction releasing{noon};
    releasing.freeze.emplace();
    releasing.freeze->version = 1;
    ledger.must(releasing);
    guarded.update->version = 1;
    ledger.must(guarded);
    CHECK(ledger.reads.request(RequestId{"rq-1"})->state == State::approved);
}

TEST_CASE("of two updates of one version in one commit the first wins", "[store]")
{
    Ledger ledger;
    ledger.must(inserting(some_request("rq-1", State::pending)));
    const std::vector<Transaction> clicks = {
        updating(some_request("rq-1", State::approved)), updating(some_request("rq-1", State::denied))};
    const auto receipts = ledger.engine.apply(clicks);
    CHECK(receipts[0].has_value());
    CHECK(receipts[1].error() == Errc::conflict);
    CHECK(ledger.reads.request(RequestId{"rq-1"})->state == State::approved);
}

TEST_CASE("a signed request is accepted once, and writes nothing the second time", "[store]")
{
    Ledger ledger;
    Transaction first = inserting(some_request("rq-1"));
    first.replay = ReplayMark{"digest", noon + std::chrono::minutes{5}};
    Transaction second = inserting(some_request("rq-2"));
    second.replay = first.replay;
    ledger.must(first);
    CHECK(ledger.apply(second).error() == Errc::replayed);
    CHECK_FALSE(ledger.reads.request(RequestId{"rq-2"}));
}

TEST_CASE("a row that is written once is not written again while it is remembered, and all else is", "[store]")
{
    Ledger ledger;
    const auto refusal = [](const char* mark) {
        Transaction change{noon};
        change.audit.emplace_back("request_not_allowed", "U1");
        change.audit_once = ReplayMark{mark, noon + std::chrono::hours{1}};
        change.jobs.emplace_back("note", "note/U1", noon);
        return change;
    };
    const auto rows = [&ledger] { return ledger.audit().size(); };
    const auto before = rows();
    REQUIRE(ledger.apply(refusal("look_ups/U1/12")).has_value());
    CHECK(rows() == before + 1);
    const auto again = ledger.apply(refusal("look_ups/U1/12"));
    REQUIRE(again.has_value());
    CHECK_FALSE(again->audit);
    CHECK(rows() == before + 1);
    CHECK(ledger.claim().size() == 1);  // of the two in one lane
    REQUIRE(ledger.apply(refusal("look_ups/U1/13")).has_value());
    CHECK(rows() == before + 2);
}

TEST_CASE("a replay mark is kept whatever date later changes have, until it is pruned as expired", "[store]")
{
    Ledger ledger;
    const auto marked = [](const std::string& digest, TimePoint at) {
        Transaction change{at};
        change.replay = ReplayMark{digest, at + std::chrono::minutes{10}};
        return change;
    };
    const TimePoint later = noon + std::chrono::minutes{10};
    ledger.must(marked("old", noon));
    ledger.must(marked("young", noon + std::chrono::minutes{5}));
    ledger.must(marked("by a clock that is a year ahead", noon + std::chrono::days{365}));
    CHECK(ledger.apply(marked("old", later)).error() == Errc::replayed);
    CHECK(ledger.engine.prune(later - Milliseconds{1}, 10) == 0);
    CHECK(ledger.engine.prune(later, 10) == 1);
    CHECK(ledger.apply(marked("young", later)).error() == Errc::replayed);
    CHECK(ledger.apply(marked("old", later)).has_value());
}

TEST_CASE("an id is taken once", "[store]")
{
    Ledger ledger;
    ledger.must(inserting(some_request("rq-1")));
    CHECK(
        ledger.apply(touching_everything(inserting(some_request("rq-1")), "rq-1")).error() ==
        make_error_code(Errc::duplicate));
    CHECK(ledger.audit().empty());
}

TEST_CASE("an account has one open request", "[store]")
{
    Ledger ledger;
    const auto state = GENERATE(State::pending, State::approved, State::executing, State::checking);
    ledger.must(inserting(with_account(some_request("rq-1", state), "auth0|1")));
    ledger.must(inserting(some_request("rq-2")));
    Request second = with_account(some_request("rq-2", State::pending), "auth0|1");
    CHECK(ledger.apply(touching_everything(updating(second), "rq-2")).error() == Errc::duplicate);
    CHECK(ledger.reads.request(RequestId{"rq-2"})->state == State::looking_up);
    CHECK(ledger.audit().empty());

    // Another account is free; and so is this one once the first request has ended.
    ledger.must(inserting(with_account(some_request("rq-3", State::pending), "auth0|2")));
    ledger.must(updating(with_account(some_request("rq-1", State::failed), "auth0|1")));
    ledger.must(updating(second));
}

TEST_CASE("a post is written over the one of the same request and kind", "[store]")
{
    Ledger ledger;
    ledger.must(inserting(some_request("rq-1")));
    Post post{RequestId{"rq-1"}, PostKind::audit, "uuid-1"};
    Transaction change{noon};
    change.post = post;
    ledger.must(change);
    auto found = ledger.reads.post(RequestId{"rq-1"}, PostKind::audit);
    REQUIRE(found);
    CHECK(found->uuid == "uuid-1");
    CHECK_FALSE(found->channel);
    CHECK_FALSE(found->ts);
    CHECK_FALSE(found->sending_since);
    CHECK(found->drawn_version == -1);

    post.channel = ChannelId{"C9"};
    post.ts = MessageTs{"1763800000.000100"};
    post.sending_since = noon;
    post.drawn_version = 4;
    change.post = post;
    ledger.must(change);
    found = ledger.reads.post(RequestId{"rq-1"}, PostKind::audit);
    REQUIRE(found);
    CHECK(found->channel == post.channel);
    CHECK(found->ts == post.ts);
    CHECK(found->sending_since == post.sending_since);
    CHECK(found->drawn_version == 4);
    CHECK_FALSE(ledger.reads.post(RequestId{"rq-1"}, PostKind::card));
}

TEST_CASE("a row that refers to no request is refused", "[store]")
{
    Ledger ledger;
    Transaction posting{noon};
    posting.post.emplace(RequestId{"rq-1"}, PostKind::card, "uuid");
    CHECK(ledger.apply(posting).error() == Errc::not_found);
    const Transaction working = adding(NewJob{"look_up", "lane", noon, RequestId{"rq-1"}});
    CHECK(ledger.apply(working).error() == Errc::not_found);
}

TEST_CASE("a credential is kept as sealed, is never replaced, and goes when destroyed", "[store]")
{
    Ledger ledger;
    ledger.must(inserting(some_request("rq-1")));
    Request request = some_request("rq-1");
    const std::string bytes{"\x00\xff\x10 sealed", 10};
    Transaction seal = updating(request);
    seal.credential_step = CredentialStep::seal;
    seal.credential = Sealed{bytes};
    ledger.must(seal);
    REQUIRE(ledger.reads.credential(RequestId{"rq-1"}));
    CHECK(ledger.reads.credential(RequestId{"rq-1"})->bytes == bytes);

    seal.update->version = 1;
    seal.credential = Sealed{"another"};
    CHECK(ledger.apply(seal).error() == Errc::duplicate);
    CHECK(ledger.reads.credential(RequestId{"rq-1"})->bytes == bytes);

    Transaction destroy = updating(request);
    destroy.update->version = 1;
    destroy.credential_step = CredentialStep::destroy;
    ledger.must(destroy);
    CHECK_FALSE(ledger.reads.credential(RequestId{"rq-1"}));
}

TEST_CASE("destroying one credential leaves the others", "[store]")
{
    Ledger ledger;
    for (const char* id : {"rq-1", "rq-2", "rq-3"})
    {
        Transaction seal = inserting(some_request(id));
        seal.credential_step = CredentialStep::seal;
        seal.credential = Sealed{std::string{"sealed for "} + id};
        ledger.must(seal);
    }
    Transaction destroy = updating(some_request("rq-2"));
    destroy.credential_step = CredentialStep::destroy;
    ledger.must(destroy);
    REQUIRE(ledger.reads.credential(RequestId{"rq-1"}));
    CHECK(ledger.reads.credential(RequestId{"rq-1"})->bytes == "sealed for rq-1");
    CHECK_FALSE(ledger.reads.credential(RequestId{"rq-2"}));
    REQUIRE(ledger.reads.credential(RequestId{"rq-3"}));
    CHECK(ledger.reads.credential(RequestId{"rq-3"})->bytes == "sealed for rq-3");
}

TEST_CASE("audit rows of all changes form one chain, and a receipt names the last of its own", "[store]")
{
    Ledger ledger;
    Transaction change{noon};
    CHECK_FALSE(ledger.apply(change)->audit);
    change.audit.emplace_back("a_thing", "U1", RequestId{"rq-1"});
    change.audit.emplace_back("another_thing", "countersign");
    ledger.must(change);
    const auto receipt = ledger.apply(change);
    REQUIRE(receipt.has_value());
    CHECK(receipt->audit->sequence == 4);
    const auto rows = ledger.audit();
    REQUIRE(rows.size() == 4);
    CHECK_FALSE(audit::verify(rows));
    CHECK(rows.back().mark.hash == receipt->audit->hash);
    const auto last = ledger.reads.last_audit_of(RequestId{"rq-1"});
    REQUIRE(last);
    CHECK(last->sequence == 3);
    CHECK(last->hash == rows[2].mark.hash);
    CHECK_FALSE(ledger.reads.last_audit_of(RequestId{"rq-9"}));
    CHECK(ledger.reads.audit_after(1, 2).front().mark.sequence == 2);
    CHECK(ledger.reads.audit_after(1, 2).size() == 2);
}

TEST_CASE("a change that is refused after its audit row was written leaves no gap in the chain", "[store]")
{
    Ledger ledger;
    Transaction refused = adding(NewJob{"look_up", "lane", noon, RequestId{"rq-none"}});
    refused.audit.emplace_back("request_touched", "U1", std::nullopt);
    Transaction taken{noon};
    taken.audit.emplace_back("request_asked", "U1", std::nullopt);
    const std::array changes = {refused, taken};
    const auto receipts = ledger.engine.apply(changes);
    CHECK(receipts.front().error() == Errc::not_found);
    REQUIRE(receipts.back().has_value());
    const auto rows = ledger.audit();
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().mark.sequence == 1);
    CHECK_FALSE(audit::verify(rows));
}

TEST_CASE("a change that nobody may make is not applied", "[store]")
{
    Transaction orphan{noon};
    orphan.credential_step = CredentialStep::destroy;
    CHECK_THROWS_AS(store::check(orphan), std::invalid_argument);

    Transaction empty = updating(some_request("rq-1"));
    empty.credential_step = CredentialStep::seal;
    CHECK_THROWS_AS(store::check(empty), std::invalid_argument);

    Transaction idle = updating(some_request("rq-1"));
    idle.credential = Sealed{"sealed"};
    CHECK_THROWS_AS(store::check(idle), std::invalid_argument);

    for (const bool is_update : {false, true})
    {
        Transaction sealing = is_update ? updating(some_request("rq-1")) : inserting(some_request("rq-1"));
        CHECK_NOTHROW(store::check(sealing));
        sealing.credential_step = CredentialStep::seal;
        sealing.credential = Sealed{"sealed"};
        CHECK_NOTHROW(store::check(sealing));
        sealing.credential_step = CredentialStep::destroy;
        CHECK_THROWS_AS(store::check(sealing), std::invalid_argument);
        sealing.credential.reset();
        CHECK_NOTHROW(store::check(sealing));
    }

    NewJob job{"look_up", "lane", noon};
    job.payload = std::string(store::payload_bytes_max, 'x');
    CHECK_NOTHROW(store::check(adding(job)));
    job.payload += 'x';
    CHECK_THROWS_AS(store::check(adding(job)), std::invalid_argument);
}
