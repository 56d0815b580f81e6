#include "handlers/actions/form_values.hpp"
#include "handlers/views/choose_form.hpp"
#include "handlers/views/form_fields.hpp"
#include "handlers/views/request_form.hpp"
#include "handlers/views/requester_line.hpp"
#include "handlers/views/waiting_view.hpp"
#include "tests/standins/slack/block_kit.hpp"
#include "tests/unit/handlers/views/drawn.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::actions;
using namespace countersign::test;
namespace json = boost::json;

namespace {

Settings demanding()
{
    Settings settings = sample_settings();
    settings.verification.required = true;
    return settings;
}

}  // namespace

TEST_CASE("the modal of a request has the buttons of its private line", "[views][intake]")
{
    for (const State state :
         {State::pending, State::approved, State::changed, State::denied, State::cancelled, State::expired})
    {
        INFO(name_of(state));
        const json::object modal = views::result_view(sample_request(state), sample_settings());
        CHECK(shows(modal, "request.cancel") == (state == State::pending));
        CHECK(shows(modal, "request.remind") == (state == State::pending));
        CHECK_FALSE(shows(modal, "request.complete"));
        const json::object sent = json::parse(json::serialize(modal)).as_object();
        CHECK(standins::slack::check_view(sent) == std::vector<std::string>{});
    }
}

TEST_CASE("the private line says what has to be said", "[views][intake]")
{
    Request request = sample_request(State::choosing);
    request.asked = false;
    request.questions = {std::string{question::verification}, std::string{question::account}};
    const std::string words = views::requester_words(request, sample_settings());
    CHECK(words.find("choose one of several accounts, say how the caller was verified.") != std::string::npos);
    CHECK(words.find("names") == std::string::npos);
}

TEST_CASE("that nobody was verified can be said only where nobody has to be", "[views][intake]")
{
    const Draft blank;
    CHECK(shows(views::request_form(blank, sample_settings()), "Not verified"));
    CHECK_FALSE(shows(views::request_form(blank, demanding()), "Not verified"));
    // A tier can demand what the configuration does not.
    Request request = sample_request(State::choosing);
    request.questions = {std::string{question::verification}};
    CHECK_FALSE(shows(views::choose_form(request, sample_settings()), "Not verified"));
}

TEST_CASE("who says that nobody was verified has verified nobody", "[views][intake]")
{
    slack::ViewSubmission form{
        {}, slack::Actor{SlackUserId{"U0ADA"}, {}}, "request.form", "reset", "V1", "1.a", {}, std::nullopt};
    form.values[views::entered_at(views::method_field)] = std::string{views::not_verified_value};
    CHECK_FALSE(draft_of(form).verification);
    CHECK(faults_of(draft_of(form), demanding(), true).contains(std::string{views::method_field}));
    CHECK(faults_of(draft_of(form), sample_settings(), false).empty());
}

TEST_CASE("an address is not mended by leaving out what cannot be seen", "[views][intake]")
{
    slack::ViewSubmission form{
        {}, slack::Actor{SlackUserId{"U0ADA"}, {}}, "request.form", "reset", "V1", "1.a", {}, std::nullopt};
    form.values[views::entered_at(views::email_field)] = "ada@acme\x01.example";
    CHECK(draft_of(form).email == "ada@acme\x01.example");
}
