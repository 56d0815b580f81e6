#include "handlers/model/freeze_document.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/state.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/scenario/intake_steps.hpp"
#include "tests/scenario/old_ledger.hpp"
#include "tests/scenario/old_ledger_states.hpp"
#include "tests/scenario/truth.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

// The versions whose ledgers are kept. What is stored is read for ever: none is taken off.
const std::vector<std::string> versions = {"ef678c0"};

// What becomes of a ledger with today's code, when people go on as they would.
struct Inheritance
{
    std::string moment;
    State end;
    std::optional<HandoverState> handover;
    int changes = 0;  // that reach the tenant from now on
};

const std::vector<Inheritance> inheritances = {
    {"looking_up", State::changed, HandoverState::shown, 1},
    {"looking_up_in_form", State::changed, HandoverState::shown, 1},
    {"choosing", State::changed, HandoverState::shown, 1},
    {"pending", State::changed, HandoverState::shown, 1},
    {"pending_reminded", State::changed, HandoverState::shown, 1},
    {"pending_asked_to_remind", State::changed, HandoverState::shown, 1},
    {"pending_home_opened", State::changed, HandoverState::shown, 1},
    {"pending_pressed_by_nobody", State::changed, HandoverState::shown, 1},
    {"pending_endorsed", State::changed, HandoverState::shown, 1},
    {"approved", State::changed, HandoverState::shown, 1},
    {"approved_cooling", State::changed, HandoverState::shown, 1},
    {"executing_not_sent", State::changed, HandoverState::shown, 1},
    {"executing_sent", State::changed, HandoverState::shown, 0},
    {"executing_passphrase", State::changed, HandoverState::shown, 0},
    {"executing_creation", State::changed, HandoverState::shown, 0},
    {"executing_while_blocked", State::changed, HandoverState::shown, 0},
    {"checking_sent", State::changed, HandoverState::shown, 0},
    {"checking_not_sent", State::changed, HandoverState::shown, 1},
    {"changed_now", State::changed, HandoverState::shown, 0},
    {"changed_to_be_blocked_again", State::changed, HandoverState::shown, 0},
    {"changed_link", State::changed, HandoverState::shown, 0},
    {"waiting_to_be_shown", State::changed, HandoverState::shown, 0},
    {"opening", State::changed, HandoverState::shown, 0},
    {"shown", State::changed, HandoverState::shown, 0},
    {"shown_to_be_spelled", State::changed, HandoverState::shown, 0},
    {"closed", State::changed, HandoverState::shown, 0},
    {"expired_unseen", State::changed, HandoverState::expired, 0},
    {"trouble_to_be_told", State::changed, HandoverState::shown, 0},
    {"denied_now", State::denied, {}, 0},
    {"denied", State::denied, {}, 0},
    {"cancelled_now", State::cancelled, {}, 0},
    {"cancelled", State::cancelled, {}, 0},
    {"expired", State::expired, {}, 0},
    {"refused", State::refused, {}, 0},
    {"failed", State::failed, {}, 0},
    {"unknown", State::unknown, {}, 0},
    {"frozen_now", State::changed, HandoverState::shown, 1},
    {"frozen", State::changed, HandoverState::shown, 1},
    {"frozen_when_approved", State::changed, HandoverState::shown, 1},
    {"frozen_when_to_be_shown", State::changed, HandoverState::shown, 0},
    {"half_released", State::changed, HandoverState::shown, 1},
    {"being_released", State::changed, HandoverState::shown, 1},
    {"cards_to_be_redrawn", State::changed, HandoverState::shown, 1},
    {"care_to_be_reported", State::changed, HandoverState::shown, 0},
};

void try_to(const std::function<void()>& deed)
{
    try
    {
        deed();
    }
    catch (const standins::slack::CannotAct&)
    {
        // The button is not there, or not any more.
    }
}

void release(World& world)
{
    if (!world.ledger().reads().freeze().freeze) return;
    CHECK(world.password_changes() == 0);
    world.run_until([&] { return has(world.approvals(), "\"freeze.release\""); }, 10min);
    for (const std::string& user : {cast::lead, cast::other_lead})
    {
        try_to([&] { world.press_in_channel(user, "freeze.release"); });
        world.run_for(10s);
    }
    REQUIRE_FALSE(world.ledger().reads().freeze().freeze);
    world.run_for(1min);
}

