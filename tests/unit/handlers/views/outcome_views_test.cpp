#include "handlers/passwords/password_policy.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/views/ending_words.hpp"
#include "handlers/views/handover_view.hpp"
#include "handlers/views/outcome.hpp"
#include "handlers/views/thread.hpp"
#include "handlers/views/words.hpp"
#include "tests/standins/slack/block_kit.hpp"
#include "tests/support/snapshot.hpp"
#include "tests/support/text.hpp"
#include "tests/unit/handlers/views/drawn.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::passwords;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

const AuditMark mark{1815, std::string(64, 'a')};
constexpr std::array ended_states = {State::changed, State::denied, State::cancelled, State::expired,
                                     State::refused, State::failed, State::unknown};
constexpr std::array formats = {PasswordFormat::sop, PasswordFormat::passphrase, PasswordFormat::link};

struct Named
{
    std::string name;
    HandoverState state;
    bool is_certain = true;
    bool is_closed = false;
};
const std::vector<Named> hand_overs = {
    {"ready", HandoverState::ready},
    {"opening", HandoverState::opening},
    {"shown", HandoverState::shown},
    {"may_be_shown", HandoverState::shown, false},
    {"reopening", HandoverState::reopening},
    {"closed", HandoverState::shown, true, true},
    {"may_have_been_shown", HandoverState::shown, false, true},
    {"expired", HandoverState::expired, true, true},
    {"destroyed", HandoverState::destroyed, true, true},
};

Request with_handover(Request request, const Named& named)
{
    Handover handover;
    handover.state = named.state;
    handover.is_certain = named.is_certain;
    handover.is_closed = named.is_closed;
    handover.until = drawn_at + 19min;
    const bool was_pressed = named.state == HandoverState::shown || is_opening(handover);
    if (was_pressed) handover.shown_at = drawn_at + 6min;
    request.handover = handover;
    request.after_change = {{"mark_must_change", AfterChange::done}};
    return request;
}

// As Slack would see it: with texts as long as secrets become in the places.
std::vector<std::string> faults_of(const slack::SecretView& view)
{
    std::string text = json::serialize(view.view);
    for (std::size_t index = 0; index < view.secrets.size(); ++index)
    {
        const std::string place = json::serialize(
            json::string{json::string_view{slack::secret_place(index).data(), slack::secret_place(index).size()}});
        const std::string put = json::serialize(json::string{view.secrets[index].expose()});
        text.replace(text.find(place), place.size(), put);
    }
    return standins::slack::check_view(json::parse(text).as_object());
}

std::string all_of(const json::value& view) { return json::serialize(view); }

}  // namespace

TEST_CASE("what the requester and the audit channel are told is as it was reviewed", "[views][snapshots]")
{
    for (const State state : ended_states)
    {
        Request request = sample_request(state);
        if (state == State::refused) request.ending = Ending::account_not_found;
        const std::string name{name_of(state)};
        CHECK(snapshot_fault("dm_" + name, drawn(views::outcome_for_requester(request))) == "");
        CHECK(snapshot_fault("audit_" + name, drawn(views::outcome_for_audit(request, mark, sample_settings()))) == "");
    }
    Request many = sample_request(State::changed);
    many.purpose = Purpose::first_password;
    many.format = PasswordFormat::passphrase;
    many.tier = "key customers";
    many.approvals.push_back(Decision{SlackUserId{"U0LEN"}, drawn_at});
    many.reblock = AfterChange::failed;
    CHECK(snapshot_fault("audit_two_approvals", drawn(views::outcome_for_audit(many, mark, sample_settings()))) == "");
}

