#include "handlers/rules/claim.hpp"
#include "handlers/views/card.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/outcome.hpp"
#include "handlers/views/requester_line.hpp"
#include "handlers/views/words.hpp"
#include "tests/standins/slack/block_kit.hpp"
#include "tests/unit/handlers/views/drawn.hpp"
#include "tests/unit/handlers/views/given_up_kinds.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using countersign::test::faults_of;
using namespace countersign::rules;
namespace json = boost::json;

namespace {

const std::vector<State> card_states = {State::pending, State::approved, State::executing, State::checking,
                                        State::changed, State::denied,   State::cancelled, State::expired,
                                        State::failed,  State::unknown};

Settings settings() { return Settings{{SlackTeamId{"T1"}}, ChannelId{"C0APPROVE"}, ChannelId{"C0AUDIT"}}; }

Request request_in(State state)
{
    const TimePoint at = from_unix_ms(1'763'800'000'000);
    ReplyPath reply{Sealed{"x"}, at, ChannelId{"C1"}};
    Request request{RequestId{"cs-7k3m9p2xq4ab"}, SlackUserId{"U0ADA"}, Email{"ada@acme.example"}, reply, at};
    request.state = state;
    request.reason = "forgot it";
    request.expires_at = at + std::chrono::hours{4};
    Account account{Auth0UserId{"auth0|1"}};
    account.given_name = "Ada";
    account.family_name = "Byron";
    account.email_verified = true;
    account.database_connections = {"Username-Password-Authentication"};
    request.account = account;
    if (state != State::pending && state != State::expired) request.decision = Decision{SlackUserId{"U0LEA"}, at};
    if (state == State::failed) request.ending = Ending::password_too_weak;
    if (state == State::unknown) request.ending = Ending::answer_lost;
    return request;
}

// Names, reasons and ids as long and as hostile as they come.
Request hostile(State state)
{
    Request request = request_in(state);
    std::string name;
    for (int i = 0; i < 100; ++i) name += "\U0001F980<&";
    request.account->given_name = name;
    request.account->family_name = "<!channel> `code` *bold*\n> quote";
    request.account->database_connections = {std::string(400, '&')};
    request.reason = "<!channel> \u202egnp.exe <https://evil.example|portal> " + std::string(400, '<');
    request.lookalikes = {std::string(5000, '>')};
    for (std::size_t i = 0; i < claims_max; ++i)
        request.claims.push_back(Decision{SlackUserId{"U" + std::string(20, 'A')}, request.created_at});
    request.email = Email{std::string(64, 'a') + "@" + std::string(180, 'b') + ".example"};
    return request;
}

}  // namespace

TEST_CASE("every view keeps to Slack's limits, however long and hostile the words of others are", "[views]")
{
    const AuditMark mark{7, std::string(64, 'f')};
    for (const State state : card_states)
        for (const Request& request : {request_in(state), hostile(state)})
        {
            INFO(name_of(state));
            for (const slack::Message& message :
                 {views::card(request, settings()), views::outcome_for_requester(request),
                  views::outcome_for_audit(request, mark, settings()), views::requester_line(request, settings()),
                  views::trouble(request, test::given_up({"card", "handover_close", "announce"}), true),
                  views::looking_up(request)})
            {
                CHECK(faults_of(message) == std::vector<std::string>{});
                CHECK_FALSE(message.text.empty());
                CHECK(message.text.size() < 4000);
            }
        }
}

TEST_CASE("no text of a person can mention, link or notify", "[views]")
{
    for (const State state : card_states)
    {
        const Request request = hostile(state);
        const slack::Message card = views::card(request, settings());
        const std::string drawn = json::serialize(card.blocks) + card.text;
        CHECK(drawn.find("<!channel") == std::string::npos);
        CHECK(drawn.find("<https") == std::string::npos);
        CHECK(drawn.find("\u202e") == std::string::npos);
    }
}

TEST_CASE("a card can be decided while it waits, and at no other time", "[views]")
{
    for (const State state : card_states)
    {
        const std::string drawn = json::serialize(views::card(request_in(state), settings()).blocks);
        CHECK((drawn.find("request.approve") != std::string::npos) == (state == State::pending));
    }
}

TEST_CASE("a card begins with the word of its state", "[views]")
{
    for (const State state : card_states)
    {
        const slack::Message card = views::card(request_in(state), settings());
        const std::string word{views::state_word(state)};
        CHECK(card.text.rfind(word + ":", 0) == 0);
        CHECK(json::serialize(card.blocks.at(0)).find("*" + word + "*") != std::string::npos);
    }
}

TEST_CASE("the audit message masks the account, and tells row and head of the log", "[views]")
{
    const AuditMark mark{42, std::string(64, 'a')};
    const slack::Message message = views::outcome_for_audit(request_in(State::changed), mark, settings());
    const std::string drawn = json::serialize(message.blocks) + message.text;
    CHECK(drawn.find("ada@acme.example") == std::string::npos);
    CHECK(drawn.find("a\u2026a@acme.example") != std::string::npos);
    CHECK(drawn.find("42") != std::string::npos);
    CHECK(drawn.find(mark.hash) != std::string::npos);
}

TEST_CASE("no message about a changed password holds it", "[views]")
{
    const Request request = request_in(State::changed);
    const AuditMark mark{1, std::string(64, '0')};
    for (const slack::Message& message :
         {views::card(request, settings()), views::outcome_for_requester(request),
          views::outcome_for_audit(request, mark, settings()), views::requester_line(request, settings())})
    {
        const std::string drawn = json::serialize(message.blocks) + message.text;
        CHECK(drawn.find("$Ada!Byron$!") == std::string::npos);
        CHECK(drawn.find("$Ada") == std::string::npos);
    }
}

TEST_CASE("every refusal says that nothing happened", "[views]")
{
    for (const Denial denial :
         {Denial::rights_unknown, Denial::other_workspace, Denial::deactivated, Denial::guest, Denial::bot,
          Denial::not_a_requester, Denial::own_account, Denial::own_account_unknown})
        CHECK(views::not_allowed_to_ask(denial).find("Nothing was requested.") == 0);
    for (const Denial denial :
         {Denial::rights_unknown, Denial::other_workspace, Denial::deactivated, Denial::guest, Denial::bot,
          Denial::not_an_approver, Denial::own_request, Denial::own_account, Denial::own_account_unknown})
        CHECK(views::not_allowed_to_decide(denial).find("Nothing was decided.") == 0);
}

TEST_CASE("a late click is told who decided and when", "[views]")
{
    const std::string words = views::decided_already(request_in(State::denied));
    CHECK(words.find("denied by <@U0LEA>") != std::string::npos);
    CHECK(words.find("<!date^") != std::string::npos);
}
