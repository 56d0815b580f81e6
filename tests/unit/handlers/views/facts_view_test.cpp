#include "handlers/slack/block_kit.hpp"
#include "handlers/views/card.hpp"
#include "handlers/views/details.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/risk_words.hpp"
#include "handlers/views/thread.hpp"
#include "tests/support/text.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;

// What is told of a request and its account, fact by fact.
namespace {

std::string card_of(const Request& request)
{
    const slack::Message card = views::card(request, sample_settings());
    return json::serialize(card.blocks) + card.text;
}

std::string details_of(const Request& request)
{
    return json::serialize(views::details(request, sample_settings(), {}));
}

}  // namespace

TEST_CASE("a length of time is told in the largest unit that fits, and never as nothing", "[views]")
{
    CHECK(views::duration(0s) == "1 minute");
    CHECK(views::duration(1s) == "1 minute");
    CHECK(views::duration(60s) == "1 minute");
    CHECK(views::duration(61s) == "2 minutes");
    CHECK(views::duration(59min) == "59 minutes");
    CHECK(views::duration(1h) == "1 hour");
    CHECK(views::duration(90min) == "90 minutes");
    CHECK(views::duration(23h) == "23 hours");
    CHECK(views::duration(24h) == "1 day");
    CHECK(views::duration(25h) == "25 hours");
    CHECK(views::duration(48h) == "2 days");
}

TEST_CASE("a person is called by both names, else by the account's, else not at all", "[views]")
{
    Request request = sample_request();
    CHECK(views::person(request) == "`Ada Byron`");
    request.account->family_name.clear();
    CHECK(views::person(request) == "`Ada`");
    request.account->given_name.clear();
    request.account->name = "The Countess";
    CHECK(views::person(request) == "`The Countess`");
    request.account.reset();
    CHECK(views::person(request) == "somebody without a name");
    request.asked = false;
    CHECK(views::person(request) == "somebody whose name is not known");
}

TEST_CASE("who approved is named, all of them, and in requests of the first version the one who decided", "[views]")
{
    Request request = sample_request(State::changed);
    CHECK(views::approvers(request) == "<@U0LEA>");
    request.approvals.push_back(Decision{SlackUserId{"U0LEN"}, drawn_at});
    CHECK(views::approvers(request) == "<@U0LEA> and <@U0LEN>");
    request.approvals.clear();
    CHECK(views::approvers(request) == "<@U0LEA>");
    request.decision.reset();
    CHECK(views::approvers(request).empty());
}

TEST_CASE("how the caller was verified is told by its label, by its id when that is gone, or as nothing", "[views]")
{
    Request request = sample_request();
    CHECK(
        views::verification(request, sample_settings()) ==
        "Called back at the number on record\n`spoke with Ada herself`");
    request.verification->note.clear();
    CHECK(views::verification(request, sample_settings()) == "Called back at the number on record");
    request.verification->method = "gone";
    CHECK(views::verification(request, sample_settings()) == "`gone`");
    request.verification.reset();
    CHECK(views::verification(request, sample_settings()) == "_nothing recorded_");
}

TEST_CASE("facts that are missing are said to be", "[views]")
{
    Request request = sample_request();
    CHECK(views::reason(request) == "`locked out since Monday`");
    request.reason.clear();
    CHECK(views::reason(request) == "_no reason given_");
    CHECK(views::when(std::nullopt, "never") == "never");
    CHECK(views::when(drawn_at, "never") == slack::date(drawn_at));
    CHECK(views::list({}).empty());
    CHECK(views::list({"one"}) == "one");
    CHECK(views::list({"one", "<two>"}) == "one; &lt;two&gt;");
    request.case_number.clear();
    CHECK(has(details_of(request), "*Ticket*\\n_none_"));
    CHECK_FALSE(has(card_of(request), "ticket"));
    CHECK(has(details_of(sample_request()), "*Ticket*\\n`CS-1815`"));
    CHECK(has(card_of(sample_request()), " · ticket `CS-1815`"));
}

TEST_CASE("what a request is about is a reset, a first password or a new account", "[views]")
{
    Request request = sample_request();
    CHECK(views::kind(request) == "password reset");
    request.purpose = Purpose::first_password;
    CHECK(views::kind(request) == "first password");
    request.account.reset();
    CHECK(views::kind(request) == "new account");
    request.asked = false;
    CHECK(views::kind(request) == "first password");
}

