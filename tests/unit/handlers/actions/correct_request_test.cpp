#include "handlers/actions/request_presses.hpp"

#include "handlers/views/actions.hpp"
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
    request.ending = Ending::account_not_found;
    request.reason = "locked out";
    request.case_number = "CS-1";
    return request;
}

struct Refused : Desk
{
    Refused() { put(not_found()); }

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

TEST_CASE("a press that cannot be stored opens nothing", "[intake]")
{
    Refused desk;
    desk.store.refuses = Errc::unavailable;
    const auto answer = desk.press("U0AGENT");
    CHECK(rejected(answer) == Errc::unavailable);
    CHECK_FALSE(answer.then);
}