void choose(World& world)
{
    if (world.request().state != State::choosing) return;
    std::string ts;
    for (const auto& message : world.slack.visible_to(cast::agent, cast::desk))
        if (has(json::serialize(message.blocks), "request.complete")) ts = message.ts;
    world.deliver(world.slack.click(cast::agent, cast::desk, ts, "request.complete", to_unix_ms(world.time.now())));
    REQUIRE(world.wait_for_modal(cast::agent));
    world.submit(cast::agent, {{"account", "0.0"}});
    REQUIRE(world.run_until([&] { return world.request().state == State::pending; }, 5min));
    world.run_for(10s);
}

void decide(World& world)
{
    if (world.request().state != State::pending) return;
    REQUIRE(world.run_until([&] { return has(world.card(), "\"request.approve\""); }, 1min));
    for (const std::string& user : {cast::lead, cast::other_lead})
        try_to([&] { world.press(user, "request.approve"); });
}

bool is_window(const std::string& modal) { return has(modal, "\"handover.view\""); }

// Has what waits shown, if something waits, and closes the window for good.
void take_over(World& world)
{
    const std::string requester = world.request().requester.str();
    if (!world.run_until([&] { return has(world.dm(requester), "\"handover.show\""); }, 5s)) return;
    close_all_modals(world, requester);
    world.press_in_dm(requester, "handover.show");
    REQUIRE(world.run_until([&] { return is_window(world.modal(requester)); }, 10s));
    world.run_for(2s);
    // The envelope of then is opened with the key of then.
    const Request request = world.request();
    const bool is_grace = request.email.str() == "grace@acme.example";
    if (request.format == PasswordFormat::sop)
        CHECK(has(world.modal(requester), is_grace ? "$Grace!Hopper$!" : World::customer_password));
    world.run_for(10s);
    world.submit(requester, {});
}

// Whoever still has something to do does it, and the rest comes by itself.
void live_on(World& world)
{
    world.run_for(1min);
    release(world);
    choose(world);
    decide(world);
    REQUIRE(world.settle(8h));
    world.run_for(10s);
    take_over(world);
    REQUIRE(world.settle(1h));
    // What was shown before is emptied by itself.
    world.run_for(10min);
}

// Whether everything of it stands in another one as it was; a later version may add members, at any depth.
bool is_kept(const json::value& before, const json::value& after)
{
    if (before.is_array() && after.is_array())
    {
        const json::array& all = before.get_array();
        const json::array& kept = after.get_array();
        return all.size() == kept.size() &&
            std::equal(all.begin(), all.end(), kept.begin(), [](const json::value& one, const json::value& other) {
                   return is_kept(one, other);
               });
    }
    if (!before.is_object() || !after.is_object()) return before == after;
    for (const auto& [name, value] : before.get_object())
    {
        const json::value* kept = after.get_object().if_contains(name);
        if (kept == nullptr || !is_kept(value, *kept)) return false;
    }
    return true;
}

// The first member of a document that is lost in another one.
std::string lost_from(const std::string& document, const std::string& again)
{
    const json::value before = json::parse(document);
    const json::value after = json::parse(again);
    for (const auto& [name, value] : before.as_object())
    {
        const json::value* kept = after.as_object().if_contains(name);
        if (kept == nullptr || !is_kept(value, *kept))
            return std::string{name} + " of " + document + " is not in " + again;
    }
    return before.as_object().empty() ? "the document is empty" : "";
}

}  // namespace

TEST_CASE("what an earlier version left comes to its right end with today's code", "[scenario][old-ledger]")
{
    const auto version = GENERATE(from_range(versions));
    const auto inheritance = GENERATE(from_range(inheritances));
    INFO(version << " " << inheritance.moment);
    const Heir heir = heir_of(ledgers_of(version), inheritance.moment);
    World& world = *heir.world;
    REQUIRE(world.requests().size() == 1);
    live_on(world);

    const Request request = world.request();
    CHECK(request.state == inheritance.end);
    REQUIRE(request.handover.has_value() == inheritance.handover.has_value());
    if (request.handover)
    {
        CHECK(request.handover->state == *inheritance.handover);
        CHECK(request.handover->is_closed);
        CHECK_FALSE(has(world.modal(request.requester.str()), World::customer_password));
    }
    CHECK_FALSE(world.ledger().reads().credential(request.id));
    CHECK(world.password_changes() == inheritance.changes);
    if (inheritance.changes == 1) CHECK(world.customer_has_new_password());
    if (has(inheritance.moment, "block")) CHECK(has(world.auth0.user_json(world.customer), "\"blocked\":true"));
    // Nothing is left to do but what lies far ahead and will find it over.
    for (const std::string& kind : unfinished_jobs(world.database()))
        CHECK((kind == job_kind::expire || kind == job_kind::remind || kind == job_kind::escalate));
    CHECK(world.audit_rows("job_buried") == remains_of(ledgers_of(version), inheritance.moment).buried);
    CHECK(broken_promise(world, heir.earlier) == "");
}