TEST_CASE("what became of a block stands on the card", "[views]")
{
    struct Row
    {
        State state;
        AfterChange reblock;
        const char* words;
    };
    const auto row = GENERATE(
        Row{State::pending, AfterChange::not_needed, "it stays blocked"},
        Row{State::changed, AfterChange::waiting, "putting it back"},
        Row{State::changed, AfterChange::sending, "putting it back"},
        Row{State::changed, AfterChange::done, "it was put back"},
        Row{State::changed, AfterChange::failed, "block the account in Auth0 by hand"},
        Row{State::changed, AfterChange::not_in_plan, "block the account in Auth0 by hand"},
        Row{State::unknown, AfterChange::done, "it was made sure that it still is"},
        Row{State::unknown, AfterChange::failed, "it could not be made sure that it still is"});
    Request request = sample_request(row.state);
    CHECK(has(details_of(request), "*Blocked*\\nNo"));
    CHECK_FALSE(has(card_of(request), "Blocked"));
    request.account->blocked = true;
    request.reblock = row.reblock;
    CHECK(has(details_of(request), row.words));
    CHECK_FALSE(has(details_of(request), "*Blocked*\\nNo"));
    // While it waits its signal says so.
    CHECK(has(card_of(request), row.words) == (row.state != State::pending));
}

TEST_CASE("names that the requester entered stand beside those of Auth0", "[views]")
{
    Request request = sample_request();
    CHECK_FALSE(has(card_of(request), "entered by the requester"));
    request.names = GivenNames{"Ada", "Byron"};
    CHECK_FALSE(has(card_of(request), "entered by the requester"));
    for (const auto& names : {GivenNames{"Augusta", "Byron"}, GivenNames{"Ada", "King"}})
    {
        request.names = names;
        CHECK(has(card_of(request), "entered by the requester; Auth0 has `Ada Byron`"));
    }
    request.account->given_name.clear();
    request.account->family_name.clear();
    CHECK(has(card_of(request), "entered by the requester; Auth0 has no names"));
}

TEST_CASE("a card that waits says who, whose and why, and only what is unusual besides", "[views]")
{
    Request request = sample_request();
    const slack::Message plain = views::card(request, sample_settings());
    REQUIRE(plain.blocks.size() == 3);  // three lines, where to refer to, buttons
    const std::string lines{plain.blocks[0].at("text").at("text").as_string()};
    CHECK(std::count(lines.begin(), lines.end(), '\n') == 2);
    CHECK(has(lines, "*Waiting* · <@U0ADA> asks for a password reset\n`Ada Byron` · `ada@acme.example`\n"));
    CHECK(lines.ends_with(
        "Why: `locked out since Monday` · ticket `CS-1815` · verified: Called back at the number on record"));

    request.account->email_verified = false;
    request.connection = "Partners";
    request.tier = "key";
    request.approvals_needed = 2;
    request.cooling = 2h;
    request.format = PasswordFormat::link;
    CHECK(has(card_of(request), "Partners (not the usual one)"));
    CHECK(has(card_of(request), "`key` · 2 approvals · waits 2 hours after the approval"));
    CHECK(has(card_of(request), "Sets a password-change link for the customer"));
    CHECK(has(details_of(request), "`ada@acme.example` (not verified)"));
    request.verification.reset();
    CHECK(has(card_of(request), "*caller not verified*"));
    Settings nobody_is_asked = sample_settings();
    nobody_is_asked.verification.methods.clear();
    CHECK_FALSE(has(json::serialize(views::card(request, nobody_is_asked).blocks), "verified"));
    request.account->last_login.reset();
    request.account->last_password_reset.reset();
    CHECK(has(details_of(request), "*Last login*\\nnever signed in"));
    CHECK(has(details_of(request), "*Last reset*\\nnever"));
}

TEST_CASE("a card that is decided is short", "[views]")
{
    for (const State state :
         {State::changed, State::denied, State::expired, State::failed, State::unknown, State::cancelled})
    {
        INFO(name_of(state));
        const slack::Message card = views::card(sample_request(state), sample_settings());
        CHECK(card.blocks.size() == 3);
        CHECK_FALSE(has(json::serialize(card.blocks), "locked out since Monday"));
        CHECK(has(json::serialize(card.blocks), "request.details"));
    }
}

TEST_CASE("the approvers are called when a card is posted, and by no later drawing", "[views]")
{
    const auto drawn = [](const Request& request, views::Audience audience) {
        const slack::Message card = views::card(request, sample_settings(), {}, audience);
        return json::serialize(card.blocks) + card.text;
    };
    CHECK(has(drawn(sample_request(), views::Audience::called), "<!subteam^S0LEADS> <@U0LEA> *Waiting*"));
    CHECK(has(drawn(sample_request(), views::Audience::called), "]<!subteam^S0LEADS>"));
    CHECK_FALSE(has(drawn(sample_request(), views::Audience::present), "subteam"));
    CHECK_FALSE(has(drawn(sample_request(State::denied), views::Audience::called), "subteam"));
}

