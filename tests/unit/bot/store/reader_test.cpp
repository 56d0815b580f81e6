#include "bot/store/reader.hpp"

#include "bot/store/database.hpp"
#include "bot/store/writer.hpp"
#include "tests/support/ledger.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using store::Reader;
using store::Writer;

namespace {

using Times = std::vector<TimePoint>;

struct Ledger
{
    Writer engine{":memory:", noon};
    Reader reads{engine.connection()};

    void must(const Transaction& change) { REQUIRE(engine.apply({&change, 1}).front().has_value()); }
    void put(Request request) { must(inserting(std::move(request))); }
    Times times(RequestWindow::Of of, const std::string& key, TimePoint since, int limit = 10)
    {
        return reads.request_times({of, key, since}, limit);
    }
};

Request made(const std::string& id, State state, std::chrono::minutes after_noon)
{
    Request request = some_request(id, state);
    request.created_at = noon + after_noon;
    request.updated_at = request.created_at;
    return request;
}

Request of_person(Request request, const std::string& requester)
{
    request.requester = SlackUserId{requester};
    return request;
}

Request asked(Request request)
{
    request.asked = true;
    return request;
}

Request decided(Request request, const std::string& by, std::chrono::minutes after_noon)
{
    request.decision = Decision{SlackUserId{by}, noon + after_noon};
    return request;
}

std::string ids(const std::vector<Request>& requests)
{
    std::string text;
    for (const Request& request : requests) text += (text.empty() ? "" : " ") + request.id.str();
    return text;
}

}  // namespace

TEST_CASE("of an account the one open request is found that keeps others away", "[store]")
{
    Ledger ledger;
    ledger.put(asked(with_account(made("a", State::changed, 1min), "auth0|1")));
    ledger.put(asked(with_account(made("b", State::pending, 2min), "auth0|2")));
    CHECK_FALSE(ledger.reads.open_request("auth0|1"));
    for (const State state : {State::pending, State::approved, State::executing, State::checking})
    {
        Request open = asked(with_account(made("open", state, 3min), "auth0|1"));
        Ledger each;
        each.put(open);
        INFO(name_of(state));
        REQUIRE(each.reads.open_request("auth0|1"));
        CHECK(each.reads.open_request("auth0|1")->id == RequestId{"open"});
        CHECK_FALSE(each.reads.open_request("auth0|2"));
    }
}

TEST_CASE("a person's requests count from a time on, without that time, the newest first", "[store]")
{
    Ledger ledger;
    ledger.put(asked(made("a", State::failed, 1min)));
    ledger.put(made("b", State::looking_up, 3min));
    ledger.put(asked(made("c", State::denied, 2min)));
    ledger.put(of_person(asked(made("d", State::failed, 4min)), "U2"));
    // What was refused before anybody was asked, and what was cancelled, is a look-up and no more.
    ledger.put(made("e", State::refused, 5min));
    ledger.put(asked(made("f", State::cancelled, 6min)));
    const auto look_ups = RequestWindow::Of::look_ups;
    CHECK(ledger.times(look_ups, "U1", noon).size() == 5);
    CHECK(ledger.times(look_ups, "U1", noon + 3min) == Times{noon + 6min, noon + 5min});
    CHECK(ledger.times(look_ups, "U1", noon, 1) == Times{noon + 6min});
    CHECK(ledger.times(look_ups, "U2", noon) == Times{noon + 4min});
    const auto person = RequestWindow::Of::person;
    CHECK(ledger.times(person, "U1", noon) == Times{noon + 3min, noon + 2min, noon + 1min});
    CHECK(ledger.times(person, "U1", noon + 1min) == Times{noon + 3min, noon + 2min});
    CHECK(ledger.times(person, "U1", noon + 1min - Milliseconds{1}).size() == 3);
    CHECK(ledger.times(person, "U1", noon, 2) == Times{noon + 3min, noon + 2min});
    CHECK(ledger.times(person, "U2", noon) == Times{noon + 4min});
    CHECK(ledger.times(person, "U3", noon).empty());
}

