#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;

// Words for one person: by which way they come, and what happens when a way is closed.
namespace {

constexpr const char* asked_words = "A team lead is asked";

// As a command left it, in the channel in which it was typed. Its response_url cannot be read, whatever its age.
Request asked_in_line(World& world, TimePoint url_expires)
{
    Request request = approved(world, "cs-privateword1", PasswordFormat::sop);
    request.state = State::pending;
    request.decision.reset();
    request.approvals.clear();
    request.expires_at = world.time.now() + 4h;
    request.reply = ReplyPath{Sealed{"not ours"}, url_expires, ChannelId{cast::desk}};
    return request;
}

void answer(World& world, const Request& request)
{
    world.plant(request, {request_job(job_kind::answer, request.id, world.time.now())});
    world.run_for(1min);
}

// A note that waits to be sent, in a world in which there is nothing else to do.
void send(World& world, NewJob note)
{
    Request request = asked_in_line(world, world.time.now());
    request.state = State::failed;
    request.ending = Ending::account_gone;
    world.plant(request, {std::move(note)});
    world.run_for(3min);
}

Note note_for(const std::string& user) { return Note{SlackUserId{user}, "a private word"}; }

}  // namespace

TEST_CASE(
    "an answer whose response_url is over or unreadable is whispered in the channel of the command",
    "[scenario][words]")
{
    const bool is_over = GENERATE(true, false);
    INFO(is_over);
    World world{670};
    answer(world, asked_in_line(world, world.time.now() + (is_over ? 0min : 20min)));
    CHECK(has(world.private_line(cast::agent, cast::desk), asked_words));
    CHECK(calls_of(world, "chat.postEphemeral") == 1);
    CHECK(calls_of(world, "response_url") == 0);
    CHECK(world.dms(cast::agent) == 0);
}