TEST_CASE("signals are shown as long as there is room, and that there are more is said", "[views]")
{
    Request request = sample_request();
    CHECK_FALSE(has(card_of(request), "Look twice"));
    request.risk_notes = {RiskNote{"blocked", {}}};
    CHECK(has(card_of(request), "*Look twice*\\n• The account is blocked"));
    CHECK_FALSE(has(card_of(request), "and more"));
    for (int i = 0; i < 80; ++i) request.risk_notes.push_back(RiskNote{"not_verified", {}});
    const std::string card = card_of(request);
    CHECK(has(card, "• and more"));
    // Of 2,500 bytes nearly all are used.
    std::size_t shown = 0;
    for (auto at = card.find("is not verified"); at != std::string::npos; at = card.find("is not verified", at + 1))
        ++shown;
    CHECK(shown >= 50);
    CHECK(shown < 80);
}

TEST_CASE("numbers and times of a signal are those that it was noted with", "[views]")
{
    CHECK(has(views::risk_words(RiskNote{"other_accounts", "3"}), "address: 3"));
    CHECK(has(views::risk_words(RiskNote{"many_requests", "4"}), "number 4 of this person"));
    const std::string at = std::to_string(to_unix_ms(drawn_at));
    CHECK(has(views::risk_words(RiskNote{"reset_lately", at}), slack::date(drawn_at)));
    CHECK(
        views::risk_words(RiskNote{"same_decider", "U0LEA 6 7"}) ==
        "<@U0LEA> decided 6 of this requester's last 7 requests within 30 days");
    CHECK(has(views::risk_words(RiskNote{"same_decider", "<x> 6 7"}), "`&lt;x&gt;` decided 6"));
    CHECK(views::risk_list({RiskNote{"blocked", {}}, RiskNote{"not_verified", {}}}).find("\n• ") != std::string::npos);
}

TEST_CASE("the history in the details tells each thing that happened, and nothing that did not", "[views]")
{
    Request request = sample_request(State::pending);
    const std::string plain = details_of(request);
    for (const char* absent :
         {"approved by", "passed on", "reminders", "may begin", "was begun", "was shown", "denied by", "cancelled by"})
    {
        INFO(absent);
        CHECK_FALSE(has(plain, absent));
    }
    CHECK(has(plain, "it expires if nobody decides"));
    request = sample_request(State::changed);
    request.escalated_at = drawn_at;
    request.reminders = 3;
    request.reminded_at = drawn_at;
    request.change_from = drawn_at;
    request.intent = Intent{drawn_at, std::nullopt, false, 0, false, std::nullopt};
    Handover handover;
    request.handover = handover;
    CHECK_FALSE(has(details_of(request), "was shown"));
    request.handover->shown_at = drawn_at;
    const std::string full = details_of(request);
    for (const char* present :
         {"approved by <@U0LEA>", "passed on to the second group", "the last of 3 reminders", "the change may begin",
          "the change was begun", "the password was shown to the requester", "*Done*"})
    {
        INFO(present);
        CHECK(has(full, present));
    }
    CHECK_FALSE(has(full, "it expires"));
    request.format = PasswordFormat::link;
    CHECK(has(details_of(request), "the link was shown to the requester"));
    // As requests of the first version have it.
    CHECK(has(full, "> · approved by <@U0LEA>"));
    request.approvals.clear();
    CHECK(has(details_of(request), "> · approved by <@U0LEA>"));
}

TEST_CASE("the details of what was denied or cancelled name who did it, once, and approve nothing", "[views]")
{
    for (const State state : {State::denied, State::cancelled})
    {
        const Request request = sample_request(state);
        const std::string by = state == State::denied ? "denied by <@U0LEA>" : "cancelled by <@U0ADA>";
        CHECK(has(details_of(request), " · " + by));
        CHECK_FALSE(has(details_of(request), "approved by"));
        CHECK_FALSE(has(details_of(request), " · *Denied*\\n"));
    }
}