TEST_CASE("of an account those requests count that an approver was asked for", "[store]")
{
    Ledger ledger;
    ledger.put(asked(with_account(made("a", State::changed, 1min), "auth0|1")));
    ledger.put(with_account(made("b", State::refused, 2min), "auth0|1"));
    ledger.put(of_person(asked(with_account(made("c", State::denied, 3min), "auth0|1")), "U2"));
    ledger.put(asked(with_account(made("d", State::changed, 4min), "auth0|2")));
    const auto account = RequestWindow::Of::account;
    CHECK(ledger.times(account, "auth0|1", noon) == Times{noon + 3min, noon + 1min});
    CHECK(ledger.times(account, "auth0|1", noon + 1min) == Times{noon + 3min});
    CHECK(ledger.times(account, "auth0|1", noon, 1) == Times{noon + 3min});
    CHECK(ledger.times(account, "auth0|3", noon).empty());
}

TEST_CASE("an account that is to be created counts by its address, once an approver was asked", "[store]")
{
    Ledger ledger;
    Request request = made("a", State::pending, 1min);
    request.purpose = Purpose::first_password;
    const std::string key = new_account_key(request.email);
    ledger.put(request);
    CHECK(ledger.times(RequestWindow::Of::account, key, noon).empty());
    request.asked = true;
    ledger.must(updating(request));
    CHECK(ledger.times(RequestWindow::Of::account, key, noon) == Times{noon + 1min});

    // Two people do not make the same account at once. A reset of nobody's is no account.
    Request second = request;
    second.id = RequestId{"b"};
    const Transaction again = inserting(second);
    CHECK(ledger.engine.apply({&again, 1}).front().error() == Errc::duplicate);
    second.purpose = Purpose::reset;
    ledger.put(second);
}

TEST_CASE("of everybody those requests count that reached an approver, or still may", "[store]")
{
    Ledger ledger;
    ledger.put(made("a", State::looking_up, 1min));
    ledger.put(of_person(asked(with_account(made("b", State::changed, 3min), "auth0|1")), "U2"));
    ledger.put(made("c", State::choosing, 2min));
    ledger.put(made("d", State::refused, 4min));
    ledger.put(asked(made("e", State::cancelled, 5min)));
    const auto everybody = RequestWindow::Of::everybody;
    CHECK(ledger.times(everybody, "", noon) == Times{noon + 3min, noon + 2min, noon + 1min});
    CHECK(ledger.times(everybody, "", noon + 1min) == Times{noon + 3min, noon + 2min});
    CHECK(ledger.times(everybody, "", noon, 1) == Times{noon + 3min});
}

TEST_CASE(
    "who approved or denied a person's requests is told, the newest decision first; a cancellation is none", "[store]")
{
    Ledger ledger;
    ledger.put(decided(made("a", State::changed, 0min), "U7", 10min));
    ledger.put(decided(made("b", State::denied, 0min), "U8", 30min));
    ledger.put(decided(made("c", State::cancelled, 0min), "U1", 40min));
    ledger.put(decided(of_person(made("d", State::denied, 0min), "U2"), "U9", 50min));
    ledger.put(made("e", State::expired, 0min));
    Request later = made("f", State::looking_up, 0min);
    ledger.put(later);
    later.state = State::approved;
    ledger.must(updating(decided(later, "U6", 20min)));
    const auto told = [&ledger](TimePoint since, int limit) {
        std::string text;
        for (const Decision& each : ledger.reads.deciders_of(SlackUserId{"U1"}, since, limit))
            text += each.by.str() + '@' + std::to_string((each.at - noon) / 1min) + ' ';
        return text;
    };
    CHECK(told(noon, 10) == "U8@30 U6@20 U7@10 ");
    CHECK(told(noon + 10min, 10) == "U8@30 U6@20 ");
    CHECK(told(noon, 1) == "U8@30 ");
    CHECK(told(noon + 30min, 10).empty());
}

TEST_CASE(
    "the last change of an account is the one that was decided last, or made last where nobody decided", "[store]")
{
    Ledger ledger;
    CHECK_FALSE(ledger.reads.last_change_of(Auth0UserId{"auth0|1"}));
    ledger.put(with_account(decided(made("a", State::changed, 1min), "U7", 50min), "auth0|1"));
    ledger.put(with_account(decided(made("b", State::changed, 2min), "U7", 40min), "auth0|1"));
    ledger.put(with_account(decided(made("c", State::failed, 3min), "U7", 60min), "auth0|1"));
    ledger.put(with_account(decided(made("d", State::changed, 4min), "U7", 70min), "auth0|2"));
    const auto last = [&ledger] { return ledger.reads.last_change_of(Auth0UserId{"auth0|1"})->id.str(); };
    CHECK(last() == "a");
    ledger.put(with_account(made("e", State::changed, 55min), "auth0|1"));
    CHECK(last() == "e");
    CHECK(ledger.reads.last_change_of(Auth0UserId{"auth0|1"})->state == State::changed);
}

