#pragma once

#include "tests/standins/faults.hpp"
#include "tests/standins/http.hpp"
#include "tests/standins/slack/delivery.hpp"
#include "tests/standins/slack/state.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

// A Slack workspace for tests and demonstrations, after handlers/slack/CONTRACT.md. It does no input or output:
// requests are handed in with the time, deliveries are handed out. The same seed and the same calls give the same ids.
// Not thread-safe.
namespace standins::slack {

// A person tried what Slack's client would not let them do.
class CannotAct : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

// Where a view stands.
enum class Place
{
    modal,
    home,
};

class Workspace
{
public:
    // Throws std::invalid_argument without a bot token or a signing secret.
    explicit Workspace(WorkspaceOptions options) : state_{std::move(options)} {}

    // --- the service: /api/<method> and /response/...; anything else is 404

    static bool serves(const Request& request);
    // One exchange under the planned faults. Their names: a Web API method's, or "response_url".
    Exchange exchange(const Request& request, TimeMs now);
    // The same without what only a connection can suffer.
    Response handle(const Request& request, TimeMs now) { return exchange(request, now).response; }
    FaultPlan& faults() { return faults_; }

    // --- who and what is there; changed at any time

    void add_user(User user);
    void add_group(Group group);
    void add_channel(Channel channel);  // the app is in it when its members name the app's bot user
    User& user(const std::string& id);
    Group& group(const std::string& id);
    Channel& channel(const std::string& id);
    WorkspaceOptions& options() { return state_.options; }
    // Every call is refused with this code from now on, e.g. token_revoked; empty: no longer.
    void refuse_token(std::string error) { state_.token_error = std::move(error); }

    // --- people acting; CannotAct when they could not

    // `command` with its slash; `text` as typed. In the person's own conversation with the app: its D... id.
    Delivery command(
        const std::string& user, const std::string& channel, const std::string& command, const std::string& text,
        TimeMs now, const Variant& variant = {});
    // Presses the button with this action_id in the message as it stands now.
    Delivery click(
        const std::string& user, const std::string& channel, const std::string& message_ts,
        const std::string& action_id, TimeMs now, const Variant& variant = {});
    // Chooses from a menu, a picker or radio buttons: `input` is an option's value, an id, a date ("2026-11-22"), a
    // time of day ("14:05"), a moment (Unix seconds), a list of values or ids, or null for nothing. No delivery for an
    // input block that does not dispatch.
    std::optional<Delivery> choose(
        const std::string& user, const std::string& channel, const std::string& message_ts,
        const std::string& action_id, const boost::json::value& input, TimeMs now, const Variant& variant = {});
    // Presses a button in the visible modal, or in the home when no modal is open.
    Delivery click_in_view(
        const std::string& user, Place place, const std::string& action_id, TimeMs now, const Variant& variant = {});
    // Chooses from, or types into, an element there; as `choose`.
    std::optional<Delivery> choose_in_view(
        const std::string& user, Place place, const std::string& block_id, const std::string& action_id,
        const boost::json::value& input, TimeMs now, const Variant& variant = {});
    // Enters something into the visible modal without submitting.
    void enter(const std::string& user, const std::string& block_id, const boost::json::value& input);
    // Enters (by block_id) and submits the visible modal. Slack's client holds back forms that miss something required.
    Delivery submit_view(
        const std::string& user, const boost::json::object& entries, TimeMs now, const Variant& variant = {});
    // Cancel, or with `whole_stack` the cross in the corner. A delivery only if the app asked for one.
    std::optional<Delivery> close_view(
        const std::string& user, TimeMs now, bool whole_stack = false, const Variant& variant = {});
    Delivery shortcut(const std::string& user, const std::string& callback_id, TimeMs now, const Variant& variant = {});
    Delivery message_shortcut(
        const std::string& user, const std::string& channel, const std::string& message_ts,
        const std::string& callback_id, TimeMs now, const Variant& variant = {});
    // The app's Messages tab; the conversation's id.
    std::string open_conversation(const std::string& user);
    Delivery open_home(const std::string& user, TimeMs now, const Variant& variant = {});
    // Writes a message oneself; its ts.
    std::string say(const std::string& user, const std::string& channel, const std::string& text, TimeMs now);

    // --- Slack itself

    Delivery url_verification(TimeMs now, Forgery forgery = Forgery::none);
    Delivery ssl_check(TimeMs now);  // unsigned
    // Any body to the bot, signed or forged.
    Delivery raw(
        DeliveryKind kind, const std::string& path, const std::string& content_type, std::string body, TimeMs now,
        Forgery forgery = Forgery::none);

    // --- the bot's answers

    // Later than 3 s after the delivery, or not 200: the person sees an error, and the answer has no effect.
    void answered(const Delivery& delivery, const Response& response, TimeMs now);
    // The bot could not be reached.
    void unanswered(const Delivery& delivery, TimeMs now);

    // --- looking

    const State& state() const { return state_; }
    // For a test in which a workspace takes up where another one was left.
    State& memory() { return state_; }
    // Grows with every change that somebody could see.
    std::uint64_t revision() const { return state_.revision; }
    std::vector<Message> messages(const std::string& channel) const;  // without ephemerals
    std::vector<Message> visible_to(const std::string& user, const std::string& channel) const;
    std::vector<Message> dms(const std::string& user) const;  // between the app and this person
    std::vector<View> modals(const std::string& user) const;  // the visible one last
    std::optional<View> home(const std::string& user) const;
    std::vector<std::string> notices(const std::string& user) const;
    const std::vector<ApiCall>& calls() const { return state_.calls; }
    // Everything this person sees: channels with messages, direct messages, modals, home, notices.
    boost::json::object snapshot(const std::string& user) const;

private:
    const User& actor(const std::string& user) const;
    const Channel& seen_channel(const User& user, const std::string& channel) const;
    Message& seen_message(const User& user, const std::string& channel, const std::string& ts);
    View& visible_modal(const std::string& user);
    View& seen_view(const std::string& user, Place place);
    bool is_read_only(const Channel& channel) const;
    bool sees(const User& user, const Channel& channel) const;

    Delivery act_on_message(
        const User& user, const Message& message, boost::json::object action, TimeMs now, const Variant& variant);
    Delivery act_on_view(
        const User& user, const View& view, boost::json::object action, TimeMs now, const Variant& variant);
    Delivery interaction_delivery(
        Delivery delivery, const boost::json::object& payload, TimeMs now, const Variant& variant);
    void take_command_answer(const Delivery& delivery, const Response& response, TimeMs now);
    void take_submission_answer(const Delivery& delivery, const Response& response, TimeMs now);

    State state_;
    FaultPlan faults_;
};

}  // namespace standins::slack
