#include "handlers/views/choose_form.hpp"
#include "handlers/views/form_fields.hpp"
#include "handlers/views/request_form.hpp"
#include "handlers/views/requester_line.hpp"
#include "handlers/views/waiting_view.hpp"
#include "tests/standins/slack/block_kit.hpp"
#include "tests/support/snapshot.hpp"
#include "tests/unit/handlers/views/drawn.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
namespace json = boost::json;

namespace {

const std::vector<std::string> no_faults;

std::vector<std::string> faults_of_view(const json::object& view) { return standins::slack::check_view(sent(view)); }

Settings strict_settings()
{
    Settings settings = sample_settings();
    settings.fields = {true, true, "CS-##*", "CS-1815"};
    settings.verification.required = true;
    settings.verification.methods.push_back({"in_person", "In person"});
    return settings;
}

const std::vector<Purpose> both{Purpose::reset, Purpose::first_password};

Draft filled(Purpose purpose = Purpose::reset)
{
    Draft draft;
    draft.purpose = purpose;
    draft.email = "ada@acme.example";
    draft.reason = "locked out since Monday";
    draft.case_number = "CS-1815";
    draft.verification = Verification{"in_person", "came to the desk"};
    draft.given_name = "Ada";
    draft.family_name = "Byron";
    return draft;
}

Account account_in(const std::string& id, const std::vector<std::string>& connections)
{
    Account account{Auth0UserId{id}};
    account.email = "ada@acme.example";
    account.given_name = "Ada";
    account.family_name = "Byron";
    account.created_at = drawn_at - std::chrono::hours{24 * 300};
    account.database_connections = connections;
    return account;
}

// Three accounts, of which one holds no password here and one has two places.
Request several()
{
    Request request = sample_request(State::choosing);
    request.asked = false;
    request.account.reset();
    request.connection.clear();
    request.questions = {std::string{question::account}};
    Account used = account_in("auth0|1", {"Customers"});
    used.last_login = drawn_at - std::chrono::hours{50};
    used.logins_count = 3;
    Account blocked = account_in("auth0|2", {"Partners", "Testers"});
    blocked.blocked = true;
    Account social = account_in("google-oauth2|3", {});
    social.other_providers = {"google-oauth2"};
    request.candidates = {used, blocked, social};
    return request;
}

Request asked_for(std::vector<std::string> questions)
{
    Request request = sample_request(State::choosing);
    request.asked = false;
    request.questions = std::move(questions);
    return request;
}

// As many accounts, with names as long, as can be stored.
Request hostile_choice()
{
    Request request = hostile_request(State::choosing);
    request.asked = false;
    request.candidates.clear();
    for (std::size_t i = 0; i < candidates_max; ++i)
    {
        Account account = *request.account;
        account.id = Auth0UserId{"auth0|" + std::to_string(i)};
        account.logins_count = 0;  // so that some can be chosen for either purpose
        account.last_login.reset();
        account.database_connections = {std::string(150, '&'), std::string(150, '<')};
        if (i % 2 == 0) account.database_connections.clear();
        account.other_providers = std::vector<std::string>(20, std::string(100, '<'));
        request.candidates.push_back(account);
    }
    request.questions = {
        std::string{question::account}, std::string{question::names}, std::string{question::verification},
        std::string{question::details}};
    return request;
}

}  // namespace

TEST_CASE("the form for a request is as it was reviewed", "[views][snapshots][intake]")
{
    CHECK(snapshot_fault("request_form_reset", views::request_form(Draft{}, sample_settings())) == "");
    Draft first;
    first.purpose = Purpose::first_password;
    CHECK(snapshot_fault("request_form_first_password", views::request_form(first, sample_settings())) == "");
    CHECK(snapshot_fault("request_form_purpose", views::request_form(Draft{}, sample_settings(), both)) == "");
    CHECK(snapshot_fault("request_form_filled", views::request_form(filled(), strict_settings())) == "");
}

TEST_CASE("the form that asks back is as it was reviewed", "[views][snapshots][intake]")
{
    CHECK(snapshot_fault("choose_form_accounts", views::choose_form(several(), sample_settings())) == "");
    Request unusual = asked_for({std::string{question::names}});
    unusual.account->given_name = "ada";
    CHECK(snapshot_fault("choose_form_names", views::choose_form(unusual, sample_settings())) == "");
    Request unverified = asked_for({std::string{question::verification}});
    unverified.verification.reset();
    CHECK(snapshot_fault("choose_form_verification", views::choose_form(unverified, sample_settings())) == "");
    Request created = asked_for({std::string{question::names}});
    created.purpose = Purpose::first_password;
    created.account.reset();
    CHECK(snapshot_fault("choose_form_new_account", views::choose_form(created, strict_settings())) == "");
}

