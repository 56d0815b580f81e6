#include "handlers/actions/correct_request.hpp"

#include "handlers/views/actions.hpp"
#include "handlers/views/requester_line.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;

// "Change and ask again": what was typed is typed once.
namespace {

Request not_found()
{
    Request request = Desk::request_of("U0AGENT", State::refused);
    request.asked = false;
    request.account.reset();
    request.ending = "account_not_found";
    request.reason = "locked out";
    request.case_number = "CS-1";
    return request;
}

struct Refused : Desk
{
    explicit Refused(Request request = not_found()) { put(std::move(request)); }

    HandlerResult press(const std::string& user, bool in_window = false)
    {
        auto press = click(user, correct_action, "cs-1");
        if (in_window) press.private_metadata = "cs-1";
        return send(std::move(press));
    }
};

std::string form_of(const HandlerResult& handled)
{
    if (!handled.then) return {};
    if (const auto* opened = std::get_if<OpenView>(&*handled.then)) return boost::json::serialize(opened->view);
    if (const auto* replaced = std::get_if<ReplaceView>(&*handled.then)) return boost::json::serialize(replaced->view);
    return {};
}

}  // namespace

TEST_CASE("the form comes back with all that was typed, in its window or in a new one", "[intake]")
{
    const bool in_window = GENERATE(true, false);
    Refused desk;
    const auto answer = desk.press("U0AGENT", in_window);
    for (const char* part : {"request.form", "ada@acme.example", "locked out", "CS-1"})
    {
        INFO(part);
        CHECK(has(form_of(answer), part));
    }
    REQUIRE(answer.then);
    CHECK(std::holds_alternative<ReplaceView>(*answer.then) == in_window);
    CHECK(desk.last().audit.empty());
    CHECK(desk.stored().state == State::refused);
}

TEST_CASE("nobody else gets it, nor is it offered for what approvers saw or what is protected", "[intake]")
{
    SECTION("somebody else")
    {
        Refused desk;
        CHECK(has(form_of(desk.press("U0LEAD2")), "only the person who made the request"));
        CHECK(has(only_row(desk.last()), "why=not_the_requester"));
    }
    SECTION("who may not ask any more")
    {
        Refused desk;
        desk.people.members.at("U0AGENT").roles.clear();
        CHECK_FALSE(has(form_of(desk.press("U0AGENT")), "request.form"));
    }
    SECTION("while Slack cannot say who they are")
    {
        Refused desk;
        desk.people.answers = false;
        CHECK_FALSE(has(form_of(desk.press("U0AGENT")), "request.form"));
    }
    Request request = not_found();
    SECTION("approvers saw it") { request.asked = true; }
    SECTION("protected") { request.ending = "protected"; }
    SECTION("still open") { request.state = State::choosing; }
    if (views::offers_correction(request)) return;
    Refused desk{request};
    CHECK_FALSE(has(form_of(desk.press("U0AGENT")), "request.form"));
    CHECK(has(only_row(desk.last()), "why=not_to_be_corrected"));
}

TEST_CASE("a press that cannot be stored opens nothing", "[intake]")
{
    Refused desk;
    desk.store.refuses = Errc::unavailable;
    const auto answer = desk.press("U0AGENT");
    CHECK(rejected(answer) == Errc::unavailable);
    CHECK_FALSE(answer.then);
}
