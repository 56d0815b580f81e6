#include "handlers/actions/answer_questions.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/actions/asking_scene.hpp"

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Entries = std::map<std::string, std::string>;

Request asking_request()
{
    Request request = agents_request(State::choosing);
    request.asked = false;
    request.account.reset();
    request.reason = "before";
    request.reason_was_cut = true;
    request.expires_at = noon + 30min;
    Account other{Auth0UserId{"auth0|2"}};
    other.database_connections = {"Partners"};
    Account first{Auth0UserId{"auth0|1"}};
    first.database_connections = {"Users"};
    request.candidates = {first, other};
    request.questions = {std::string{question::account}};
    return request;
}

struct Asking : Scene
{
    explicit Asking(Request request = asking_request()) : Scene{std::move(request)} {}
    explicit Asking(std::string_view asked) : Asking{}
    {
        seen.request->questions = {std::string{asked}};
        settings.verification.methods = {{"call_back", "Called back"}};
    }

    actions::Verdict answer(const std::string& user, const Entries& entries) const
    {
        return actions::answer(form_of(user, choose_form, "cs-1", entries), seen, settings);
    }
    actions::Verdict open(const std::string& user) const
    {
        return actions::open_questions(press(user, complete_action), seen, settings);
    }
    actions::Verdict close(const std::string& user) const
    {
        return actions::put_off_answer(action_by(user, choose_form), seen, settings);
    }
};

// The form and the button that opens it both do nothing.
void check_refused_both(const Asking& scene, const std::string& user, const std::string& why, const std::string& words)
{
    const auto answered = scene.answer(user, {{"account", "0.0"}});
    check_turned_away(answered, "decision_not_accepted " + user + " cs-1 action=request.choose why=" + why);
    CHECK(has(window_text(answered), words));
    CHECK(has(window_text(answered), "Nothing was requested"));
    const auto opened = scene.open(user);
    check_turned_away(opened, "decision_not_accepted " + user + " cs-1 action=request.complete why=" + why);
    CHECK(has(window_text(opened), words));
    CHECK(has(window_text(opened), "explanation"));
}

const Request& updated(const actions::Verdict& verdict)
{
    REQUIRE(verdict.transaction);
    REQUIRE(verdict.transaction->update);
    return *verdict.transaction->update;
}

}  // namespace

TEST_CASE(
    "an answer takes all its fields into the request, which is looked up once the form's answer has arrived",
    "[actions]")
{
    Asking scene;
    scene.seen.request->questions = {
        std::string{question::account}, std::string{question::names}, std::string{question::verification}};
    scene.seen.request->names_were_split = true;
    scene.settings.verification.methods = {{"call_back", "Called back"}};
    scene.seen.now = noon + 3min;
    const auto verdict = scene.answer(
        "U0AGENT",
        {{"account", "1.0"},
         {"given", "Ada"},
         {"family", "Byron"},
         {"reason", "after"},
         {"ticket", "CS-2"},
         {"method", "call_back"}});
    CHECK(has(window_text(verdict), "request.waiting"));
    const Request& request = updated(verdict);
    CHECK(request.state == State::looking_up);
    REQUIRE(request.choice);
    CHECK(request.choice->account == Auth0UserId{"auth0|2"});
    CHECK(request.choice->connection == "Partners");
    REQUIRE(request.names);
    CHECK(request.names->given == "Ada");
    CHECK(request.names->family == "Byron");
    CHECK_FALSE(request.names_were_split);
    CHECK(request.reason == "after");
    CHECK_FALSE(request.reason_was_cut);
    CHECK(request.case_number == "CS-2");
    REQUIRE(request.verification);
    CHECK(request.verification->method == "call_back");
    CHECK(request.in_modal);
    CHECK_FALSE(request.person_confirmed);
    CHECK(jobs_text(*verdict.transaction) == "homes+2000 look_up+500 still_waiting+30000");
    CHECK(
        only_row(*verdict.transaction) ==
        "requester_answered U0AGENT cs-1 state=looking_up requester=U0AGENT email=a…a@acme.example");
}

TEST_CASE("what was not asked is not taken from an answer", "[actions]")
{
    Asking scene{question::details};
    scene.seen.request->names = GivenNames{"Ada", "Byron"};
    const auto verdict =
        scene.answer("U0AGENT", {{"account", "1.0"}, {"given", "Eve"}, {"family", "Evil"}, {"person", "yes"}});
    CHECK(updated(verdict).state == State::looking_up);
    CHECK_FALSE(updated(verdict).choice);
    CHECK(updated(verdict).names->given == "Ada");
    CHECK_FALSE(updated(verdict).person_confirmed);
}