TEST_CASE("the modal between the forms is as it was reviewed", "[views][snapshots][intake]")
{
    const Settings settings = sample_settings();
    CHECK(snapshot_fault("waiting_view", views::waiting_view(sample_request(State::looking_up))) == "");
    CHECK(snapshot_fault("result_pending", views::result_view(sample_request(), settings)) == "");
    for (const std::string ending : {"account_not_found", "request_already_open", "policy_refuses"})
    {
        Request refused = sample_request(State::refused);
        refused.asked = false;
        refused.account.reset();
        refused.ending = StoredEnding::named(ending);
        if (ending == "policy_refuses") refused.ending_detail = "is shorter than 20 characters.";
        CHECK(snapshot_fault("result_" + ending, views::result_view(refused, settings)) == "");
    }
}

TEST_CASE("the requester's private line is as it was reviewed in every state", "[views][snapshots][intake]")
{
    for (const State state : every_state)
    {
        Request request = sample_request(state);
        request.asked = state != State::looking_up && state != State::choosing && state != State::refused;
        if (state == State::refused) request.ending = Ending::account_not_found;
        const auto line = views::requester_line(request, sample_settings());
        CHECK(snapshot_fault("requester_" + std::string{name_of(state)}, drawn(line)) == "");
    }
}

TEST_CASE("the private line has the buttons that still do something, and no others", "[views][intake]")
{
    for (const State state : every_state)
    {
        INFO(name_of(state));
        const json::value line = drawn(views::requester_line(sample_request(state), sample_settings()));
        const bool waits = state == State::pending, chooses = state == State::choosing;
        CHECK(shows(line, "request.cancel") == (waits || chooses));
        CHECK(shows(line, "request.remind") == waits);
        CHECK(shows(line, "request.complete") == chooses);
    }
}

TEST_CASE("while the change cools, the private line has a cancel button and says until when", "[views][intake]")
{
    Request request = sample_request(State::approved);
    request.change_from = drawn_at + std::chrono::hours{1};
    const json::value line = drawn(views::requester_line(request, sample_settings()));
    CHECK(snapshot_fault("requester_cooling", line) == "");
    CHECK(shows(line, "request.cancel"));
    CHECK_FALSE(shows(line, "request.remind"));
    CHECK(shows(line, "until then you can cancel it"));
}

TEST_CASE("the private line says once when a limit ends, and that a reason was cut", "[views][intake]")
{
    Request request = sample_request(State::refused);
    request.asked = false;
    request.ending = Ending::limit_account;
    request.ending_detail = "The next one is possible from then on.";
    request.again_at = drawn_at;
    const std::string refused = views::requester_words(request, sample_settings());
    CHECK(shows(json::value(refused), "The next one is possible"));
    CHECK_FALSE(shows(json::value(refused), "Try again"));
    Request cut = sample_request();
    CHECK_FALSE(shows(json::value(views::requester_words(cut, sample_settings())), "cut off"));
    cut.reason_was_cut = true;
    CHECK(shows(json::value(views::requester_words(cut, sample_settings())), "longer than 500 characters"));
}

TEST_CASE("a window about what nobody knows does not say that nothing was changed", "[views][intake]")
{
    const json::value view = views::result_view(sample_request(State::unknown), sample_settings());
    CHECK_FALSE(shows(view, "Nothing was changed"));
}

TEST_CASE("an expiry or a cancellation before anybody was asked says that nothing was changed", "[views][intake]")
{
    for (const State state : {State::cancelled, State::expired})
    {
        Request request = sample_request(state);
        request.asked = false;
        request.account.reset();
        CHECK(shows(drawn(views::requester_line(request, sample_settings())), "Nothing was changed"));
        CHECK(shows(views::result_view(request, sample_settings()), "Nothing was changed"));
    }
}

TEST_CASE("what a form is filled with is what it hands back", "[views][intake]")
{
    const json::object form = views::request_form(filled(Purpose::first_password), strict_settings());
    for (const char* typed :
         {"ada@acme.example", "locked out since Monday", "CS-1815", "in_person", "came to the desk",
          "\"initial_value\":\"Ada\"", "\"initial_value\":\"Byron\""})
        CHECK(shows(form, typed));
    const Request request = hostile_choice();
    const json::object choice = views::choose_form(request, sample_settings());
    CHECK(choice.at("external_id").as_string() == request.id.str());
    CHECK(choice.at("private_metadata").as_string() == request.id.str());
    CHECK(choice.at("notify_on_close").as_bool());
}

TEST_CASE("a method that is not offered any more is not chosen in the form", "[views][intake]")
{
    Draft draft = filled();
    draft.verification->method = "gone";
    CHECK_FALSE(shows(views::request_form(draft, strict_settings()), "initial_option"));
}