TEST_CASE("of a person's requests the open ones come first, then the newest, page by page", "[store]")
{
    Ledger ledger;
    ledger.put(made("a", State::looking_up, 1min));
    ledger.put(made("b", State::denied, 5min));
    ledger.put(made("c", State::checking, 3min));
    ledger.put(made("d", State::changed, 4min));
    ledger.put(of_person(made("e", State::pending, 9min), "U2"));
    const SlackUserId ann{"U1"};
    CHECK(ids(ledger.reads.requests_of(ann, 10, 0)) == "c a b d");
    CHECK(ids(ledger.reads.requests_of(ann, 2, 0)) == "c a");
    CHECK(ids(ledger.reads.requests_of(ann, 2, 1)) == "a b");
    CHECK(ids(ledger.reads.requests_of(ann, 2, 4)).empty());
    // What ends moves behind what is open.
    Request over = made("c", State::failed, 3min);
    ledger.must(updating(over));
    const auto found = ledger.reads.requests_of(ann, 10, 0);
    REQUIRE(ids(found) == "a b d c");
    CHECK(found[3].version == 1);
    CHECK(found[3].state == State::failed);
}

TEST_CASE("what waits for a decision is listed, the oldest first, page by page", "[store]")
{
    Ledger ledger;
    ledger.put(made("a", State::pending, 3min));
    ledger.put(made("b", State::pending, 1min));
    ledger.put(of_person(made("c", State::pending, 2min), "U2"));
    for (const State state : {State::looking_up, State::choosing, State::approved, State::executing, State::denied})
        ledger.put(made("no-" + std::string{name_of(state)}, state, 0min));
    CHECK(ids(ledger.reads.pending_requests(10, 0)) == "b c a");
    CHECK(ids(ledger.reads.pending_requests(2, 0)) == "b c");
    CHECK(ids(ledger.reads.pending_requests(2, 1)) == "c a");
    ledger.must(updating(made("b", State::approved, 1min)));
    CHECK(ids(ledger.reads.pending_requests(10, 0)) == "c a");
}

TEST_CASE("a freeze holds what waits for a decision and what is approved and not begun, and nothing else", "[store]")
{
    Ledger ledger;
    ledger.put(made("a", State::approved, 2min));
    ledger.put(made("b", State::pending, 1min));
    for (const State state :
         {State::looking_up, State::choosing, State::executing, State::checking, State::changed, State::denied})
        ledger.put(made("no-" + std::string{name_of(state)}, state, 0min));
    CHECK(ids(ledger.reads.held_requests(10)) == "b a");
    CHECK(ids(ledger.reads.held_requests(1)) == "b");
}

TEST_CASE("what ended with an approver having been asked is listed, the newest end first, page by page", "[store]")
{
    Ledger ledger;
    const auto ended = [](const std::string& id, State state, std::chrono::minutes at) {
        Request request = asked(made(id, state, 0min));
        request.updated_at = noon + at;
        return request;
    };
    ledger.put(ended("a", State::changed, 1min));
    ledger.put(ended("b", State::denied, 3min));
    ledger.put(ended("c", State::expired, 2min));
    ledger.put(ended("open", State::pending, 4min));
    Request unasked = ended("unasked", State::refused, 5min);
    unasked.asked = false;
    ledger.put(unasked);
    CHECK(ids(ledger.reads.ended_requests(noon, 10, 0)) == "b c a");
    CHECK(ids(ledger.reads.ended_requests(noon + 1min, 10, 0)) == "b c");
    CHECK(ids(ledger.reads.ended_requests(noon, 1, 0)) == "b");
    CHECK(ids(ledger.reads.ended_requests(noon, 2, 1)) == "c a");
    // The time of the last update counts, also of one that came after the end.
    ledger.must(updating(ended("a", State::changed, 9min)));
    CHECK(ids(ledger.reads.ended_requests(noon, 10, 0)) == "a b c");
}

