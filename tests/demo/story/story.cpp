#include "tests/demo/story/story.hpp"

#include "tests/demo/story/drawing.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <ostream>

namespace demo {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds patience{20};

// Who is reset in the story: an ordinary customer of the demo tenant.
struct Customer
{
    std::string id, email, given, family;

    // What the procedure's standard format makes of the names; printed nowhere.
    std::string standard_password() const { return "$" + given + "!" + family + "$!"; }
};

class Story
{
public:
    Story(Company& company, std::ostream& out) : company_{company}, out_{out} {}

    // From here on only what was not seen is told: it was told before.
    void be_brief(bool brief) { is_brief_ = brief; }

    void say(const std::string& line)
    {
        if (!is_brief_) out_ << line << '\n' << std::flush;
    }

    // A step of the story: its number, its words, and whether it was seen.
    bool step(bool seen, const std::string& words)
    {
        if (!seen || !is_brief_) out_ << (seen ? "  ok   " : "  FAIL ") << words << '\n' << std::flush;
        if (!seen) ++missed_;
        return seen;
    }
    int missed() const { return missed_; }

    void show(const std::string& where, const slack::Message& message)
    {
        if (is_brief_) return;
        say("    " + where);
        out_ << draw(company_.slack, message) << std::flush;
    }

private:
    Company& company_;
    std::ostream& out_;
    int missed_ = 0;
    bool is_brief_ = false;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string words_of(const slack::Message& message) { return message.text + boost::json::serialize(message.blocks); }

std::optional<slack::Message> newest(const std::vector<slack::Message>& messages, const std::string& with)
{
    for (auto message = messages.rbegin(); message != messages.rend(); ++message)
        if (has(words_of(*message), with)) return *message;
    return std::nullopt;
}

// The private lines that only this person sees.
std::vector<slack::Message> private_lines(const Company& company, const std::string& user)
{
    std::vector<slack::Message> lines = company.slack.visible_to(user, channels::helpdesk);
    std::erase_if(lines, [](const slack::Message& message) { return !message.is_ephemeral(); });
    return lines;
}

Customer ordinary_customer(const Company& company)
{
    const auto snapshot = boost::json::parse(company.auth0.snapshot(Company::now()));
    for (const auto& user : snapshot.at("users").as_array())
    {
        const auto& object = user.as_object();
        const bool ordinary = object.contains("given_name") && object.contains("last_login") &&
            user.at("email_verified").as_bool() && user.at("identities").as_array().size() == 1;
        const auto* blocked = object.if_contains("blocked");
        if (!ordinary || (blocked != nullptr && blocked->as_bool())) continue;
        return {
            std::string{user.at("user_id").as_string()}, std::string{user.at("email").as_string()},
            std::string{user.at("given_name").as_string()}, std::string{user.at("family_name").as_string()}};
    }
    return {};
}

// The PATCH as the tenant received it.
const auth0::ReceivedCall* password_patch(const Company& company)
{
    for (const auto& call : company.auth0.calls())
        if (call.method == "PATCH" &&
            std::find(call.fields.begin(), call.fields.end(), "password") != call.fields.end())
            return &call;
    return nullptr;
}

// The cards, without what stands in their threads.
std::vector<slack::Message> cards(const Company& company)
{
    auto messages = company.slack.messages(channels::approvals);
    std::erase_if(messages, [](const slack::Message& message) { return !message.thread_ts.empty(); });
    return messages;
}

// Everything that Slack got but the one modal, and the bot's log: none of it may hold the password.
std::string everything_said(const Company& company)
{
    std::string said;
    for (const std::string& user : {people::agent, people::lead, people::second_lead, people::auditor})
        said += boost::json::serialize(company.slack.snapshot(user));
    for (const auto& call : company.slack.calls())
        if (call.method != "views.update") said += boost::json::serialize(call.args);
    std::ifstream log{company.folder() / "countersign.log"};
    said.append(std::istreambuf_iterator<char>{log}, {});
    return said;
}

asio::awaitable<void> ask(Company& company, Story& story, Customer customer)
{
    story.say(
        "\n1. A support agent asks, in #helpdesk\n\n    Support agent types:  /reset-password " + customer.email +
        " locked out after holiday\n");
    std::string text = customer.email + " locked out after holiday";
    const int status = co_await company.type_command(people::agent, "/reset-password", std::move(text));
    story.step(status == 200, "Countersign acknowledged the signed command");
    auto found = [&company] { return newest(private_lines(company, people::agent), "Found").has_value(); };
    const bool seen = co_await company.until(std::move(found), patience);
    story.step(seen, "the private line tells what was found");
    if (seen) story.show("only visible to the agent:", *newest(private_lines(company, people::agent), "Found"));
}

asio::awaitable<void> show_card(Company& company, Story& story)
{
    story.say("\n2. A card waits in #password-approvals\n");
    auto waits = [&company] { return newest(cards(company), "*Waiting*").has_value(); };
    const bool seen = co_await company.until(std::move(waits), patience);
    story.step(seen, "the card is there, with Approve and Deny");
    if (seen) story.show("#password-approvals:", *newest(cards(company), "*Waiting*"));
}

asio::awaitable<void> decide(Company& company, Story& story)
{
    story.say("\n3. The agent tries to approve, then a team lead does, then another comes too late\n");
    const int own = co_await company.press(people::agent, "request.approve");
    story.step(own == 200, "the agent's click was answered");
    auto noted = [&company] {
        return newest(company.slack.visible_to(people::agent, channels::approvals), "Nothing was decided").has_value();
    };
    const bool told = co_await company.until(std::move(noted), patience);
    story.step(told, "the agent is told in private that approvers decide; nothing changed");

    std::string ts = cards(company).back().ts;
    slack::Delivery late =
        company.slack.click(people::second_lead, channels::approvals, ts, "request.approve", Company::now());
    const int status = co_await company.press(people::lead, "request.approve");
    story.step(status == 200, "Team lead presses  [ Approve reset ]  and confirms");
    const int too_late = co_await company.deliver(std::move(late));
    story.step(too_late == 200, "Second team lead presses  [ Approve reset ]  at the same moment");
    auto late_note = [&company] {
        return newest(company.slack.visible_to(people::second_lead, channels::approvals), "already").has_value();
    };
    const bool late_told = co_await company.until(std::move(late_note), patience);
    story.step(late_told, "the late one is told who decided");
    if (late_told)
        story.show(
            "only visible to the second team lead:",
            *newest(company.slack.visible_to(people::second_lead, channels::approvals), "already"));
}

asio::awaitable<void> change(Company& company, Story& story, Customer customer)
{
    story.say("\n4. The password changes in the Auth0 tenant\n");
    auto changed = [&company, &customer] { return company.auth0.accepts(customer.id, customer.standard_password()); };
    const bool accepted = co_await company.until(std::move(changed), patience);
    const auth0::ReceivedCall* patch = password_patch(company);
    if (patch != nullptr)
        story.say(
            "    Auth0 received:  PATCH " + patch->path + "\n    X-Correlation-ID: " + patch->correlation_id +
            "\n    " + patch->masked_body);
    story.step(patch != nullptr && !patch->correlation_id.empty(), "one PATCH with a correlation id");
    story.step(accepted, "the account opens with the standard format, and with nothing else that was sent");
    auto done = [&company] { return newest(cards(company), "*Done*").has_value(); };
    const bool shown = co_await company.until(std::move(done), patience);
    story.step(shown && cards(company).size() == 1, "the card was edited in place, its buttons are gone");
    if (shown) story.show("#password-approvals:", cards(company).back());
}

asio::awaitable<void> tell(Company& company, Story& story, Customer customer)
{
    story.say("\n5. The agent and the audit channel are told\n");
    auto dm = [&company] { return newest(company.slack.dms(people::agent), "*Done*").has_value(); };
    const bool told = co_await company.until(std::move(dm), patience);
    story.step(told, "the agent got a direct message");
    if (told) story.show("direct message to the agent:", company.slack.dms(people::agent).back());
    auto audit = [&company] { return !company.slack.messages(channels::audit).empty(); };
    const bool announced = co_await company.until(std::move(audit), patience);
    story.step(announced, "the audit channel got one message, with row and head of the audit log");
    if (announced)
    {
        const slack::Message message = company.slack.messages(channels::audit).back();
        story.show("#password-audit:", message);
        story.step(!has(words_of(message), customer.email), "the account is masked there");
    }
}

int times(const std::string& text, const std::string& part)
{
    int count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

// The press on the button in the newest direct message.
asio::awaitable<int> press_in_message(Company& company, std::string user, std::string action)
{
    const auto messages = company.slack.dms(user);
    std::optional<slack::Delivery> press;
    try
    {
        const slack::Message& message = messages.back();
        press = company.slack.click(user, message.channel, message.ts, action, Company::now());
    }
    catch (const slack::CannotAct&)
    {
        co_return -1;
    }
    co_return co_await company.deliver(std::move(*press));
}

// Presses the button and waits for the window with the password.
asio::awaitable<bool> look(Company& company, Customer customer)
{
    const int pressed = co_await press_in_message(company, people::agent, "handover.show");
    auto opened = [&company, &customer] {
        const auto modals = company.slack.modals(people::agent);
        return !modals.empty() && has(boost::json::serialize(modals.back().content), customer.standard_password());
    };
    const bool shown = co_await company.until(std::move(opened), patience);
    co_return pressed == 200 && shown;
}

asio::awaitable<void> hand_over(Company& company, Story& story, Customer customer)
{
    story.say("\n6. The password is shown to the agent, for five minutes\n");
    const auto messages = company.slack.dms(people::agent);
    const slack::Message asked = messages.back();
    auto again = company.slack.click(people::agent, asked.channel, asked.ts, "handover.show", Company::now());
    const bool shown = co_await look(company, customer);
    story.step(
        shown, "Support agent presses  [ Show password once ]: a modal holds the password (it is not printed here)");
    auto redrawn = [&company] { return newest(company.slack.dms(people::agent), "Show password again").has_value(); };
    const bool is_offered = co_await company.until(std::move(redrawn), patience);
    auto left = company.slack.close_view(people::agent, Company::now());
    int status = 0;
    if (left)
    {
        slack::Delivery told_bot = std::move(*left);
        status = co_await company.deliver(std::move(told_bot));
    }
    story.step(
        status == 200 && is_offered, "closed by mistake, nothing is lost: the message says until when it opens again");
    if (is_offered) story.show("direct message to the agent:", *newest(company.slack.dms(people::agent), "shown"));
    const bool shown_again = co_await look(company, customer);
    story.step(shown_again, "Support agent presses  [ Show password again ]: another modal, the only one");
    int closed = 0;
    if (shown_again)
    {
        auto for_good = company.slack.submit_view(people::agent, {}, Company::now());
        closed = co_await company.deliver(std::move(for_good));
    }
    story.step(
        closed == 200 && company.slack.modals(people::agent).empty(),
        "Support agent presses  [ Close for good ]: it is gone, and Countersign keeps no copy");
    const int late = co_await company.deliver(std::move(again));
    auto told = [&company] { return newest(company.slack.dms(people::agent), "and is gone").has_value(); };
    const bool is_told = co_await company.until(std::move(told), patience);
    story.step(
        late == 200 && is_told && company.slack.modals(people::agent).empty(),
        "another press shows nothing; the message says when it was shown");
}

void sign_in_plainly(Company& company, Story& story, const Customer& customer)
{
    const auto visit = company.auth0.sign_in(customer.email, customer.standard_password(), Company::now());
    story.step(visit.outcome == auth0::Login::done, "the customer signs in with the password that was read out");
}

asio::awaitable<void> sign_in_and_choose(Company& company, Story& story, Customer customer)
{
    using auth0::Login;
    // The exact time of the change is noted on the account a moment after the change.
    auto marked = [&company, &customer] { return has(company.auth0.user_json(customer.id), "admin_lpr"); };
    const bool is_marked = co_await company.until(std::move(marked), patience);
    story.step(is_marked, "the account says since when it has the password that was set");
    const std::string own = "Chosen-by-its-owner-7";
    const auto enter = [&company, &customer](const std::string& password) {
        return company.auth0.sign_in(customer.email, password, Company::now());
    };
    const auto first = enter(customer.standard_password());
    story.step(
        first.outcome == Login::must_change_password && !first.page.empty(),
        "the password that was read out leads the customer to a page where they choose one of their own");
    const auto skipped = company.auth0.resume(first.state, Company::now());
    story.step(skipped.outcome == Login::denied, "going on without choosing one is refused: " + skipped.words);
    const auto second = enter(customer.standard_password());
    story.step(second.outcome == Login::must_change_password, "signing in again opens the page again");
    story.step(
        company.auth0.redeem_ticket(second.page, own, Company::now()), "the customer chooses a password of their own");
    story.step(
        company.auth0.resume(second.state, Company::now()).outcome == Login::done,
        "the log-in that was led to the page goes on");
    story.step(
        enter(own).outcome == Login::done && enter(customer.standard_password()).outcome == Login::wrong_password,
        "from now on their own password opens the account, and the one that was read out nothing");
}

asio::awaitable<int> end(Company& company, Story& story)
{
    const int ending = co_await company.stop_bot();
    story.step(ending == 0, "Countersign ended cleanly when told to stop");
    story.say(
        story.missed() == 0 ? "\nEvery step was seen."
                            : "\n" + std::to_string(story.missed()) + " steps were not seen.");
    co_return story.missed() == 0 ? 0 : 1;
}

}  // namespace

asio::awaitable<int> play_own_password(Company& company, std::ostream& out)
{
    Story story{company, out};
    const Customer customer = ordinary_customer(company);
    story.say("\nThe same once more, in a tenant with the Action that demands a password of the customer's own.");
    story.be_brief(true);
    co_await ask(company, story, customer);
    co_await show_card(company, story);
    co_await decide(company, story);
    co_await change(company, story, customer);
    co_await tell(company, story, customer);
    co_await hand_over(company, story, customer);
    story.be_brief(false);
    story.say("\n9. The customer signs in\n");
    co_await sign_in_and_choose(company, story, customer);
    co_return co_await end(company, story);
}

asio::awaitable<int> play_story(Company& company, std::ostream& out)
{
    Story story{company, out};
    const Customer customer = ordinary_customer(company);
    story.say(
        "Countersign demo: the real program between a Slack workspace and an Auth0 tenant that run on this machine.");
    co_await ask(company, story, customer);
    co_await show_card(company, story);
    co_await decide(company, story);
    co_await change(company, story, customer);
    co_await tell(company, story, customer);
    co_await hand_over(company, story, customer);
    story.say("\n7. The customer signs in\n");
    sign_in_plainly(company, story, customer);
    story.say("\n8. What was not said\n");
    const std::string said = everything_said(company);
    std::string filled;
    for (const auto& call : company.slack.calls())
        if (call.method == "views.update") filled += boost::json::serialize(call.args);
    story.step(
        !said.empty() && !has(said, customer.standard_password()) && times(filled, customer.standard_password()) == 2,
        "the password stood in those two modals; in no message, no other call to Slack and no log line");
    co_return co_await end(company, story);
}

}  // namespace demo
