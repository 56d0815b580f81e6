#include "handlers/core/email.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/views/choose_form.hpp"
#include "handlers/views/ending_words.hpp"
#include "handlers/views/freeze_view.hpp"
#include "handlers/views/handover_view.hpp"
#include "handlers/views/help.hpp"
#include "handlers/views/home_view.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/outcome.hpp"
#include "handlers/views/reminders.hpp"
#include "handlers/views/request_form.hpp"
#include "handlers/views/requester_line.hpp"
#include "handlers/views/waiting_view.hpp"
#include "handlers/views/words.hpp"
#include "tests/support/text.hpp"
#include "tests/unit/handlers/views/given_up_kinds.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;

// Words for one person about one thing that they did, or that became of it.
namespace {

Request handed_over(HandoverState state, bool is_certain = true)
{
    Request request = sample_request(State::changed);
    Handover handover;
    handover.state = state;
    handover.is_certain = is_certain;
    handover.until = drawn_at + 15min;
    if (state == HandoverState::shown || is_opening(handover)) handover.shown_at = drawn_at + 6min;
    request.handover = handover;
    return request;
}

std::string window_of(const Request& request, const Settings& settings)
{
    return json::serialize(views::handover(request, settings, Secret{"s"}).view);
}

std::string told(const Request& request)
{
    const slack::Message message = views::outcome_for_requester(request);
    return json::serialize(message.blocks) + message.text;
}

Result<Member> member(std::set<Role> roles, MemberStatus standing = MemberStatus::member)
{
    Member who;
    who.status = standing;
    who.roles = std::move(roles);
    return who;
}

}  // namespace

TEST_CASE("a refusal names what stands in the way", "[views]")
{
    CHECK(has(views::standing_words(Denial::rights_unknown), "cannot check your rights"));
    CHECK(has(views::standing_words(Denial::other_workspace), "only people of the workspace"));
    CHECK(has(views::standing_words(Denial::deactivated), "deactivated"));
    CHECK(has(views::standing_words(Denial::guest), "Guests"));
    CHECK(has(views::standing_words(Denial::bot), "bots"));
    CHECK(has(views::standing_words(Denial::channel_shared), "shared with people of another company"));
    CHECK(has(views::standing_words(Denial::channel_public), "Everybody in this workspace can read"));
    CHECK(has(views::standing_words(Denial::channel_unknown), "who is in the approvals channel"));
    CHECK(views::standing_words(Denial::not_a_requester).empty());

    CHECK(has(views::not_allowed_to_ask(Denial::not_a_requester), "none of the groups that may ask"));
    CHECK(has(views::not_allowed_to_ask(Denial::not_an_implementer), "implementation user group"));
    CHECK_FALSE(has(views::not_allowed_to_ask(Denial::not_an_implementer), "none of the groups"));
    CHECK(has(views::not_allowed_to_ask(Denial::own_account), "the address of your Slack profile"));
    CHECK(has(views::not_allowed_to_ask(Denial::guest), "Guests"));
    CHECK(has(views::not_allowed_to_decide(Denial::not_an_approver), "Only the approvers"));
    CHECK(has(views::not_allowed_to_decide(Denial::own_request), "your own request"));
    CHECK(has(views::not_allowed_to_decide(Denial::own_account), "your own account"));
    CHECK(has(views::not_allowed_to_decide(Denial::guest), "Guests"));
    CHECK(has(views::not_allowed_to_act(Denial::own_account), "your own, by the address"));
    CHECK(has(views::not_allowed_to_act(Denial::not_a_requester), "You can still cancel"));
    CHECK(has(views::not_allowed_to_act(Denial::bot), "bots"));
    CHECK(has(views::nothing_to_see(Denial::not_an_auditor), "Details are for"));
    CHECK(has(views::nothing_to_see(Denial::guest), "Guests"));
    CHECK(has(views::not_allowed_to_freeze(Denial::not_an_approver), "Only the approvers"));
    CHECK(has(views::not_allowed_to_freeze(Denial::guest), "Guests"));
}