TEST_CASE("each question is answered, or its field says what is missing, and nothing is remembered", "[actions]")
{
    const auto check = [](const actions::Verdict& verdict, const std::string& faults) {
        CHECK(has(faults_in(verdict), faults));
        CHECK_FALSE(verdict.transaction);
    };
    SECTION("the account")
    {
        const Asking scene{question::account};
        check(scene.answer("U0AGENT", {}), "account: Choose one of the accounts.");
        check(scene.answer("U0AGENT", {{"account", "2.0"}}), "account: Choose one of the accounts.");
        CHECK(scene.answer("U0AGENT", {{"account", "0.0"}}).transaction->update);
    }
    SECTION("the names")
    {
        const Asking scene{question::names};
        check(scene.answer("U0AGENT", {}), "given: Both names are needed.");
        check(scene.answer("U0AGENT", {{"given", "Ada"}}), "family: Both names, or none.");
        check(scene.answer("U0AGENT", {{"given", "42"}, {"family", "Byron"}}), "given: That is no name");
        CHECK(scene.answer("U0AGENT", {{"given", "Ada"}, {"family", "Byron"}}).transaction->update);
    }
    SECTION("whether the unusual account is the caller's")
    {
        const Asking scene{question::person};
        check(scene.answer("U0AGENT", {}), "person: If it is somebody else's account, cancel the request.");
        check(scene.answer("U0AGENT", {{"person", "no"}}), "person: ");
        CHECK(updated(scene.answer("U0AGENT", {{"person", "yes"}})).person_confirmed);
    }
    SECTION("the verification that this account demands")
    {
        const Asking scene{question::verification};
        check(scene.answer("U0AGENT", {}), "method: Say how the caller was verified.");
        CHECK(scene.answer("U0AGENT", {{"method", "call_back"}}).transaction->update);
    }
    SECTION("the verification that every account demands")
    {
        Asking scene{question::details};
        CHECK(scene.answer("U0AGENT", {}).transaction->update);
        scene.settings.verification.required = true;
        check(scene.answer("U0AGENT", {}), "method: Say how the caller was verified.");
    }
}

TEST_CASE("somebody else's questions are neither opened nor answered by anybody", "[actions]")
{
    Asking scene;
    check_refused_both(scene, "U0IMPL", "not_the_requester", "only the person who made the request");
    check_refused_both(scene, "U0GUEST", "guest", "Guests cannot use Countersign");
    scene.know("U0AGENT", Errc::unavailable);
    check_refused_both(scene, "U0AGENT", "rights_unknown", "I cannot check your rights");
}

TEST_CASE("questions are their requester's under another id, too", "[actions]")
{
    Asking scene;
    scene.know_as("U0IMPL", "U0AGENT", member_with("U0IMPL", {Role::implementation}));
    CHECK(scene.answer("U0IMPL", {{"account", "0.0"}}).transaction->update);
    CHECK(scene.open("U0IMPL").transaction->update);
    CHECK(scene.close("U0IMPL").transaction);
}

TEST_CASE("what does not wait for an answer takes none, and the words say how it stands", "[actions]")
{
    const auto [state, word] = GENERATE(table<State, std::string>(
        {{State::looking_up, "It is *"},
         {State::pending, "It is *Waiting*"},
         {State::cancelled, "It is *Cancelled*"},
         {State::expired, "It is *Expired*"}}));
    Request request = asking_request();
    request.state = state;
    check_refused_both(Asking{request}, "U0AGENT", "answered_before", word);
}

TEST_CASE("who may not ask for such any more opens no questions, and their answer is refused", "[actions]")
{
    Asking scene;
    std::string why = "not_a_requester";
    SECTION("no role") { scene.know("U0AGENT", member_with("U0AGENT", {})); }
    SECTION("their own account")
    {
        Member owner = member_with("U0AGENT", {Role::support});
        owner.email = Email{"ada@acme.example"};
        scene.know("U0AGENT", owner);
        why = "own_account";
    }
    const auto answered = scene.answer("U0AGENT", {{"account", "0.0"}});
    check_turned_away(answered, "request_not_allowed U0AGENT why=" + why + " through=request.choose");
    CHECK(has(window_text(answered), "Nothing was requested"));
    const auto opened = scene.open("U0AGENT");
    check_turned_away(opened, "decision_not_accepted U0AGENT cs-1 action=request.complete why=" + why);
}

TEST_CASE("limits and a freeze keep nobody from answering: the look-up says so", "[actions]")
{
    Asking scene;
    reach_limit(scene);
    scene.freeze("U0LEAD");
    CHECK(scene.answer("U0AGENT", {{"account", "0.0"}}).transaction->update);
}

