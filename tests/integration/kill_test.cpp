#include "tests/demo/company/company.hpp"
#include "tests/support/rounds.hpp"
#include "tests/support/text.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <cstdlib>
#include <optional>
#include <string>

// The real binary as a process, killed with SIGKILL at each of its calls to the outside. (Every commit in between is
// covered on virtual time by the scenario tests; here the process, the disk and the sockets are real.)

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using demo::Company;
namespace people = demo::people;
namespace channels = demo::channels;

const std::string email = "plain@acme.example";
const std::string password = "$Plain!Customer$!";

struct Ending
{
    int calls = 0;
    int deaths = 0;
    bool changed = false;
    std::size_t cards = 0, dms = 0, audits = 0;
    std::string card;
};

using countersign::test::has;

std::string card_of(const Company& company)
{
    const auto cards = company.slack.messages(channels::approvals);
    return cards.empty() ? std::string{} : boost::json::serialize(cards.back().blocks);
}

// Starts the bot again whenever it was killed, until `done`.
asio::awaitable<bool> through_deaths(Company& company, std::function<bool()> done)
{
    for (int lives = 0; lives < 5; ++lives)
    {
        auto over = [&company, done] { return !company.bot().running() || done(); };
        co_await company.until(std::move(over), 40s);
        if (company.bot().running()) co_return done();
        const bool up = co_await company.start_bot(30s);
        if (!up) co_return false;
    }
    co_return done();
}

asio::awaitable<Ending> play(Company& company, std::string customer)
{
    Ending ending;
    const bool started = co_await company.start_bot(30s);
    static_cast<void>(started);
    for (int tries = 0; tries < 5; ++tries)
    {
        if (!company.bot().running()) co_await company.start_bot(30s);
        const int status = co_await company.type_command(people::agent, "/reset-password", email);
        if (status == 200) break;
    }
    auto waits = [&company] { return has(card_of(company), "*Waiting*"); };
    co_await through_deaths(company, std::move(waits));
    for (int tries = 0; tries < 5 && has(card_of(company), "*Waiting*"); ++tries)
    {
        if (!company.bot().running()) co_await company.start_bot(30s);
        const int status = co_await company.press(people::lead, "request.approve");
        if (status == 200) break;
    }
    auto told = [&company] {
        return has(card_of(company), "*Done*") && company.slack.dms(people::agent).size() == 1 &&
            company.slack.messages(channels::audit).size() == 1;
    };
    co_await through_deaths(company, std::move(told));
    ending.calls = company.calls;
    ending.changed = company.auth0.accepts(customer, password);
    ending.cards = company.slack.messages(channels::approvals).size();
    ending.dms = company.slack.dms(people::agent).size();
    ending.audits = company.slack.messages(channels::audit).size();
    ending.card = card_of(company);
    co_return ending;
}

// One whole story; the bot is killed once, at its call `deadly` (0: never).
Ending story(int deadly, Company::Moment moment)
{
    asio::io_context context{1};
    Company company{context, COUNTERSIGN_BINARY};
    standins::auth0::UserSpec user;
    user.email = email;
    user.given_name = "Plain";
    user.family_name = "Customer";
    const std::string customer = company.auth0.add_user(user, Company::now());

    int deaths = 0;
    company.on_call = [&](int number, Company::Moment now) {
        if (number != deadly || now != moment || deaths > 0) return;
        ++deaths;
        company.bot().kill();
    };
    std::optional<Ending> ending;
    asio::co_spawn(context, play(company, customer), [&](std::exception_ptr failure, Ending result) {
        if (failure) std::rethrow_exception(failure);
        ending = std::move(result);
        context.stop();
    });
    context.run_for(5min);
    REQUIRE(ending);
    ending->deaths = deaths;
    return *ending;
}

void check_told_once(const Ending& ending)
{
    CHECK(ending.changed);
    CHECK(has(ending.card, "*Done*"));
    CHECK(ending.cards == 1);
    CHECK(ending.dms == 1);
    CHECK(ending.audits == 1);
}

}  // namespace

TEST_CASE("kill -9 of the real process at any of its calls loses nothing and tells nothing twice", "[integration]")
{
    const Ending whole = story(0, Company::Moment::after_applied);
    check_told_once(whole);
    REQUIRE(whole.calls > 12);
    const int last = countersign::test::rounds(whole.calls);
    for (int number = 0; number < last; ++number)
    {
        const int call = 1 + number % whole.calls;
        INFO("killed after call " << call << " of " << whole.calls);
        check_told_once(story(call, Company::Moment::after_applied));
    }
}