TEST_CASE("whose address is not told is told what their operator has to mend", "[views]")
{
    constexpr Denial unknown = Denial::own_account_unknown;
    for (const std::string& words :
         {views::not_allowed_to_ask(unknown), views::not_allowed_to_decide(unknown), views::not_allowed_to_act(unknown),
          views::not_allowed_to_see(unknown), views::not_allowed_to_freeze(unknown),
          std::string{views::ending_words(Ending::own_account_unknown)}})
    {
        INFO(words);
        CHECK(has(words, "Tell your operator"));
        CHECK(has(words, "`users:read.email`"));
        CHECK(has(words, "must not hide"));
        CHECK(has(words, "Nothing was "));
    }
}

TEST_CASE("why an address was not taken is said", "[views]")
{
    const auto words = [](EmailFault fault) { return views::email_fault(make_error_code(fault)); };
    CHECK(words(EmailFault::empty) == "Whose password?");
    CHECK(has(words(EmailFault::look_alike), "outside A to Z"));
    CHECK(has(words(EmailFault::typographic), "smart punctuation"));
    CHECK(has(words(EmailFault::several), "one person at a time"));
    CHECK(has(words(EmailFault::label_differs), "shows one address and means another"));
    CHECK(has(words(EmailFault::too_long), "too long"));
    CHECK(has(views::email_fault(make_error_code(Errc::malformed)), "could not read that"));
    CHECK(has(views::how_to_ask(make_error_code(EmailFault::empty), Purpose::reset).text, "/reset-password"));
    CHECK(has(views::how_to_ask(make_error_code(EmailFault::empty), Purpose::first_password).text, "/create-password"));
}

TEST_CASE("a late click is told what the request is by now, by whom, or since when", "[views]")
{
    CHECK(has(views::decided_already(sample_request(State::changed)), "*Done*, approved by <@U0LEA> <!date^"));
    CHECK(has(views::decided_already(sample_request(State::denied)), "*Denied*, denied by <@U0LEA>"));
    CHECK(has(views::decided_already(sample_request(State::cancelled)), "*Cancelled*, cancelled by <@U0ADA>"));
    CHECK(has(views::decided_already(sample_request(State::expired)), "*Expired* since <!date^"));
    for (const State state : {State::executing, State::checking})
        CHECK(has(views::cannot_be_cancelled(sample_request(state)), "too late to cancel"));
    CHECK(has(views::cannot_be_cancelled(sample_request(State::changed)), "the request is *Done* since <!date^"));
    CHECK(has(views::cannot_be_reminded(sample_request(State::denied)), "It is *Denied*."));
    CHECK(has(views::answered_before(sample_request(State::cancelled)), "It is *Cancelled*."));
    CHECK(has(views::reminded_lately(drawn_at), slack::date(drawn_at)));
    CHECK(has(views::approval_not_checked(Denial::rights_unknown), "whether you may approve"));
    CHECK(has(views::approval_not_checked(Denial::channel_unknown), "who can read the approvals channel"));
    CHECK(has(views::approval_being_checked(), "you have pressed Approve already"));
    CHECK(has(views::too_many_approvals(), "press again"));
    CHECK(has(views::window_not_opened(true), "did not open"));
    CHECK(has(views::window_not_opened(false), "did not say whether"));
}

TEST_CASE("a press that shows nothing says what became of the password, and when it was shown", "[views]")
{
    const std::string at = slack::date(drawn_at + 6min);
    CHECK(has(views::not_ready(handed_over(HandoverState::shown)), "the password was shown to you " + at));
    CHECK(has(
        views::not_ready(handed_over(HandoverState::shown, false)), "the password may have been shown to you " + at));
    CHECK(has(views::not_ready(handed_over(HandoverState::opening)), "your press " + at + " is opening the password"));
    CHECK(has(views::not_ready(handed_over(HandoverState::destroyed)), "destroyed without being shown"));
    for (const HandoverState state : {HandoverState::expired, HandoverState::ready})
        CHECK(has(views::not_ready(handed_over(state)), "the password was not asked for in time"));
    Request link = handed_over(HandoverState::expired);
    link.format = PasswordFormat::link;
    CHECK(has(views::not_ready(link), "the link was not asked for in time"));

    CHECK(has(views::not_allowed_to_see(Denial::rights_unknown), "cannot check your rights"));
    CHECK(has(views::not_allowed_to_see(Denial::own_account), "the account is your own"));
    CHECK(has(views::not_allowed_to_see(Denial::own_account_unknown), "you can press again"));
    CHECK(has(views::not_allowed_to_see(Denial::not_a_requester), "not allowed to ask for passwords any more"));
    CHECK(has(views::nothing_shown("rights_unknown"), "cannot check your rights"));
    CHECK(has(views::nothing_shown("trigger_expired"), "Press the button again"));
}