TEST_CASE("from the moment of its expiry on questions take no answer, but the request expires", "[actions]")
{
    const std::string how = GENERATE("answer", "open", "close");
    const auto late = GENERATE(Milliseconds{-1}, Milliseconds{0}, Milliseconds{1});
    INFO(how << " " << late.count());
    Asking scene;
    scene.seen.now = noon + 30min + late;
    const auto verdict = how == "answer" ? scene.answer("U0AGENT", {{"account", "0.0"}})
        : how == "open"                  ? scene.open("U0AGENT")
                                         : scene.close("U0AGENT");
    const bool is_late = late >= Milliseconds{0};
    CHECK((updated(verdict).state == State::expired) == is_late);
    CHECK(has(window_text(verdict), "the request had expired when you clicked") == (is_late && how != "close"));
    if (!is_late) return;
    CHECK_FALSE(updated(verdict).decision);
    CHECK(jobs_text(*verdict.transaction) == "answer homes+2000 requester_dm");
    CHECK(has(only_row(*verdict.transaction), "request_expired U0AGENT cs-1 state=expired"));
}

TEST_CASE("an answer that is sent again gets the first one's answer, and another comes too late", "[actions]")
{
    Asking scene;
    const Entries entries{{"account", "0.0"}, {"reason", "locked out"}};
    const Request taken = updated(scene.answer("U0AGENT", entries));
    scene.seen.request = taken;
    const auto again = scene.answer("U0AGENT", entries);
    CHECK(has(window_text(again), "request.waiting"));
    CHECK(again.transaction->audit.empty());
    CHECK_FALSE(again.transaction->update);
    for (const auto& [field, value] : Entries{
             {"account", "1.0"},
             {"reason", "another"},
             {"ticket", "CS-9"},
             {"given", "Bea"},
             {"family", "Byron"},
             {"method", "call_back"},
             {"note", "rang"}})
    {
        INFO(field);
        Entries other = entries;
        other[field] = value;
        const auto late = scene.answer("U0AGENT", other);
        CHECK(has(window_text(late), "does not wait for this any more"));
        CHECK(has(only_row(*late.transaction), "why=answered_before"));
    }
}

TEST_CASE("the button's window asks what is asked, and the request is in a window from then on", "[actions]")
{
    const auto verdict = Asking{}.open("U0AGENT");
    CHECK(has(window_text(verdict), "request.choose"));
    CHECK(std::get<actions::Modal>(verdict.window.value()).is_missed);
    CHECK(updated(verdict).in_modal);
    CHECK(updated(verdict).state == State::choosing);
    CHECK(verdict.transaction->audit.empty());
}

TEST_CASE("the private line is followed from where its button was pressed", "[actions]")
{
    Asking scene;
    scene.seen.request->reply = ReplyPath{Sealed{"spent"}, noon - 1min, ChannelId{"C0DESK"}};
    const auto open = [&scene](const actions::Press& press) {
        return updated(actions::open_questions(press, scene.seen, scene.settings)).reply->response_url.bytes;
    };
    CHECK(open(press_in_line("U0AGENT", complete_action)) == "for the line");
    CHECK(open(press_in_dm("U0AGENT", complete_action)) == "spent");
}

TEST_CASE("questions that are closed leave the request as it was, but for its window", "[actions]")
{
    Asking scene;
    scene.seen.request->in_modal = true;
    const auto verdict = scene.close("U0AGENT");
    CHECK(updated(verdict).state == State::choosing);
    CHECK_FALSE(updated(verdict).in_modal);
    CHECK_FALSE(updated(verdict).decision);
    CHECK(jobs_text(*verdict.transaction) == "answer");
    CHECK(verdict.transaction->audit.empty());
    CHECK(std::holds_alternative<slack::Acknowledged>(verdict.answer));
}

TEST_CASE("a closing by somebody else, from elsewhere, or of what waits for no answer, leaves no trace", "[actions]")
{
    Asking scene;
    auto action = action_by("U0AGENT", choose_form);
    SECTION("by somebody else") { action.by = SlackUserId{"U0IMPL"}; }
    SECTION("from another workspace") { action.source.team = SlackTeamId{"T2"}; }
    SECTION("of an unknown request") { scene.seen.request.reset(); }
    SECTION("of what waits for a team lead") { scene.seen.request->state = State::pending; }
    SECTION("of what is looked up") { scene.seen.request->state = State::looking_up; }
    const auto verdict = actions::put_off_answer(action, scene.seen, scene.settings);
    CHECK_FALSE(verdict.transaction);
    CHECK(std::holds_alternative<slack::Acknowledged>(verdict.answer));
}