TEST_CASE("the details hold more than the card: age, logins, telephone, id, approvals, reference", "[views]")
{
    Request request = sample_request();
    const std::string all = details_of(request);
    for (const char* fact :
         {"*Account since*\\n<!date^", "*Logins*\\n7", "*Telephone*\\n`+44 20 7946 0018`", "*Auth0 id*\\n`auth0|1815`",
          "*Approvals needed*\\n1", "*Request*\\n`cs-7k3m9p2xq4ab`"})
    {
        INFO(fact);
        CHECK(has(all, fact));
    }
    request.account->phone_number.clear();
    request.account->created_at.reset();
    CHECK(has(details_of(request), "*Telephone*\\nnone"));
    CHECK(has(details_of(request), "*Account since*\\nnot known"));
    request.asked = false;
    CHECK_FALSE(has(details_of(request), "Approvals needed"));
}

TEST_CASE("each step after a change is told with its result, and no step that there was not", "[views]")
{
    struct Row
    {
        const char* step;
        const char* name;
        const char* done;
        const char* failed;
    };
    const auto row = GENERATE(
        Row{"mark_must_change", "Own password at the next sign-in", "demanded", "*not confirmed*: ask the owner"},
        Row{"revoke_tokens", "Apps that stay signed in", "signed out", "*not signed out*"},
        Row{"end_sessions", "Open browser sessions", "ended", "*not ended*"},
        Row{"tell_owner", "Mail to the account's owner", "sent by Auth0", "*no proof that it was sent*"});
    const auto told = [&row](AfterChange result) {
        Request request = sample_request(State::changed);
        request.after_change = {{row.step, result}};
        return views::thread(request).text;
    };
    const std::string name = "\n• " + std::string{row.name} + ": ";
    CHECK(told(AfterChange::done).ends_with(name + row.done));
    CHECK(has(told(AfterChange::failed), name + row.failed));
    CHECK(told(AfterChange::waiting).ends_with(name + "in progress"));
    CHECK(told(AfterChange::sending).ends_with(name + "in progress"));
    CHECK(has(told(AfterChange::not_in_plan), name + "not done: the Auth0 plan"));
    CHECK(has(told(AfterChange::not_needed), name + "not needed"));
    CHECK(told(AfterChange::done).find("• ") == told(AfterChange::done).rfind("• "));
}

TEST_CASE("a limit is told by its window, its number and its end", "[views]")
{
    const auto [of, requests, length, words] = GENERATE(table<RequestWindow::Of, int, std::chrono::hours, std::string>(
        {{RequestWindow::Of::person, 1, 1h, "You may make 1 request within an hour, and you have."},
         {RequestWindow::Of::person, 5, 24h, "You may make 5 requests within 24 hours, and you have."},
         {RequestWindow::Of::account, 1, 1h, "There may be 1 request for one account within an hour, and there was."},
         {RequestWindow::Of::account, 5, 24h,
          "There may be 5 requests for one account within 24 hours, and there were."},
         {RequestWindow::Of::look_ups, 5, 1h,
          "You may have 5 addresses looked up within an hour, found or not, and you have."},
         {RequestWindow::Of::everybody, 5, 24h,
          "All people together may make 5 requests within 24 hours, and they have."}}));
    const Refusal refusal = views::limit_refusal(ReachedLimit{of, FullWindow{requests, length, drawn_at}});
    CHECK(refusal.words == words + " The next one is possible from " + slack::date(drawn_at) + " on.");
    CHECK(refusal.again_at == drawn_at);
    CHECK(refusal.code == name_of(of));
}

TEST_CASE("a freeze is told by who froze, why, and whose release is missing, and has no end that is known", "[views]")
{
    Freeze freeze{SlackUserId{"U0LEAD"}, drawn_at, "leak", {}};
    const Refusal refusal = views::frozen_refusal(freeze);
    CHECK(refusal.code == "frozen");
    CHECK(has(refusal.words, "*Frozen* by <@U0LEAD> since " + slack::date(drawn_at) + ": `leak`"));
    CHECK(has(refusal.words, "nobody has yet"));
    CHECK_FALSE(refusal.again_at);
    freeze.releases.push_back(Decision{SlackUserId{"U0LEAD2"}, drawn_at});
    CHECK(has(views::frozen_refusal(freeze).words, "<@U0LEAD2> has, so that one more is needed."));
}

TEST_CASE("a card that needs two approvals says how many are there", "[views]")
{
    Request request = sample_request();
    CHECK_FALSE(has(card_of(request), "needs"));
    request.approvals_needed = 2;
    CHECK(has(card_of(request), "needs 2 approvals"));
    request.approvals = {Decision{SlackUserId{"U0LEA"}, drawn_at}};
    CHECK(has(card_of(request), "approved by <@U0LEA>, needs 1 more"));
}