TEST_CASE("the window says how to pass the password on, as the account will treat it", "[views]")
{
    Request request = handed_over(HandoverState::opening);
    Settings settings = sample_settings();
    CHECK(has(window_of(request, settings), "Ask them to change it"));
    request.after_change = {{"mark_must_change", AfterChange::waiting}};
    settings.after_change.must_change = true;
    CHECK(has(window_of(request, settings), "choose a password of their own"));
    settings.after_change.must_change = false;
    CHECK(has(window_of(request, settings), "Ask them to change it"));
    settings.after_change.must_change = true;
    request.after_change.clear();
    CHECK(has(window_of(request, settings), "Ask them to change it"));
    CHECK(has(window_of(request, settings), "handover.spell"));
    request.format = PasswordFormat::link;
    CHECK_FALSE(has(window_of(request, settings), "handover.spell"));
    CHECK(views::link_ends(request, settings) == request.updated_at + settings.password.link_life);
}

TEST_CASE("the window says what the password signs in with, where that is another address", "[views]")
{
    Request request = handed_over(HandoverState::opening);
    const Settings settings = sample_settings();
    CHECK_FALSE(has(window_of(request, settings), "Signs in with"));
    request.account->database_connections = {request.connection};
    request.account->sign_ins = {{"other.address@acme.example", true}};
    CHECK(has(window_of(request, settings), "Signs in with `other.address@acme.example`"));
    request.account->sign_ins = {{request.email.str(), true}};
    CHECK_FALSE(has(window_of(request, settings), "Signs in with"));
    request.account->sign_ins = {SignIn{}};
    CHECK_FALSE(has(window_of(request, settings), "Signs in with"));
}

TEST_CASE("the window says until when it may be opened again, and what ends it at once", "[views]")
{
    Request request = handed_over(HandoverState::opening);
    const Settings settings = sample_settings();
    CHECK(has(window_of(request, settings), "Until " + slack::date(drawn_at + 11min) + " you can close this window"));
    CHECK(has(window_of(request, settings), "\"submit\":{\"type\":\"plain_text\",\"text\":\"Close for good\""));
    const std::string over = json::serialize(views::handover_over(request, 1));
    CHECK(has(over, "The password was shown to you " + slack::date(drawn_at + 6min)));
    for (const std::string& empty : {over, json::serialize(views::handover_moved(request, 1))})
    {
        CHECK_FALSE(has(empty, "notify_on_close"));
        CHECK_FALSE(has(empty, "submit"));
        CHECK(has(empty, "\"external_id\":\"handover-cs-7k3m9p2xq4ab\""));
    }
    CHECK(has(json::serialize(views::handover_over(request, 2)), "\"external_id\":\"handover-cs-7k3m9p2xq4ab-2\""));
    CHECK(has(window_of(request, settings), "\"notify_on_close\":true"));
    CHECK(has(window_of(request, settings), "\"private_metadata\":\"cs-7k3m9p2xq4ab\""));
    request.handover->shown_at.reset();
    CHECK(has(json::serialize(views::handover_over(request, 1)), "was shown to you and is gone"));
}

TEST_CASE("another window has a name of its own and the same end", "[views]")
{
    Request request = handed_over(HandoverState::reopening);
    request.handover->windows = 3;
    request.handover->window = 2;
    const Settings settings = sample_settings();
    const std::string window = window_of(request, settings);
    CHECK(has(window, "Until " + slack::date(drawn_at + 15min) + " you can close"));
    CHECK(has(window, "\"external_id\":\"handover-cs-7k3m9p2xq4ab-3\""));
    CHECK(has(window, "\"private_metadata\":\"cs-7k3m9p2xq4ab-3\""));
    // The spelling goes to the window that has the password.
    const std::string spelled = json::serialize(views::spelled(request, settings, Secret{"s"}).view);
    CHECK(has(spelled, "\"external_id\":\"handover-cs-7k3m9p2xq4ab-2\""));
}