TEST_CASE("those who opened their Home last are listed first, as they were kept", "[store]")
{
    Ledger ledger;
    const auto opened = [&ledger](const std::string& user, std::chrono::minutes at, std::int64_t page) {
        Transaction change{noon};
        change.viewer.emplace(HomeViewer{SlackUserId{user}, noon + at, page, "digest of " + user});
        ledger.must(change);
    };
    CHECK_FALSE(ledger.reads.viewer(SlackUserId{"U1"}));
    opened("U1", 1min, 4);
    opened("U2", 3min, 0);
    opened("U3", 2min, 0);
    const auto all = ledger.reads.viewers(10);
    REQUIRE(all.size() == 3);
    CHECK(all[0].user == SlackUserId{"U2"});
    CHECK(all[1].user == SlackUserId{"U3"});
    CHECK(all[2].user == SlackUserId{"U1"});
    CHECK(all[2].opened_at == noon + 1min);
    CHECK(all[2].page == 4);
    CHECK(all[2].digest == "digest of U1");
    const auto first = ledger.reads.viewers(1);
    REQUIRE(first.size() == 1);
    CHECK(first[0].user == SlackUserId{"U2"});
}

TEST_CASE("a freeze is read as it was set, and only by whoever read the last one", "[store]")
{
    Ledger ledger;
    CHECK(ledger.reads.freeze().version == 0);
    CHECK_FALSE(ledger.reads.freeze().freeze);
    Transaction freezing{noon};
    freezing.freeze.emplace();
    freezing.freeze->freeze = Freeze{SlackUserId{"U1"}, noon, "incident", {}};
    ledger.must(freezing);
    const FreezeSwitch found = ledger.reads.freeze();
    CHECK(found.version == 1);
    REQUIRE(found.freeze);
    CHECK(found.freeze->by == SlackUserId{"U1"});
    CHECK(found.freeze->since == noon);
    CHECK(found.freeze->reason == "incident");

    // Again with the version from before: somebody else was faster.
    freezing.freeze->freeze->reason = "another";
    freezing.audit.emplace_back("freeze_begun", "U2");
    CHECK(ledger.engine.apply({&freezing, 1}).front().error() == Errc::conflict);
    CHECK(ledger.reads.freeze().freeze->reason == "incident");
    CHECK(ledger.reads.audit_after(0, 10).empty());
}

TEST_CASE(
    "without the row of the freeze nothing that leads to a password is committed, and nobody reads it as free",
    "[store]")
{
    Ledger ledger;
    ledger.engine.connection().script("DELETE FROM freeze");
    Transaction guarded = inserting(some_request("a"));
    guarded.unless_frozen = true;
    CHECK(ledger.engine.apply({&guarded, 1}).front().error() == Errc::conflict);
    CHECK_THROWS_AS(ledger.reads.freeze(), boost::system::system_error);
    ledger.engine.connection().script("INSERT INTO freeze VALUES (1, 0, '{}')");
    CHECK(ledger.engine.apply({&guarded, 1}).front().error() == Errc::conflict);
    CHECK_THROWS_AS(ledger.reads.freeze(), boost::system::system_error);
}

TEST_CASE("a list with a request that is not one of ours is corrupt", "[store]")
{
    Ledger ledger;
    ledger.put(made("a", State::pending, 0min));
    ledger.put(made("b", State::pending, 1min));
    const auto text = GENERATE(
        "UPDATE request SET document = '{' WHERE id = 'b'", "UPDATE request SET state = 'lost' WHERE id = 'b'");
    ledger.engine.connection().script(text);
    try
    {
        ledger.reads.requests_of(SlackUserId{"U1"}, 10, 0);
        FAIL("a corrupt request was read");
    }
    catch (const boost::system::system_error& error)
    {
        CHECK(error.code() == Errc::corrupt);
    }
    CHECK(ledger.reads.request(RequestId{"a"}));
}

TEST_CASE("a credential that is not in hexadecimal is not taken for one", "[store]")
{
    Ledger ledger;
    ledger.put(made("a", State::pending, 0min));
    ledger.engine.connection().script("INSERT INTO credential VALUES ('a', 'xyz')");
    CHECK_THROWS_AS(ledger.reads.credential(RequestId{"a"}), boost::system::system_error);
}
