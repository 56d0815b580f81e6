// Words about what does not go on by itself: Auth0 away, Slack refusing.
#include "handlers/slack/block_kit.hpp"
#include "handlers/views/refusal_words.hpp"
#include "handlers/views/still_waiting_words.hpp"
#include "handlers/views/waiting_view.hpp"
#include "tests/support/text.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

Request decided(State state)
{
    Request request = sample_request(state);
    request.decision = Decision{SlackUserId{"U0LEA"}, drawn_at + 3min};
    return request;
}

}  // namespace

TEST_CASE("that Auth0 keeps people waiting says what is not done and how long it is tried", "[views]")
{
    const Request looking = sample_request(State::looking_up);
    CHECK(has(views::still_waiting(looking), "Auth0 takes longer than usual"));
    CHECK(has(views::still_waiting(looking), slack::date(looking.updated_at + 10min)));
    Request approved = decided(State::approved);
    CHECK(has(views::still_waiting(approved), "the password is not changed yet"));
    CHECK(has(views::still_waiting(approved), slack::date(drawn_at + 63min)));
    approved.change_from = drawn_at + 30min;
    CHECK(has(views::still_waiting(approved), slack::date(drawn_at + 90min)));
    CHECK(has(views::still_waiting(decided(State::checking)), "not known yet"));
}

TEST_CASE("it stands below what is shown anyway, in messages and in windows", "[views]")
{
    const Request request = sample_request(State::looking_up);
    slack::Message plain{"words"};
    views::add_still_waiting(plain, request);
    CHECK(plain.blocks.empty());
    CHECK(plain.text == "words\n" + views::still_waiting(request));
    slack::Message drawn = slack::message("words", {slack::divider()});
    views::add_still_waiting(drawn, request);
    REQUIRE(drawn.blocks.size() == 2);
    CHECK(has(json::serialize(drawn.blocks.back()), "Auth0 takes longer than usual"));
    json::object window = views::waiting_view(request);
    const std::size_t blocks = window.at("blocks").as_array().size();
    views::add_still_waiting(window, request);
    CHECK(window.at("blocks").as_array().size() == blocks + 1);
    CHECK(has(json::serialize(window), "Auth0 takes longer than usual"));
}

TEST_CASE("what Slack refuses is named with its code, its beginning and what mends it", "[views]")
{
    const auto words = [](std::string_view what, std::string_view reason) {
        return views::slack_refuses(what, reason, drawn_at, sample_settings()).text;
    };
    CHECK(has(words("audit_channel", "not_in_channel"), "*Slack refuses* messages in <#C0AUDIT> since"));
    CHECK(has(words("audit_channel", "not_in_channel"), slack::date(drawn_at)));
    CHECK(has(words("audit_channel", "not_in_channel"), "(`not_in_channel`). Invite Countersign to the channel."));
    CHECK(has(words("approvals_channel", "is_archived"), "<#C0APPROVE>"));
    CHECK(has(words("direct_messages", "messages_tab_disabled"), "direct messages from Countersign"));
    CHECK(has(words("token", "token_revoked"), "Countersign's token"));
    CHECK(has(words("token", "a_code_of_next_year"), "The operator finds the reason"));
}