TEST_CASE("every stage of a hand-over is as it was reviewed", "[views][snapshots]")
{
    for (const Named& named : hand_overs)
    {
        Request request = with_handover(sample_request(State::changed), named);
        CHECK(snapshot_fault("dm_handover_" + named.name, drawn(views::outcome_for_requester(request))) == "");
        request.format = PasswordFormat::link;
        CHECK(snapshot_fault("dm_link_" + named.name, drawn(views::outcome_for_requester(request))) == "");
    }
    Request request = with_handover(sample_request(State::changed), hand_overs[1]);
    const Settings settings = sample_settings();
    CHECK(snapshot_fault("modal_password", sent(views::handover(request, settings, Secret{"s"}).view)) == "");
    CHECK(snapshot_fault("modal_spelled", sent(views::spelled(request, settings, Secret{"s"}).view)) == "");
    CHECK(snapshot_fault("modal_over", sent(views::handover_over(request, 1))) == "");
    CHECK(snapshot_fault("modal_moved", sent(views::handover_moved(request, 1))) == "");
    CHECK(snapshot_fault("modal_checking", sent(views::handover_checking(request))) == "");
    request.format = PasswordFormat::link;
    CHECK(snapshot_fault("modal_link", sent(views::handover(request, settings, Secret{"s"}).view)) == "");
}

TEST_CASE("the report about the steps after a change is as it was reviewed", "[views][snapshots]")
{
    Request request = sample_request(State::changed);
    request.after_change = {
        {"mark_must_change", AfterChange::done},
        {"revoke_tokens", AfterChange::not_in_plan},
        {"end_sessions", AfterChange::failed},
        {"tell_owner", AfterChange::waiting}};
    CHECK(snapshot_fault("thread_after_care", drawn(views::thread(request))) == "");
}

TEST_CASE("messages about an outcome keep to Slack's limits, however hostile the words of others are", "[views]")
{
    const Settings settings = sample_settings();
    for (const State state : ended_states)
        for (const PasswordFormat format : formats)
            for (const Named& named : hand_overs)
            {
                Request request = with_handover(hostile_request(state), named);
                request.format = format;
                request.reblock = AfterChange::failed;
                for (const slack::Message& message :
                     {views::outcome_for_requester(request), views::outcome_for_audit(request, mark, settings),
                      views::thread(request)})
                {
                    INFO(name_of(state) << " " << named.name);
                    CHECK(faults_of(message) == std::vector<std::string>{});
                    CHECK(message.text.size() < slack::limits::message_text);
                    CHECK_FALSE(message.text.empty());
                    const std::string all = all_of(drawn(message));
                    CHECK_FALSE(has(all, "<!channel"));
                    CHECK_FALSE(has(all, "<https"));
                    CHECK_FALSE(has(all, "\u202e"));
                }
            }
}

TEST_CASE("the window with the password keeps to Slack's limits with the longest password", "[views]")
{
    const Settings settings = sample_settings();
    std::string longest;
    while (longest.size() + 4 <= password_bytes_max) longest += "\U0001F980";
    for (const std::string& password : {longest, std::string(password_bytes_max, '"'), std::string(72, 'W')})
        for (const PasswordFormat format : formats)
        {
            Request request = with_handover(hostile_request(State::changed), hand_overs[1]);
            request.format = format;
            CHECK(faults_of(views::handover(request, settings, Secret{password})) == std::vector<std::string>{});
            CHECK(faults_of(views::spelled(request, settings, Secret{password})) == std::vector<std::string>{});
            for (const json::object& empty :
                 {views::handover_checking(request), views::handover_over(request, 999),
                  views::handover_moved(request, 1)})
                CHECK(standins::slack::check_view(sent(empty)) == std::vector<std::string>{});
        }
}

TEST_CASE("a name that holds the place of a secret makes no second one", "[views]")
{
    Request request = with_handover(sample_request(State::changed), hand_overs[1]);
    request.names = GivenNames{std::string{slack::secret_place(0)}, std::string{slack::secret_place(1)}};
    const std::string all = all_of(views::handover(request, sample_settings(), Secret{"s"}).view);
    const auto first = all.find("secret 0\\u0001");
    REQUIRE(first != std::string::npos);
    CHECK(all.find("secret 0\\u0001", first + 1) == std::string::npos);
    CHECK(all.find("secret 1\\u0001") == std::string::npos);
}

