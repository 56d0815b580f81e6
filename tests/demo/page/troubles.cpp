#include "tests/demo/page/troubles.hpp"

#include "tests/demo/page/answers.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <stdexcept>

namespace json = boost::json;

namespace demo::page {

namespace {

const std::string main_connection = "Username-Password-Authentication";
constexpr int few = 3;  // calls

// A fault of one kind in a stand-in's plan, once more unless it stands already.
void plan(FaultPlan& plan, const std::string& name, PlannedFault fault, int times)
{
    if (times != FaultPlan::until_cleared || plan.pending(fault.fault) == 0) plan.add(name, fault, times);
}

}  // namespace

struct Troubles::Kind
{
    const char* name;
    const char* area;
    const char* title;
    const char* description;
    bool needs_user;
    std::string (*make)(Troubles&, const std::string& user_id);
    int (*pending)(const Troubles&);  // 0: not in force
};

const std::vector<Troubles::Kind>& Troubles::table()
{
    const auto moment = [](const Troubles&) { return 0; };
    static const std::vector<Kind> kinds = {
        {"auth0_rate_limit", "auth0", "Rate limit", "Auth0 answers the next 3 calls with 429 and Retry-After.", false,
         [](Troubles& self, const std::string&) -> std::string {
             plan(self.company_.auth0.faults(), "*", {Fault::rate_limit, 0, 3}, few);
             return "The next 3 calls to Auth0 are answered with 429: try again in 3 seconds.";
         },
         [](const Troubles& self) { return self.company_.auth0.faults().pending(Fault::rate_limit); }},
        {"auth0_outage", "auth0", "Outage", "Every call to Auth0 fails with a 500 until you end the trouble.", false,
         [](Troubles& self, const std::string&) -> std::string {
             plan(self.company_.auth0.faults(), "*", {Fault::error_before}, FaultPlan::until_cleared);
             return "Auth0 is down: every call fails until you end the trouble.";
         },
         [](const Troubles& self) { return self.company_.auth0.faults().pending(Fault::error_before); }},
        {"auth0_lost_answer", "auth0", "Lost answer",
         "Auth0 carries out the next password change, but its answer is lost on the way.", false,
         [](Troubles& self, const std::string&) -> std::string {
             plan(self.company_.auth0.faults(), "PATCH /api/v2/users/*", {Fault::reset_after}, 1);
             return "The next password change is applied, and the connection breaks before the answer arrives.";
         },
         [](const Troubles& self) { return self.company_.auth0.faults().pending(Fault::reset_after); }},
        {"auth0_slow", "auth0", "Slow answers", "Auth0 takes 4 seconds for each of the next 3 calls.", false,
         [](Troubles& self, const std::string&) -> std::string {
             plan(self.company_.auth0.faults(), "*", {Fault::delay, 4'000}, few);
             return "The next 3 answers of Auth0 take 4 seconds each.";
         },
         [](const Troubles& self) { return self.company_.auth0.faults().pending(Fault::delay); }},
        {"change_password_behind_back", "auth0", "Change the password behind the bot's back",
         "The customer sets a new password themselves.", true,
         [](Troubles& self, const std::string& user_id) { return self.change_password(user_id); }, moment},
        {"strict_policy", "auth0", "Strict policy",
         "The main connection takes only excellent passwords of 24 characters or more: the standard format is too "
         "weak.",
         false, [](Troubles& self, const std::string&) { return self.demand_strict_policy(); },
         [](const Troubles& self) { return self.is_strict_ ? 1 : 0; }},
        {"block_user", "auth0", "Block the customer", "An administrator blocks the customer's account.", true,
         [](Troubles& self, const std::string& user_id) { return self.block(user_id); },
         [](const Troubles& self) { return static_cast<int>(self.blocked_.size()); }},
        {"slack_rate_limit", "slack", "Rate limit", "Slack answers the next 3 calls with 429 and Retry-After.", false,
         [](Troubles& self, const std::string&) -> std::string {
             plan(self.company_.slack.faults(), "*", {Fault::rate_limit, 0, 3}, few);
             return "The next 3 calls to Slack are answered with 429: try again in 3 seconds.";
         },
         [](const Troubles& self) { return self.company_.slack.faults().pending(Fault::rate_limit); }},
        {"slack_slow", "slack", "Slow answers", "Slack takes 2 seconds for each of the next 3 calls.", false,
         [](Troubles& self, const std::string&) -> std::string {
             plan(self.company_.slack.faults(), "*", {Fault::delay, 2'000}, few);
             return "The next 3 answers of Slack take 2 seconds each.";
         },
         [](const Troubles& self) { return self.company_.slack.faults().pending(Fault::delay); }},
        {"slack_outage", "slack", "Outage",
         "Every call of the bot to Slack fails with a 500 until you end the trouble.", false,
         [](Troubles& self, const std::string&) -> std::string {
             plan(self.company_.slack.faults(), "*", {Fault::error_before}, FaultPlan::until_cleared);
             return "Slack's Web API is down: every call fails until you end the trouble.";
         },
         [](const Troubles& self) { return self.company_.slack.faults().pending(Fault::error_before); }},
        {"bot_kill", "bot", "Kill the bot", "SIGKILL, as when the machine loses power; started again after 3 seconds.",
         false,
         [](Troubles& self, const std::string&) -> std::string {
             self.bot_.kill_for_a_while();
             return "The bot was killed. It is started again in 3 seconds.";
         },
         [](const Troubles& self) { return self.bot_.is_coming_back() ? 1 : 0; }},
        {"bot_stop", "bot", "Stop the bot", "SIGTERM: it finishes what is in flight and stays down.", false,
         [](Troubles& self, const std::string&) { return self.stop_bot(); },
         [](const Troubles& self) { return self.bot_.is_kept_down() ? 1 : 0; }},
        {"bot_start", "bot", "Start the bot", "Starts it again.", false,
         [](Troubles& self, const std::string&) { return self.start_bot(); }, moment},
        {"clear", "all", "End all trouble", "Everything works again; the bot runs.", false,
         [](Troubles& self, const std::string&) { return self.clear(); }, moment},
    };
    return kinds;
}

Troubles::Troubles(Company& company) : company_{company}, bot_{company} {}

json::array Troubles::kinds()
{
    json::array out;
    for (const Kind& kind : table())
    {
        json::object entry{
            {"kind", kind.name}, {"area", kind.area}, {"title", kind.title}, {"description", kind.description}};
        if (kind.needs_user) entry["needs"] = json::array{"user_id"};
        out.push_back(std::move(entry));
    }
    return out;
}

std::string Troubles::make(const json::object& what)
{
    const auto text = [&](const char* name) {
        const json::value* value = what.if_contains(name);
        if (value == nullptr || !value->is_string())
            throw Refused{400, std::string{"\""} + name + "\" must be a string."};
        return std::string{value->get_string().data(), value->get_string().size()};
    };
    const std::string name = text("kind");
    const auto kind = std::find_if(table().begin(), table().end(), [&](const Kind& each) { return each.name == name; });
    if (kind == table().end()) throw Refused{400, "There is no trouble \"" + name + "\"."};
    const std::string user_id = kind->needs_user ? text("user_id") : std::string{};
    if (kind->needs_user && !company_.auth0.exists(user_id)) throw Refused{404, "The tenant has no such user."};
    return kind->make(*this, user_id);
}

json::array Troubles::in_force() const
{
    json::array out;
    for (const Kind& kind : table())
        if (const int pending = kind.pending(*this); pending > 0)
            out.push_back(
                json::object{{"kind", kind.name}, {"area", kind.area}, {"title", kind.title}, {"pending", pending}});
    return out;
}

std::uint64_t Troubles::revision()
{
    json::array now = in_force();
    if (now != seen_)
    {
        seen_ = std::move(now);
        ++revision_;
    }
    return revision_;
}

std::string Troubles::clear()
{
    company_.auth0.faults().clear();
    company_.slack.faults().clear();
    if (is_strict_) company_.auth0.replace_options(main_connection, R"({"passwordPolicy":"good"})");
    is_strict_ = false;
    for (const std::string& user_id : blocked_)
        if (company_.auth0.exists(user_id)) company_.auth0.set_blocked(user_id, false, Company::now());
    blocked_.clear();
    bot_.start();
    return "Everything works again.";
}

std::string Troubles::change_password(const std::string& user_id)
{
    try
    {
        const std::string password = "Behind-The-Back-" + std::to_string(++passwords_) + "!";
        company_.auth0.set_password(user_id, password, Company::now());
    }
    catch (const std::invalid_argument&)
    {
        throw Refused{409, "This account has no password in Auth0."};
    }
    return "The customer has set a new password; the bot was not told.";
}

std::string Troubles::block(const std::string& user_id)
{
    const json::value shown = json::parse(company_.auth0.user_json(user_id));
    const json::value* blocked = shown.as_object().if_contains("blocked");
    if (blocked != nullptr && blocked->is_bool() && blocked->get_bool())
        throw Refused{409, "This account is blocked already."};
    company_.auth0.set_blocked(user_id, true, Company::now());
    blocked_.insert(user_id);
    return "The account is blocked.";
}

std::string Troubles::demand_strict_policy()
{
    company_.auth0.replace_options(
        main_connection, R"({"passwordPolicy":"excellent","password_complexity_options":{"min_length":24}})");
    is_strict_ = true;
    return "The main connection takes only passwords of 24 characters or more from now on.";
}

std::string Troubles::stop_bot()
{
    if (!company_.bot().running()) throw Refused{409, "The bot is not running."};
    bot_.stop();
    return "The bot was told to end. It stays down until you start it.";
}

std::string Troubles::start_bot()
{
    if (company_.bot().running() && !bot_.is_kept_down()) throw Refused{409, "The bot is running."};
    bot_.start();
    return "The bot starts.";
}

}  // namespace demo::page
