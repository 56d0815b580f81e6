#include "handlers/actions/form_values.hpp"
#include "handlers/core/email.hpp"
#include "handlers/views/form_fields.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::actions;

namespace {

Settings strict_settings()
{
    Settings settings{{SlackTeamId{"T1"}}, ChannelId{"C0APPROVE"}, ChannelId{"C0AUDIT"}};
    settings.fields = {true, true, "CS-##*", "CS-1815"};
    settings.verification.methods = {{"call_back", "Called back"}, {"in_person", "In person"}};
    return settings;
}

Draft complete()
{
    Draft draft;
    draft.email = "ada@acme.example";
    draft.reason = "locked out";
    draft.case_number = "CS-1";
    draft.verification = Verification{"call_back", "spoke with her"};
    draft.given_name = "Ada";
    draft.family_name = "Byron";
    return draft;
}

// The fields at which something is wrong.
std::string faulty(const Draft& draft, const Settings& settings = strict_settings(), bool verified = true)
{
    std::string fields;
    for (const auto& [field, words] : faults_of(draft, settings, verified))
    {
        CHECK_FALSE(words.empty());
        fields += (fields.empty() ? "" : " ") + field;
    }
    return fields;
}

slack::ViewSubmission form_with(const std::map<std::string, std::string>& entered)
{
    slack::ViewSubmission form{{}, {SlackUserId{"U0AGENT"}, std::nullopt}, "request.form", {}, {}, {}, {}, {}};
    for (const auto& [field, text] : entered) form.values[views::entered_at(field)] = text;
    return form;
}

}  // namespace

TEST_CASE("a complete draft has no fault, and an empty one is faulty where something is demanded", "[intake]")
{
    CHECK(faulty(complete()).empty());
    CHECK(faulty(Draft{}) == "method reason ticket");
    const Settings lenient{{SlackTeamId{"T1"}}, ChannelId{"C0APPROVE"}, ChannelId{"C0AUDIT"}};
    CHECK(faulty(Draft{}, lenient, false).empty());
}

TEST_CASE("each fault stands at its own field", "[intake]")
{
    Draft draft = complete();
    SECTION("no reason")
    {
        draft.reason.clear();
        CHECK(faulty(draft) == "reason");
    }
    SECTION("too long a reason")
    {
        draft.reason = std::string(reason_units_max + 1, 'x');
        CHECK(faulty(draft) == "reason");
        draft.reason.pop_back();
        CHECK(faulty(draft).empty());
    }
    SECTION("a reason is as long as Slack counts it, whatever its bytes")
    {
        draft.reason.clear();
        for (int i = 0; i < 300; ++i) draft.reason += "\u0436";
        CHECK(faulty(draft).empty());
        draft.reason.clear();
        for (int i = 0; i < 251; ++i) draft.reason += "\U0001F980";
        CHECK(faulty(draft) == "reason");
    }
    SECTION("no ticket, a wrong one, one that is too long")
    {
        draft.case_number =
            GENERATE(std::string{}, std::string{"HD-1"}, "CS-" + std::string(case_number_units_max, '1'));
        CHECK(faulty(draft) == "ticket");
    }
    SECTION("a method that is not offered, not even with spaces around it")
    {
        draft.verification->method = GENERATE("birthday", "Call_Back", "call_back ", "Called back");
        CHECK(faulty(draft) == "method");
        CHECK(faulty(draft, strict_settings(), false) == "method");
    }
    SECTION("no method where one is demanded")
    {
        draft.verification.reset();
        CHECK(faulty(draft) == "method");
        CHECK(faulty(draft, strict_settings(), false).empty());
    }
    SECTION("too long a note")
    {
        draft.verification->note = std::string(note_units_max + 1, 'x');
        CHECK(faulty(draft) == "note");
    }
    SECTION("too long a name")
    {
        draft.given_name = std::string(name_units_max + 1, 'x');
        CHECK(faulty(draft) == "given");
        draft.family_name = draft.given_name;
        CHECK(faulty(draft) == "family given");
    }
    SECTION("one name without the other is asked for where it is missing")
    {
        draft.given_name.clear();
        CHECK(faulty(draft) == "given");
        draft = complete();
        draft.family_name.clear();
        CHECK(faulty(draft) == "family");
        draft.given_name.clear();
        CHECK(faulty(draft).empty());
    }
    SECTION("all at once")
    {
        draft.reason.clear();
        draft.case_number = "x";
        draft.verification = Verification{"birthday", std::string(note_units_max + 1, 'x')};
        draft.given_name.clear();
        CHECK(faulty(draft) == "given method note reason ticket");
    }
}

TEST_CASE("what is wrong with a ticket number is said with an example where there is one", "[intake]")
{
    Draft draft = complete();
    draft.case_number = "4711";
    CHECK(faults_of(draft, strict_settings(), true).at("ticket") == "That is no ticket number, such as CS-1815.");
    Settings settings = strict_settings();
    settings.fields.ticket_example.clear();
    CHECK(faults_of(draft, settings, true).at("ticket") == "That is no ticket number.");
}

TEST_CASE("what was entered becomes single lines, and nothing invisible comes along", "[intake]")
{
    const Draft draft = draft_of(form_with(
        {{"email", " ada@acme.example "},
         {"reason", "locked\nout\u202e since\u200b  Monday "},
         {"ticket", "\tCS-1\n"},
         {"method", "call_back"},
         {"note", " a\nb "},
         {"given", " Ada "},
         {"family", "By\u200bron"}}));
    const auto email = parse_email(draft.email);
    REQUIRE(email.has_value());
    CHECK(*email == Email{"ada@acme.example"});
    CHECK(draft.reason == "locked out since Monday");
    CHECK(draft.case_number == "CS-1");
    REQUIRE(draft.verification);
    CHECK(draft.verification->method == "call_back");
    CHECK(draft.verification->note == "a b");
    CHECK(draft.given_name == "Ada");
    CHECK(draft.family_name == "Byron");
}

TEST_CASE("the purpose is what was chosen, else what the form is for; anything else is a reset", "[intake]")
{
    slack::ViewSubmission form = form_with({});
    CHECK(draft_of(form).purpose == Purpose::reset);
    form.private_metadata = "first_password";
    CHECK(draft_of(form).purpose == Purpose::first_password);
    form.values[views::entered_at(views::purpose_field)] = "reset";
    CHECK(draft_of(form).purpose == Purpose::reset);
    form.values[views::entered_at(views::purpose_field)] = "first_password";
    CHECK(draft_of(form).purpose == Purpose::first_password);
    form.values[views::entered_at(views::purpose_field)] = "everything";
    CHECK(draft_of(form).purpose == Purpose::reset);
}

TEST_CASE("a note without a method is neither lost nor a verification: the method is asked for", "[intake]")
{
    const Draft draft = draft_of(form_with({{"note", "she knew her birthday"}}));
    Settings lenient = strict_settings();
    lenient.fields = {};
    CHECK(faulty(draft, lenient, false) == "method");
    CHECK_FALSE(draft_of(form_with({{"note", " \u200b "}})).verification);
}