TEST_CASE("the window that checks holds no secret, and nothing to press", "[views]")
{
    Request request = handed_over(HandoverState::opening);
    request.handover->windows = 2;
    const std::string window = json::serialize(views::handover_checking(request));
    CHECK(has(window, "Checking"));
    CHECK(has(window, "\"external_id\":\"handover-cs-7k3m9p2xq4ab-2\""));
    CHECK(has(window, "\"notify_on_close\":true"));
    CHECK_FALSE(has(window, "secret"));
    CHECK_FALSE(has(window, "submit"));
    CHECK_FALSE(has(window, "\"type\":\"button\""));
}

TEST_CASE("a link is offered instead of what is gone, for an account that there is", "[views]")
{
    const auto closed = [](HandoverState state, bool is_certain = true) {
        Request request = handed_over(state, is_certain);
        request.handover->is_closed = true;
        return request;
    };
    CHECK(views::offers_link(closed(HandoverState::expired)));
    CHECK(views::offers_link(closed(HandoverState::destroyed)));
    for (const bool is_certain : {true, false})
    {
        CHECK(views::offers_link(closed(HandoverState::shown, is_certain)));
        for (const HandoverState state :
             {HandoverState::ready, HandoverState::opening, HandoverState::reopening, HandoverState::shown})
            CHECK_FALSE(views::offers_link(handed_over(state, is_certain)));
    }
    CHECK_FALSE(views::offers_link(sample_request(State::changed)));
    // A link that was seen goes on working; one that may not have been seen does not help.
    Request link = closed(HandoverState::shown);
    link.format = PasswordFormat::link;
    CHECK_FALSE(views::offers_link(link));
    link.handover->is_certain = false;
    CHECK(views::offers_link(link));
    Request created = closed(HandoverState::expired);
    CHECK(has(told(created), "handover.link"));
    created.account.reset();
    CHECK_FALSE(views::offers_link(created));
    CHECK_FALSE(has(told(created), "handover.link"));
    CHECK_FALSE(has(told(created), "With a link"));
}

TEST_CASE("what was shown can be opened again until its time, and the message says until when", "[views]")
{
    for (const bool is_certain : {true, false})
    {
        Request request = handed_over(HandoverState::shown, is_certain);
        CHECK(has(told(request), "Show password again"));
        CHECK(has(told(request), "Until " + slack::date(drawn_at + 15min) + " you can open it again."));
        request.handover->is_closed = true;
        CHECK_FALSE(has(told(request), "handover.show"));
        CHECK_FALSE(has(told(request), "you can open it again"));
        CHECK(has(told(request), "gone"));
    }
}

TEST_CASE("the requester is told what became of a block", "[views]")
{
    Request request = sample_request(State::changed);
    CHECK_FALSE(has(told(request), "blocked"));
    request.reblock = AfterChange::done;
    CHECK(has(told(request), "Auth0 lifted the block with the change, and it was put back"));
    request.reblock = AfterChange::failed;
    CHECK(has(told(request), "an Auth0 administrator has to do it"));
    request = sample_request(State::unknown);
    request.reblock = AfterChange::done;
    CHECK(has(told(request), "it was made sure that it still is"));
}

TEST_CASE("an expiry says whether anybody was asked", "[views]")
{
    Request request = sample_request(State::expired);
    CHECK(has(told(request), "Nobody decided in time"));
    request.asked = false;
    CHECK(has(told(request), "More was needed to be known"));
}

TEST_CASE("a denial is told with its reason, cut for the auditors", "[views]")
{
    Request request = sample_request(State::denied);
    request.denial_reason = std::string(690, 'x');
    CHECK(has(told(request), std::string(690, 'x')));
    const AuditMark mark{1, std::string(64, 'a')};
    const slack::Message audit = views::outcome_for_audit(request, mark, sample_settings());
    const std::string all = json::serialize(audit.blocks) + audit.text;
    CHECK(has(all, std::string(190, 'x')));
    CHECK_FALSE(has(all, std::string(201, 'x')));
    request.denial_reason.clear();
    CHECK_FALSE(has(told(request), "Reason"));
}

