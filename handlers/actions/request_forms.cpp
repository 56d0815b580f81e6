#include "handlers/actions/request_forms.hpp"

#include "handlers/actions/form_values.hpp"
#include "handlers/actions/guards.hpp"
#include "handlers/actions/intake.hpp"
#include "handlers/core/email.hpp"
#include "handlers/rules/ids.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/choose_form.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/form_fields.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/waiting_view.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

// The form turns into the explanation.
asio::awaitable<HandlerResult> explain(
    const Services& services, Transaction change, ReplayMark replay, std::string words)
{
    const Attempt kept = co_await keep(services, std::move(change), std::move(replay));
    if (kept != Attempt::done) co_return rejection(kept);
    co_return slack::ViewReplaced{views::explanation("Nothing was requested", words)};
}

// What is wrong with the answers to the questions of a request, at their fields.
FieldFaults faults_of_choice(
    const Request& request, const slack::ViewSubmission& form, const Draft& draft, const Settings& settings)
{
    const bool wants_verification = settings.verification.required || request.asks(question::verification);
    FieldFaults faults = faults_of(draft, settings, wants_verification);
    const std::string account{form.value(views::entered_at(views::account_field))};
    if (request.asks(question::account) && !views::choice_of(request, account))
        faults.emplace(std::string{views::account_field}, "Choose one of the accounts.");
    if (request.asks(question::names) && draft.given_name.empty() && draft.family_name.empty())
        faults.emplace(std::string{views::given_field}, "Both names are needed.");
    if (request.asks(question::person) && form.value(views::entered_at(views::person_field)) != views::is_person_value)
        faults.emplace(std::string{views::person_field}, "If it is somebody else's account, cancel the request.");
    return faults;
}

// The form has the external_id of the waiting view that replaces it. What the look-up finds is written there, and must
// not be overtaken by our answer to the form, which is still on its way.
constexpr std::chrono::milliseconds answer_travel{500};

Transaction answered(const slack::ViewSubmission& form, Request request, Draft draft, TimePoint now)
{
    Transaction change{now};
    if (request.asks(question::account))
        request.choice = views::choice_of(request, form.value(views::entered_at(views::account_field)));
    if (request.asks(question::names)) request.names = GivenNames{draft.given_name, draft.family_name};
    request.names_were_split = false;
    if (request.asks(question::person)) request.person_confirmed = true;
    request.reason = std::move(draft.reason);
    request.reason_was_cut = false;
    request.case_number = std::move(draft.case_number);
    request.verification = std::move(draft.verification);
    request.in_modal = true;
    change.jobs.push_back(rules::request_job(job_kind::look_up, request.id, now + answer_travel));
    change.jobs.push_back(rules::still_waiting_job(request.id, now));
    rules::advance(change, std::move(request), Event::resume, form.actor.id.str());
    return change;
}

// What the form that brought a request turns into, whenever it is sent.
boost::json::object view_of(const Request& request, const Settings& settings)
{
    if (request.state == State::looking_up) return views::waiting_view(request);
    if (request.state == State::choosing) return views::choose_form(request, settings);
    return views::result_view(request, settings);
}

// The same form is the same request, however often it is sent: where its answer is lost, or late, Slack has people
// press Submit again, with another trigger. nullopt: nothing tells one form from another.
std::optional<RequestId> request_of_form(const Services& services, const slack::ViewSubmission& form)
{
    if (form.view_id.empty() || form.view_hash.empty()) return std::nullopt;
    return rules::request_id_named(services.vault.pseudonym("view/" + form.view_id + "/" + form.view_hash));
}

