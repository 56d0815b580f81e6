#include "handlers/actions/reception.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/deny_form.hpp"
#include "tests/unit/handlers/actions/asking_scene.hpp"

#include <algorithm>
#include <array>
#include <optional>

using namespace countersign;
using namespace countersign::test;

namespace {

constexpr const char* url = "https://hooks.slack.com/commands/T1/2/secret";

slack::SlashCommand command(const std::string& name, const std::string& text)
{
    const auto action = action_by("U0AGENT", name);
    return slack::SlashCommand{action.source, {action.by, std::nullopt}, ChannelId{"C0DESK"}, name, text,
                               Secret{url},   Secret{"trigger"}};
}

slack::BlockAction click(std::string_view name)
{
    const auto action = action_by("U0AGENT", name);
    return slack::BlockAction{
        action.source,
        {action.by, std::nullopt},
        ChannelId{"C0DESK"},
        MessageTs{"1.1"},
        std::nullopt,
        {},
        {},
        action.name,
        {},
        "cs-1",
        {},
        Secret{url},
        Secret{"trigger"}};
}

slack::MessageAction message_action()
{
    const auto action = action_by("U0AGENT", message_shortcut);
    return slack::MessageAction{
        action.source, {action.by, std::nullopt}, action.name, ChannelId{"C0DESK"}, MessageTs{"1.1"},
        std::nullopt,  "ada@acme.example",        Secret{url}, Secret{"trigger"}};
}

slack::Shortcut shortcut()
{
    const auto action = action_by("U0AGENT", global_shortcut);
    return slack::Shortcut{action.source, {action.by, std::nullopt}, action.name, Secret{"trigger"}};
}

actions::Reception reception_of(slack::Interaction interaction)
{
    return actions::reception_of(interaction, Scene{}.settings);
}

}  // namespace

TEST_CASE("of whoever does something it is asked who they are, as long as Slack waits for an answer", "[actions]")
{
    for (const actions::Reception& reception :
         {reception_of(command("/reset-password", "ada@acme.example")), reception_of(click(cancel_action)),
          reception_of(form_of("U0AGENT", request_form, "reset", {}))})
    {
        CHECK(reception.asks);
        CHECK(reception.patience == actions::asked_before_answer);
        CHECK_FALSE(reception.is_stored);
        CHECK_FALSE(reception.opens_window);
    }
}

TEST_CASE("what opens a window does not wait: its trigger is good for three seconds", "[actions]")
{
    std::vector<slack::Interaction> all;
    for (const auto action : {details_action, deny_action, complete_action, new_action, link_action, correct_action})
        all.emplace_back(click(action));
    all.emplace_back(command("/reset-password", " \u200b "));
    all.emplace_back(command("/create-password", ""));
    all.emplace_back(shortcut());
    all.emplace_back(message_action());
    for (slack::Interaction& each : all)
    {
        const auto reception = reception_of(std::move(each));
        CHECK(reception.asks);
        CHECK(reception.opens_window);
        CHECK(reception.patience == Milliseconds{0});
    }
}

TEST_CASE("an approval is stored whoever presses, and waits for nothing", "[actions]")
{
    const auto reception = reception_of(click(approve_action));
    CHECK(reception.asks);
    CHECK(reception.is_stored);
    CHECK(reception.patience == Milliseconds{0});
    CHECK_FALSE(reception.opens_window);
}

TEST_CASE("other commands without text open no window", "[actions]")
{
    CHECK_FALSE(reception_of(command("/password-help", "")).opens_window);
    CHECK_FALSE(reception_of(command("/password-freeze", "")).opens_window);
    CHECK_FALSE(reception_of(click(remind_action)).opens_window);
}

TEST_CASE("Slack is not asked about what may not be done anyway, asks by itself, or has no author", "[actions]")
{
    auto foreign = click(cancel_action);
    foreign.source.team = SlackTeamId{"T2"};
    CHECK_FALSE(reception_of(std::move(foreign)).asks);
    CHECK_FALSE(reception_of(click(show_action)).asks);
    CHECK_FALSE(reception_of(slack::UrlVerification{"a challenge"}).asks);
    slack::AppEvent event;
    event.source = action_by("U0AGENT", "").source;
    event.user = SlackUserId{"U0AGENT"};
    CHECK_FALSE(reception_of(std::move(event)).asks);
}