TEST_CASE("what an earlier version stored of a request or a freeze is read whole", "[scenario][old-ledger]")
{
    const auto version = GENERATE(from_range(versions));
    const auto inheritance = GENERATE(from_range(inheritances));
    INFO(version << " " << inheritance.moment);
    const Remains remains = remains_of(ledgers_of(version), inheritance.moment);
    REQUIRE(remains.documents.size() == 1);
    const auto state = state_named(remains.states.front());
    REQUIRE(state.has_value());
    const auto request = from_document(RequestId{"cs-000000000000"}, 1, *state, remains.documents.front());
    REQUIRE(request.has_value());
    CHECK(lost_from(remains.documents.front(), to_document(*request)) == "");
    const bool is_frozen = has(inheritance.moment, "frozen") || has(inheritance.moment, "released") ||
        inheritance.moment == "cards_to_be_redrawn";
    CHECK(remains.freezes.size() == (is_frozen ? 1 : 0));
    for (const std::string& document : remains.freezes)
    {
        const auto freeze = freeze_from_document(document);
        REQUIRE(freeze.has_value());
        CHECK(lost_from(document, to_document(*freeze)) == "");
    }
}

TEST_CASE("the ledgers that are kept hold every state and every kind of job", "[scenario][old-ledger]")
{
    const auto version = GENERATE(from_range(versions));
    INFO(version);
    std::set<std::string> states;
    std::set<std::string> jobs;
    for (const Inheritance& inheritance : inheritances)
    {
        const Remains remains = remains_of(ledgers_of(version), inheritance.moment);
        states.insert(remains.states.begin(), remains.states.end());
        jobs.insert(remains.jobs.begin(), remains.jobs.end());
    }
    for (const std::string_view state :
         {"looking_up", "choosing", "pending", "approved", "executing", "checking", "changed", "denied", "cancelled",
          "expired", "refused", "failed", "unknown"})
    {
        INFO(state);
        CHECK(states.count(std::string{state}) == 1);
    }
    for (const std::string_view kind :
         {job_kind::look_up,
          job_kind::card,
          job_kind::answer,
          job_kind::note,
          job_kind::change,
          job_kind::reblock,
          job_kind::requester_dm,
          job_kind::announce,
          job_kind::expire,
          job_kind::trouble,
          job_kind::home,
          job_kind::homes,
          job_kind::begin_change,
          job_kind::remind,
          job_kind::escalate,
          job_kind::thread_line,
          job_kind::redraw_cards,
          job_kind::freeze_notice,
          job_kind::release,
          job_kind::thread,
          job_kind::handover_expire,
          job_kind::handover_settle,
          job_kind::handover_spell,
          job_kind::handover_close,
          after_change::mark_must_change,
          after_change::revoke_tokens,
          after_change::end_sessions,
          after_change::tell_owner})
    {
        INFO(kind);
        CHECK(jobs.count(std::string{kind}) == 1);
    }
}

TEST_CASE(
    "what this version leaves behind at each moment is written down as it is, and read whole",
    "[scenario][write-ledgers]")
{
    // COUNTERSIGN_WRITE_LEDGERS=DIRECTORY keeps what is written, to become the ledgers of a version.
    const TempDir forgotten{memory_directory()};
    const char* kept = std::getenv("COUNTERSIGN_WRITE_LEDGERS");
    const std::filesystem::path folder = kept != nullptr ? std::filesystem::path{kept} : forgotten.path();
    std::uint64_t seed = 7000;
    for (const Moment& moment : moments())
    {
        INFO(moment.name);
        World world{++seed, company_named(moment.company)};
        moment.reach(world);
        if (world.alive()) world.crash();
        write_ledger(world, folder, moment.name, moment.company);

        const Remains remains = remains_of(folder, moment.name);
        CHECK(remains.jobs == unfinished_jobs(world.database()));
        REQUIRE(remains.documents.size() == 1);
        const auto state = state_named(remains.states.front());
        REQUIRE(state.has_value());
        const auto request = from_document(RequestId{"cs-000000000000"}, 1, *state, remains.documents.front());
        REQUIRE(request.has_value());
        CHECK(to_document(*request) == remains.documents.front());
        const bool is_played = std::any_of(inheritances.begin(), inheritances.end(), [&](const Inheritance& each) {
            return each.moment == moment.name;
        });
        CHECK(is_played);
    }
}