TEST_CASE("what was given up is named, and its consequence with it", "[views]")
{
    const auto trouble = [](const std::string& kind) {
        return views::trouble(sample_request(), given_up({kind}), false).text;
    };
    for (const auto& [kind, what] : std::vector<std::pair<std::string, std::string>>{
             {"card", "the card in the approvals channel"},
             {"requester_dm", "the requester's direct message"},
             {"announce", "the audit message"},
             {"answer", "the private answer to the requester"},
             {"thread", "the report about the steps after the change"},
             {"expire", "the expiry of the request"},
             {"handover_spell", "the spelling"},
             {"reblock", "a step that follows the request"}})
    {
        INFO(kind);
        CHECK(has(trouble(kind), "*Given up* · " + what + " for request"));
        CHECK(has(trouble(kind), "could not be delivered."));
    }
    CHECK(has(trouble("handover_expire"), "What was to be shown is not shown any more."));
    CHECK(has(trouble("handover_settle"), "The direct message says whether it can be shown again."));
    CHECK(has(trouble("handover_close"), "has to close it"));
    CHECK(has(trouble("card"), "ada@acme.example"));
    CHECK_FALSE(has(views::trouble(sample_request(), given_up({"card"}), true).text, "`ada@acme.example"));
}

TEST_CASE("what was given up of one request is named in one message", "[views]")
{
    const std::string words = views::trouble(sample_request(), given_up({"card", "handover_close"}), false).text;
    CHECK(has(words, "*Given up* · request"));
    CHECK(has(words, "\n• the card in the approvals channel could not be delivered."));
    CHECK(has(words, "\n• the window with what was shown could not be emptied."));
    CHECK(has(words, "The operator finds the cause in the log."));
}

TEST_CASE("a release is told with what is still lacking, and by whose doing", "[views]")
{
    using What = FreezeNotice::What;
    const Freeze freeze{SlackUserId{"U0LEA"}, drawn_at, "incident", {}};
    const FreezeNotice half{What::half_released, freeze, 3}, whole{What::released, freeze, 3};
    CHECK(has(views::release_done(whole, {}), "Released"));
    CHECK(has(views::release_done(half, {}), "one more approver releases it"));
    CHECK_FALSE(has(views::release_done(half, {}), "does not any more"));
    const std::set<SlackUserId> lapsed{SlackUserId{"U0LEA"}, SlackUserId{"U0LEN"}};
    CHECK(has(views::release_done(half, lapsed), "That of <@U0LEA> and <@U0LEN> does not any more"));
    const FreezeSwitch held{3, freeze};
    CHECK(has(views::release_refused(ReleaseFault::not_frozen, held), "is released already"));
    CHECK(has(views::release_refused(ReleaseFault::other_freeze, held), "belongs to an earlier freeze. *Frozen* by"));
    CHECK(has(views::release_refused(ReleaseFault::released_before, held), "you have released it already"));
}

TEST_CASE("what somebody may do follows from their groups", "[views]")
{
    CHECK(views::rights_words(member({Role::support})) == "You can ask for password resets.");
    CHECK(
        views::rights_words(member({Role::implementation})) ==
        "You can ask for password resets, ask for first passwords.");
    CHECK(views::rights_words(member({Role::approver})) == "You can decide requests of others, and stop everything.");
    CHECK(views::rights_words(member({Role::escalation})) == "You can decide what was passed on to you.");
    CHECK(views::rights_words(member({Role::auditor})) == "You can look at what ended.");
    CHECK(has(views::rights_words(member({})), "none of the user groups"));
    CHECK(has(views::rights_words(member({Role::support}, MemberStatus::guest)), "You cannot use Countersign. Guests"));
}