TEST_CASE("an answer that comes late goes to where it was done", "[actions]")
{
    const auto check = [](const slack::Interaction& interaction) {
        const auto target = actions::answer_target(interaction);
        CHECK(target.channel == ChannelId{"C0DESK"});
        REQUIRE(target.response_url);
        CHECK(target.response_url->matches(url));
    };
    check(click(cancel_action));
    check(command("/reset-password", "ada@acme.example"));
    check(message_action());
    const slack::Interaction nowhere{shortcut()};
    CHECK_FALSE(actions::answer_target(nowhere).channel);
    CHECK_FALSE(actions::answer_target(nowhere).response_url);
}

TEST_CASE("a form that waits keeps what was typed, with words at its first field", "[actions]")
{
    const auto field_of = [](const slack::ViewSubmission& form) -> std::string {
        const auto handled = actions::form_stays(form);
        const auto* errors = std::get_if<slack::FieldErrors>(&handled.answer);
        if (errors == nullptr) return {};
        REQUIRE(errors->errors.size() == 1);
        CHECK(has(errors->errors.begin()->second, "Slack has not told me yet who you are"));
        return errors->errors.begin()->first;
    };
    CHECK(field_of(form_of("U0AGENT", request_form, "reset", {})) == views::email_field);
    CHECK(field_of(form_of("U0LEAD", deny_form, "cs-1", {})) == views::denial_block);
    CHECK(field_of(form_of("U0AGENT", choose_form, "cs-1", {{"names", "Ada"}})) == "names");
    CHECK(field_of(form_of("U0AGENT", handover_view, "cs-1", {})).empty());
    const auto closed = actions::form_stays(form_of("U0AGENT", handover_view, "cs-1", {}));
    CHECK(std::holds_alternative<slack::ViewReplaced>(closed.answer));
}

TEST_CASE("an answer that comes late goes to the window that waits, or to whoever has none", "[actions]")
{
    using actions::Delivery;
    const auto opened = [] {
        return FollowUp{OpenView{SlackUserId{"U0AGENT"}, Secret{"trigger"}, boost::json::object{}}};
    };
    const auto replaced = [] { return FollowUp{ReplaceView{SlackUserId{"U0AGENT"}, "view", {}}}; };
    const slack::Answer done = slack::Acknowledged{};
    const slack::Answer view = slack::ViewReplaced{boost::json::object{}};
    struct Row
    {
        const char* sentence;
        HandlerResult handled;
        Delivery in_window;
        Delivery without;
    };
    const std::array rows = {
        Row{"a copy was answered before", slack::Rejected{Errc::replayed}, Delivery::none, Delivery::none},
        Row{"what was not stored", slack::Rejected{Errc::unavailable}, Delivery::not_stored, Delivery::not_stored},
        Row{"a private answer", slack::PrivateReply{slack::Message{"No."}}, Delivery::reply, Delivery::reply},
        Row{"a view instead of the form", view, Delivery::replaced_view, Delivery::none},
        Row{"a window of its own", HandlerResult{done, opened()}, Delivery::opened_view, Delivery::drop},
        Row{"a view with a window of its own", HandlerResult{view, opened()}, Delivery::replaced_view, Delivery::drop},
        Row{"the window it was pressed in", HandlerResult{done, replaced()}, Delivery::follow_up, Delivery::follow_up},
        Row{"nothing to say", done, Delivery::said_in_note, Delivery::none},
        Row{"what says it elsewhere", HandlerResult{done, FollowUp{OpenHandover{RequestId{"cs-1"}, Secret{"trigger"}}}},
            Delivery::said_in_note, Delivery::none},
    };
    for (const Row& row : rows)
    {
        CAPTURE(row.sentence);
        CHECK((actions::delivery_of(row.handled, true) == row.in_window));
        CHECK((actions::delivery_of(row.handled, false) == row.without));
    }
}