TEST_CASE("the view of a password holds it nowhere but beside it", "[views]")
{
    const Request request = with_handover(sample_request(State::changed), hand_overs[1]);
    const slack::SecretView view = views::spelled(request, sample_settings(), Secret{"$Ada!Byron$!"});
    CHECK_FALSE(has(all_of(view.view), "$Ada!Byron$!"));
    CHECK_FALSE(has(all_of(view.view), "Alfa"));
    REQUIRE(view.secrets.size() == 2);
    CHECK(view.secrets[0].matches("$Ada!Byron$!"));
    CHECK(has(std::string{view.secrets[1].expose()}, "Alfa"));
}

TEST_CASE("the button is there while the password waits or may be opened again, and at no other time", "[views]")
{
    for (const Named& named : hand_overs)
    {
        const Request request = with_handover(sample_request(State::changed), named);
        const std::string all = all_of(drawn(views::outcome_for_requester(request)));
        const bool is_offered = named.name == "ready" || named.name == "shown" || named.name == "may_be_shown";
        CHECK(has(all, "handover.show") == is_offered);
    }
}

TEST_CASE("the audit channel learns how the caller was verified, and not what was noted about them", "[views]")
{
    const Request request = sample_request(State::changed);
    const std::string all = all_of(drawn(views::outcome_for_audit(request, mark, sample_settings())));
    CHECK(has(all, "Called back at the number on record"));
    CHECK_FALSE(has(all, "spoke with Ada herself"));
    CHECK_FALSE(has(all, "ada@acme.example"));
    CHECK(has(all, "CS-1815"));
}

TEST_CASE("the audit channel is not spoken to as if it had asked", "[views]")
{
    Request request = sample_request(State::refused);
    request.asked = false;
    for (const char* code : {"limit_person", "limit_account", "limit_everybody"})
    {
        request.ending = StoredEnding::named(code);
        request.ending_detail = "You may make 5 requests within an hour, and you have.";
        const std::string told = all_of(drawn(views::outcome_for_audit(request, mark, sample_settings())));
        CHECK_FALSE(has(told, "you have"));
        CHECK(has(told, "limit of requests"));
        CHECK(has(all_of(drawn(views::outcome_for_requester(request))), "you have"));
    }
}

TEST_CASE("every ending that leaves the account as it was says so", "[views]")
{
    for (std::size_t i = 0; i < endings_count; ++i)
    {
        const auto ending = static_cast<Ending>(i);
        INFO(name_of(ending));
        const bool may_have_changed = ending == Ending::changed_by_someone || ending == Ending::answer_lost;
        const bool says_nothing = ending == Ending::none || ending == Ending::unlisted;
        const std::string words{views::ending_words(ending)};
        CHECK(has(words, "othing was changed") != (may_have_changed || says_nothing));
        CHECK(has(words, "no better words") == says_nothing);
    }
}

TEST_CASE("every press that shows nothing says so first", "[views]")
{
    for (const Named& named : hand_overs)
        CHECK(views::not_ready(with_handover(sample_request(State::changed), named)).find("Nothing was shown") == 0);
    for (const std::string& words :
         {views::handover_unknown(), views::not_for_you(), views::frozen_handover("Frozen."),
          views::nothing_shown("rights_unknown"), views::nothing_shown("expired_trigger_id"),
          views::nothing_shown("former_window_open"), views::nothing_shown("nearly_over"),
          views::nothing_shown("too_late"), views::nothing_shown("replaced"),
          views::nothing_shown("credential_corrupt"), views::not_allowed_to_see(Denial::rights_unknown),
          views::not_allowed_to_see(Denial::guest)})
        CHECK(words.find("Nothing was shown") == 0);
}

TEST_CASE("there are words for every reason of the identity provider", "[views]")
{
    for (const char* reason :
         {"account_exists",
          "account_gone",
          "auth0_options_scope_missing",
          "auth0_plan_missing",
          "auth0_scope_missing",
          "connection_disabled",
          "connection_unknown",
          "custom_domain_conflict",
          "foreign_ticket",
          "frozen_too_long",
          "no_email_address",
          "no_passphrase_fits",
          "not_a_database_account",
          "not_a_database_connection",
          "password_has_personal_data",
          "password_too_common",
          "password_too_weak",
          "password_used_before",
          "policy_unknown",
          "approval_too_old"})
    {
        INFO(reason);
        CHECK(ending_named(reason));
    }
}