// Whether a form says what the request was told already: then it is the same one, sent again.
bool is_same_answer(const Request& request, const slack::ViewSubmission& form)
{
    const Draft draft = draft_of(form);
    const auto method = [](const std::optional<Verification>& given) {
        return given ? given->method + "\n" + given->note : std::string{};
    };
    if (draft.reason != request.reason || draft.case_number != request.case_number) return false;
    if (method(draft.verification) != method(request.verification)) return false;
    if (draft.given_name != (draft.given_name.empty() ? "" : request.given_name())) return false;
    if (draft.family_name != (draft.family_name.empty() ? "" : request.family_name())) return false;
    const std::string_view account = form.value(views::entered_at(views::account_field));
    // Once the account is found the others are forgotten.
    if (account.empty() || request.candidates.empty()) return true;
    const auto chosen = views::choice_of(request, account);
    return chosen && request.choice && chosen->account == request.choice->account &&
        chosen->connection == request.choice->connection;
}

// The first answer once more, if the form was taken before. A copy of the same HTTP request stays refused.
asio::awaitable<std::optional<HandlerResult>> answer_again(
    const Services& services, std::optional<RequestId> id, SlackUserId actor, ReplayMark replay)
{
    if (!id) co_return std::nullopt;
    const auto taken = co_await services.store.find_request(*id);
    if (!taken || !rules::is_same(services.directory, actor, taken->requester)) co_return std::nullopt;
    Transaction nothing{services.clock.now()};
    const Attempt kept = co_await keep(services, std::move(nothing), std::move(replay));
    if (kept != Attempt::done) co_return HandlerResult{rejection(kept)};
    co_return HandlerResult{slack::ViewReplaced{view_of(*taken, services.settings)}};
}

}  // namespace

asio::awaitable<HandlerResult> submit_request(const Services& services, slack::ViewSubmission form, ReplayMark replay)
{
    Draft draft = draft_of(form);
    const Asking asking{form.actor, form.origin, form.callback_id};
    const std::optional<RequestId> id = request_of_form(services, form);
    auto before = co_await answer_again(services, id, form.actor.id, replay);
    if (before) co_return std::move(*before);
    const auto no = co_await turned_away(services, asking, draft.purpose);
    if (no)
    {
        Transaction refusal = refusal_of(asking, *no, services.clock.now());
        co_return co_await explain(services, std::move(refusal), std::move(replay), no->words);
    }
    FieldFaults faults = faults_of(draft, services.settings, services.settings.verification.required);
    const auto email = parse_email(draft.email);
    if (!email) faults.emplace(std::string{views::email_field}, views::email_fault(email.error()));
    // Not remembered as a replay: the corrected form is another body.
    if (!faults.empty()) co_return slack::FieldErrors{std::move(faults)};
    const auto not_theirs = no_right(services, asking, draft.purpose, *email);
    if (not_theirs)
    {
        Transaction refusal = refusal_of(asking, *not_theirs, services.clock.now());
        co_return co_await explain(services, std::move(refusal), std::move(replay), not_theirs->words);
    }

    Request request = request_of(services, form.actor.id, *email, draft);
    if (id) request.id = *id;
    request.in_modal = true;
    boost::json::object view = views::waiting_view(request);
    Transaction change = acceptance_of(services, asking, std::move(request));
    const Attempt kept = co_await keep(services, std::move(change), replay);
    if (kept == Attempt::duplicate)
    {
        // Both were on their way at the same moment.
        auto first = co_await answer_again(services, id, form.actor.id, std::move(replay));
        if (first) co_return std::move(*first);
    }
    if (kept != Attempt::done) co_return rejection(kept);
    co_return slack::ViewReplaced{std::move(view)};
}