TEST_CASE("an answer that cannot be whispered any more comes as a direct message", "[scenario][words]")
{
    World world{671};
    world.slack.channel(cast::desk).is_archived = true;
    answer(world, asked_in_line(world, world.time.now()));
    CHECK(has(world.dm(cast::agent), asked_words));
    CHECK(world.dms(cast::agent) == 1);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("an answer that does not get through is tried again, by the same way", "[scenario][words]")
{
    const bool by_dm = GENERATE(true, false);
    INFO(by_dm);
    World world{672};
    world.slack.channel(cast::desk).is_archived = by_dm;
    for (const char* call : {"chat.postEphemeral", "conversations.open", "chat.postMessage"})
        if (by_dm || call == std::string{"chat.postEphemeral"}) world.slack.faults().add(call, {Fault::error_before});
    answer(world, asked_in_line(world, world.time.now()));
    CHECK(has(by_dm ? world.dm(cast::agent) : world.private_line(cast::agent, cast::desk), asked_words));
    CHECK(world.dms(cast::agent) == (by_dm ? 1 : 0));
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("who did not ask by a command is not answered as if they had", "[scenario][words]")
{
    World world{673};
    Request request = asked_in_line(world, world.time.now());
    request.reply.reset();
    answer(world, request);
    CHECK(world.dms(cast::agent) == 0);
    CHECK(calls_of(world, "chat.postEphemeral") == 0);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("while it is looked up once more nothing is answered: that look-up will", "[scenario][words]")
{
    World world{674};
    Request request = asked_in_line(world, world.time.now());
    request.state = State::looking_up;
    request.asked = false;
    answer(world, request);
    CHECK(calls_of(world, "chat.postEphemeral") == 0);
    CHECK(world.dms(cast::agent) == 0);
}

TEST_CASE(
    "whose window does not open or is closed is told elsewhere, eight seconds later and not before",
    "[scenario][words]")
{
    World world{675};
    Request request = asked_in_line(world, world.time.now());
    request.in_modal = true;
    world.plant(request, {request_job(job_kind::answer, request.id, world.time.now())});
    world.run_for(7s);
    CHECK(calls_of(world, "views.update") >= 5);
    CHECK(calls_of(world, "chat.postEphemeral") == 0);
    world.run_for(3s);
    CHECK(has(world.private_line(cast::agent, cast::desk), asked_words));
    const std::size_t tried = calls_of(world, "views.update");
    world.run_for(1min);
    CHECK(calls_of(world, "views.update") == tried);
    CHECK(calls_of(world, "chat.postEphemeral") == 1);
}

TEST_CASE("what has ended by then is told in the closing message alone", "[scenario][words]")
{
    World world{676};
    Request request = asked_in_line(world, world.time.now());
    request.in_modal = true;
    request.state = State::failed;
    request.ending = Ending::account_gone;
    answer(world, request);
    CHECK(calls_of(world, "chat.postEphemeral") == 0);
    CHECK(world.dms(cast::agent) == 0);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a window that cannot be filled for another reason is tried again", "[scenario][words]")
{
    World world{677};
    world.slack.faults().add("views.update", {Fault::error_before}, 2);
    Request request = asked_in_line(world, world.time.now() - 1min);
    request.in_modal = true;
    request.updated_at = world.time.now() - 1min;
    answer(world, request);
    CHECK(calls_of(world, "views.update") == 1);
    CHECK(calls_of(world, "chat.postEphemeral") == 1);
}

TEST_CASE(
    "a note with no conversation of its own is a direct message, and tried until it is there", "[scenario][words]")
{
    const auto broken = GENERATE(as<std::string>{}, "", "conversations.open", "chat.postMessage");
    INFO(broken);
    World world{678};
    if (!broken.empty()) world.slack.faults().add(broken, {Fault::error_before}, 2);
    send(world, note_job(note_for(cast::lead), world.time.now()));
    CHECK(world.dms(cast::lead) == 1);
    CHECK(has(world.dm(cast::lead), "a private word"));
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a note for a conversation is whispered there, and tried until it is", "[scenario][words]")
{
    const int failures = GENERATE(0, 2);
    World world{679};
    world.slack.faults().add("chat.postEphemeral", {Fault::error_before}, failures);
    Note note = note_for(cast::lead);
    note.channel = ChannelId{cast::approvals};
    send(world, note_job(note, world.time.now()));
    CHECK(has(world.private_line(cast::lead, cast::approvals), "a private word"));
    CHECK(calls_of(world, "chat.postEphemeral") == 1);
    CHECK(world.dms(cast::lead) == 0);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a note for a person who is gone is dropped without a noise", "[scenario][words]")
{
    World world{680};
    Note note = note_for(cast::lead);
    note.user = SlackUserId{"U0GONE"};
    send(world, note_job(note, world.time.now()));
    CHECK(calls_of(world, "conversations.open") == 1);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a note that cannot be whispered where it belongs comes as a direct message", "[scenario][words]")
{
    World world{684};
    world.slack.channel(cast::desk).is_archived = true;
    Note note = note_for(cast::lead);
    note.channel = ChannelId{cast::desk};
    send(world, note_job(note, world.time.now()));
    CHECK(has(world.dm(cast::lead), "a private word"));
    CHECK(world.dms(cast::lead) == 1);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("what is told one person alone in a direct message stands there once", "[scenario][words]")
{
    const auto fault = GENERATE(Fault::reset_after, Fault::error_after, Fault::reset_before);
    INFO(static_cast<int>(fault));
    World world{685};
    world.slack.faults().add("chat.postMessage", {fault});
    const bool is_note = GENERATE(true, false);
    INFO(is_note);
    if (is_note)
        send(world, note_job(note_for(cast::lead), world.time.now()));
    else
    {
        world.slack.channel(cast::desk).is_archived = true;
        answer(world, asked_in_line(world, world.time.now()));
    }
    CHECK(world.dms(is_note ? cast::lead : cast::agent) == 1);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a note that cannot be read is given up", "[scenario][words]")
{
    struct Row
    {
        const char* payload;
        const char* why;
    };
    const auto row = GENERATE(
        Row{"no JSON", "payload_corrupt"}, Row{"[]", "payload_corrupt"}, Row{R"({"user":"U0LEAD"})", "payload_corrupt"},
        Row{R"({"text":"a"})", "payload_corrupt"}, Row{R"({"user":"U0LEAD","text":1})", "payload_corrupt"},
        Row{R"({"user":"U0LEAD","text":"a","response_url":"no hex"})", "payload_corrupt"},
        Row{R"({"user":"U0LEAD","text":"a","channel":"C0DESK","response_url":"00"})", "response_url_corrupt"});
    INFO(row.payload);
    World world{681};
    NewJob job = note_job(note_for(cast::lead), world.time.now());
    job.payload = row.payload;
    send(world, job);
    CHECK(world.audit_rows("job_buried") == 1);
    CHECK(detail_of(world, "job_buried", "error") == row.why);
    CHECK(detail_of(world, "job_buried", "kind") == "note");
    CHECK(calls_of(world, "chat.postEphemeral") == 0);
    CHECK(world.dms(cast::lead) == 0);
}

TEST_CASE("a note goes through its response_url while that lives, and is whispered after", "[scenario][words]")
{
    const bool is_late = GENERATE(true, false);
    INFO(is_late);
    World world{682};
    REQUIRE(reset_and_wait(world));
    freeze(world, true);
    if (is_late) world.slack.faults().add("response_url", {Fault::reset_before});
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(500ms);
    if (is_late) hold(world, job_kind::note, world.time.now() + 31min);
    world.run_for(32min);
    CHECK(has(note_of(world, cast::agent), "a stolen session"));
    CHECK(calls_of(world, "chat.postEphemeral") == (is_late ? 1 : 0));
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a note whose response_url does not answer is tried through it again", "[scenario][words]")
{
    World world{683};
    REQUIRE(reset_and_wait(world));
    freeze(world, true);
    world.slack.faults().add("response_url", {Fault::reset_before}, 2);
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(1min);
    CHECK(has(note_of(world, cast::agent), "a stolen session"));
    CHECK(calls_of(world, "chat.postEphemeral") == 0);
}

TEST_CASE("the private line follows a request to its end, also when a connection breaks", "[scenario][words]")
{
    const bool fails = GENERATE(true, false);
    INFO(fails);
    World world{681};
    REQUIRE(world.ask_and_wait());
    REQUIRE(world.run_until(
        [&] { return has(world.private_line(cast::agent, cast::desk), "A team lead is asked"); }, 1min));
    if (fails) world.slack.faults().add("response_url", {Fault::reset_before}, 2);
    world.deny(cast::lead);
    REQUIRE(world.settle());
    const std::string line = world.private_line(cast::agent, cast::desk);
    CHECK(has(line, "*Denied*"));
    CHECK_FALSE(has(line, "A team lead is asked"));
    CHECK_FALSE(has(line, "request.cancel"));
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE(
    "a card mentions the approvers when it is posted, once, and not where that is switched off", "[scenario][words]")
{
    const bool mentions = GENERATE(true, false);
    INFO(mentions);
    World world{682, [mentions](Config& config) { config.requests.approval.mention = mentions; }};
    REQUIRE(world.ask_and_wait());
    CHECK(has(world.card(), "<!subteam^S0LEADS>") == mentions);
    // Drawn anew while it still waits.
    world.freeze(cast::lead, "a stolen session");
    REQUIRE(world.run_until([&] { return has(world.card(), "*Frozen*"); }, 1min));
    CHECK(world.request().state == State::pending);
    CHECK_FALSE(has(world.card(), "<!subteam^"));
}

TEST_CASE("whoever tries out addresses is stopped in words, with one row for the lot", "[scenario][words]")
{
    World world{683, [](Config& config) { config.requests.limits.look_ups = Limit{2, 0}; }};
    for (const char* email : {"one@nobody.example", "two@nobody.example"})
    {
        world.ask(cast::agent, email);
        REQUIRE(world.settle());
    }
    for (int tries = 0; tries < 3; ++tries)
        CHECK(has(world.ask(cast::agent, World::customer_email).body, "2 addresses looked up within an hour"));
    CHECK(world.requests().size() == 2);
    CHECK(world.audit_rows("request_not_allowed") == 1);
}