TEST_CASE("only accounts that are offered can be chosen", "[views][intake]")
{
    const Request request = several();
    const auto chosen = [&request](const std::string& value) { return views::choice_of(request, value); };
    REQUIRE(chosen("0.0"));
    CHECK(chosen("0.0")->account == Auth0UserId{"auth0|1"});
    REQUIRE(chosen("1.1"));
    CHECK(chosen("1.1")->account == Auth0UserId{"auth0|2"});
    CHECK(chosen("1.1")->connection == "Testers");
    for (const char* tampered :
         {"", "0", "0.", ".0", "0.1", "1.2", "2.0", "3.0", "00.0", "0.00", " 0.0", "0.0 ", "-1.0", "0.0\n", "+0.0",
          "18446744073709551616.0", "auth0|1", "0,0", "0.0.0"})
    {
        INFO(tampered);
        CHECK_FALSE(chosen(tampered));
    }
}

TEST_CASE("an account that signed in cannot be chosen for a first password", "[views][intake]")
{
    Request request = several();
    request.purpose = Purpose::first_password;
    CHECK_FALSE(views::choice_of(request, "0.0"));
    CHECK(views::choice_of(request, "1.0"));
    CHECK(shows(views::choose_form(request, sample_settings()), "it has been used before"));
}

TEST_CASE("what does not fit into the list of accounts is not to be chosen either", "[views][intake]")
{
    Request request = several();
    request.candidates.clear();
    for (std::size_t i = 0; i < candidates_max; ++i)
        request.candidates.push_back(account_in("auth0|" + std::to_string(i), {"Customers", "Partners"}));
    const json::object form = views::choose_form(request, sample_settings());
    CHECK(faults_of_view(form) == no_faults);
    for (std::size_t i = 0; i < candidates_max; ++i)
        for (std::size_t j = 0; j < 2; ++j)
        {
            const std::string value = std::to_string(i) + "." + std::to_string(j);
            INFO(value);
            CHECK(shows(form, "\"value\":\"" + value + "\"") == views::choice_of(request, value).has_value());
        }
}

TEST_CASE("what was chosen before is chosen in the form that asks again", "[views][intake]")
{
    Request request = several();
    request.choice = Choice{Auth0UserId{"auth0|2"}, "Testers"};
    const json::value form = views::choose_form(request, sample_settings());
    const std::string text = json::serialize(form);
    const auto at = text.find("initial_option");
    REQUIRE(at != std::string::npos);
    CHECK(text.find("\"value\":\"1.1\"", at) != std::string::npos);
}

TEST_CASE("views for requesters keep to Slack's limits, and hostile words do nothing", "[views][intake]")
{
    for (const State state : every_state)
        for (Request request : {sample_request(state), hostile_request(state), hostile_choice()})
            for (const Purpose purpose : {Purpose::reset, Purpose::first_password})
                for (const bool was_asked : {false, true})
                {
                    INFO(name_of(state));
                    request.state = state;
                    request.purpose = purpose;
                    request.asked = was_asked;
                    const slack::Message line = views::requester_line(request, sample_settings());
                    CHECK(line.text.size() < 4000);
                    CHECK(standins::slack::check_blocks(line.blocks, standins::slack::Surface::message) == no_faults);
                    const json::object waiting = views::waiting_view(request);
                    CHECK(faults_of_view(waiting) == no_faults);
                    const json::object result = views::result_view(request, sample_settings());
                    CHECK(faults_of_view(result) == no_faults);
                    for (const json::value& view : {drawn(line), json::value(waiting), json::value(result)})
                    {
                        CHECK_FALSE(shows(view, "<!channel>"));
                        CHECK_FALSE(shows(view, "<https://evil"));
                        CHECK_FALSE(shows(view, "\u202e"));
                    }
                }
}

TEST_CASE("forms for requesters keep to Slack's limits, whatever was typed or stored", "[views][intake]")
{
    Draft hostile = filled(Purpose::first_password);
    hostile.email = std::string(5000, 'a');
    hostile.reason = "<!channel> \u202e" + std::string(5000, '<');
    hostile.case_number = std::string(500, '&');
    hostile.verification = Verification{std::string(500, 'm'), std::string(5000, 'n')};
    for (int i = 0; i < 300; ++i) hostile.given_name += "\U0001F980";
    hostile.family_name = "\U0001F469\u200d\U0001F52C";
    for (const auto& offered : {std::vector<Purpose>{}, both})
        CHECK(faults_of_view(views::request_form(hostile, strict_settings(), offered)) == no_faults);

    for (Request request : {hostile_choice(), several()})
        for (const Purpose purpose : {Purpose::reset, Purpose::first_password})
        {
            request.purpose = purpose;
            const json::object form = views::choose_form(request, strict_settings());
            CHECK(faults_of_view(form) == no_faults);
            // What was typed stands in the fields as it was; in texts it does nothing.
            for (const json::value& block : form.at("blocks").as_array())
                if (block.at("type").as_string() != "input")
                {
                    CHECK_FALSE(shows(block, "<!channel>"));
                    CHECK_FALSE(shows(block, "\u202e"));
                }
        }
}