asio::awaitable<HandlerResult> submit_choice(const Services& services, slack::ViewSubmission form, ReplayMark replay)
{
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < decision_tries_max && outcome == Attempt::again; ++tries)
    {
        const RequestId id{form.private_metadata};
        const auto request = co_await services.store.find_request(id);
        auto fault = requester_fault(services, form.actor, form.origin, request);
        const TimePoint now = services.clock.now();
        if (!fault && request->state != State::choosing)
        {
            if (is_same_answer(*request, form))
            {
                auto again = co_await answer_again(services, id, form.actor.id, replay);
                if (again) co_return std::move(*again);
            }
            fault.emplace("answered_before", views::answered_before(*request));
        }
        if (fault)
        {
            Transaction change{now};
            change.audit.push_back(rebuff_row(form.actor, form.callback_id, *fault, request));
            co_return co_await explain(services, std::move(change), std::move(replay), fault->words);
        }
        if (has_expired(*request, now))
        {
            Transaction change{now};
            add_expiry(change, *request, form.actor.id);
            change.replay = replay;
            outcome = co_await attempt(services, std::move(change));
            if (outcome != Attempt::done) continue;
            co_return slack::ViewReplaced{views::explanation("Nothing was requested", views::expired_before_press())};
        }
        const Asking asking{form.actor, form.origin, form.callback_id};
        // The limits counted this request when it came in; a freeze ends it at the look-up, in its own words.
        const auto no = no_right(services, asking, request->purpose, request->email);
        if (no)
        {
            Transaction refusal = refusal_of(asking, *no, now);
            co_return co_await explain(services, std::move(refusal), std::move(replay), no->words);
        }
        Draft draft = draft_of(form);
        FieldFaults faults = faults_of_choice(*request, form, draft, services.settings);
        if (!faults.empty()) co_return slack::FieldErrors{std::move(faults)};
        Transaction change = answered(form, *request, std::move(draft), now);
        boost::json::object view = views::waiting_view(*request);
        change.replay = replay;
        outcome = co_await attempt(services, std::move(change));
        if (outcome == Attempt::done) co_return slack::ViewReplaced{std::move(view)};
    }
    co_return rejection(outcome);
}

asio::awaitable<HandlerResult> open_choice(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < decision_tries_max && outcome == Attempt::again; ++tries)
    {
        const RequestId id{click.value};
        auto request = co_await services.store.find_request(id);
        auto fault = asker_fault(services, click.actor, click.origin, request);
        if (!fault && request->state != State::choosing)
            fault.emplace("answered_before", views::answered_before(*request));
        Transaction change{services.clock.now()};
        boost::json::object view;
        if (fault)
        {
            change.audit.push_back(rebuff_row(click.actor, click.action_id, *fault, request));
            view = views::explanation("Nothing was done", fault->words);
        }
        else if (has_expired(*request, change.at))
        {
            view = views::explanation("Nothing was done", views::expired_before_press());
            add_expiry(change, *request, click.actor.id);
        }
        else
        {
            view = views::choose_form(*request, services.settings);
            follow_line(*request, services, click, change.at);
            // From now on what becomes of the request is shown there, too.
            request->in_modal = true;
            change.update = std::move(request);
        }
        change.replay = replay;
        outcome = co_await attempt(services, std::move(change));
        if (outcome != Attempt::done) continue;
        FallbackTarget back = fallback(click);
        OpenView then{click.actor.id, std::move(click.trigger_id), std::move(view), std::move(back)};
        co_return HandlerResult{slack::Acknowledged{}, FollowUp{std::move(then)}};
    }
    co_return rejection(outcome);
}

asio::awaitable<HandlerResult> close_choice(const Services& services, slack::ViewClosed closed, ReplayMark replay)
{
    if (!is_served(closed.origin, services.settings)) co_return slack::Acknowledged{};
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < decision_tries_max && outcome == Attempt::again; ++tries)
    {
        const RequestId id{closed.private_metadata};
        const auto request = co_await services.store.find_request(id);
        // Nothing waits for the answer: it was given, or the form was somebody else's.
        if (!request || !rules::is_same(services.directory, closed.actor.id, request->requester) ||
            request->state != State::choosing)
            co_return slack::Acknowledged{};
        Transaction change{services.clock.now()};
        Request left = *request;
        left.in_modal = false;
        if (has_expired(left, change.at))
            add_expiry(change, std::move(left), closed.actor.id);
        else
        {
            // A slip of the finger cancels nothing: the private line, or a direct message, offers to go on.
            change.jobs.push_back(rules::request_job(job_kind::answer, left.id, change.at));
            change.update.emplace(std::move(left));
        }
        change.replay = replay;
        outcome = co_await attempt(services, std::move(change));
    }
    if (outcome != Attempt::done) co_return rejection(outcome);
    co_return slack::Acknowledged{};
}

}  // namespace countersign::actions