TEST_CASE("a window about a request is titled by how it stands", "[views]")
{
    const auto title = [](const Request& request) {
        return std::string{views::result_view(request, sample_settings()).at("title").at("text").as_string()};
    };
    CHECK(title(sample_request(State::pending)) == "A team lead is asked");
    CHECK(title(sample_request(State::unknown)) == "Outcome unknown");
    for (const State state : {State::approved, State::executing, State::checking, State::changed})
        CHECK(title(sample_request(state)) == "Request");
    for (const State state : {State::denied, State::cancelled, State::expired, State::failed})
        CHECK(title(sample_request(state)) == "Nothing was changed");
}

TEST_CASE("a page of the Home goes on when any one of its lists does", "[views]")
{
    const int list = GENERATE(0, 1, 2);
    const bool is_long = GENERATE(true, false);
    INFO(list << " " << is_long);
    views::HomeContent content{SlackUserId{"U0ADA"}, member({Role::support, Role::approver, Role::auditor})};
    std::vector<Request> requests;
    for (int i = 0; i < views::home_page_size + (is_long ? 1 : 0); ++i)
    {
        requests.push_back(sample_request(list == 2 ? State::denied : State::pending));
        requests.back().id = RequestId{"cs-" + std::to_string(i)};
    }
    (list == 0 ? content.waiting : list == 1 ? content.own : content.ended) = requests;
    const std::string home = json::serialize(views::home(content, sample_settings()));
    CHECK(has(home, "home.page.on") == is_long);
    CHECK_FALSE(has(home, "home.page.back"));
    CHECK(has(home, "Decide on the cards in") == (list == 0));
    CHECK(has(home, "Nothing waits.") == (list != 0));
    CHECK(has(home, "You have asked for nothing yet.") == (list != 1));
    CHECK(has(home, "Nothing ended.") == (list != 2));
}

TEST_CASE("the Home offers for an own request what can still be done with it", "[views]")
{
    for (const State state : every_state)
    {
        INFO(name_of(state));
        views::HomeContent content{SlackUserId{"U0ADA"}, member({Role::support})};
        content.own = {sample_request(state)};
        const std::string home = json::serialize(views::home(content, sample_settings()));
        CHECK(has(home, "request.complete") == (state == State::choosing));
        CHECK(has(home, "request.remind") == (state == State::pending));
        CHECK(has(home, "request.details"));
    }
    views::HomeContent lead{SlackUserId{"U0ADA"}, member({Role::approver})};
    lead.waiting = {sample_request()};
    CHECK(has(json::serialize(views::home(lead, sample_settings())), "your own: somebody else decides"));
    lead.user = SlackUserId{"U0LEA"};
    CHECK_FALSE(has(json::serialize(views::home(lead, sample_settings())), "your own: somebody else decides"));
}

TEST_CASE("a group whose id is none of Slack's is not mentioned", "[views]")
{
    Settings settings = sample_settings();
    settings.approval.approvers.groups = {SlackGroupId{"S1> <!channel"}, SlackGroupId{"S0LEADS"}};
    const std::string line = views::thread_line(sample_request(), ThreadLine::reminder, settings).text;
    CHECK(has(line, "<!subteam^S0LEADS> "));
    CHECK_FALSE(has(line, "<!channel"));
}

TEST_CASE("a line about an account that is to be made says so", "[views]")
{
    Request request = sample_request();
    CHECK(has(views::requester_words(request, sample_settings()), "Found `Ada Byron`"));
    request.purpose = Purpose::first_password;
    request.account.reset();
    request.names = GivenNames{"Grace", "Hopper"};
    CHECK(
        has(views::requester_words(request, sample_settings()),
            "No account yet for `ada@acme.example`: one for `Grace Hopper` is to be made"));
}

TEST_CASE("how the caller was verified is asked for where there is a method", "[views]")
{
    Settings settings = sample_settings();
    CHECK(has(json::serialize(views::request_form(Draft{}, settings)), "How the caller was verified"));
    settings.verification.methods.clear();
    CHECK_FALSE(has(json::serialize(views::request_form(Draft{}, settings)), "How the caller was verified"));
    Request request = sample_request(State::choosing);
    CHECK_FALSE(has(json::serialize(views::choose_form(request, settings)), "How the caller was verified"));
}
