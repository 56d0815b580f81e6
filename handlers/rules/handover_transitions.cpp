#include "handlers/rules/handover_transitions.hpp"

#include "handlers/rules/jobs.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace countersign::rules {

namespace {

constexpr std::size_t window_digits_max = 4;  // a request's id ends with more characters than that

std::string action_of(HandoverEvent event)
{
    switch (event)
    {
    case HandoverEvent::press: return "password_shown";
    case HandoverEvent::show: return "handover_opened";
    case HandoverEvent::lose: return "handover_answer_lost";
    case HandoverEvent::give_back: return "handover_not_opened";
    case HandoverEvent::expire: return "handover_expired";
    case HandoverEvent::destroy: return "handover_destroyed";
    case HandoverEvent::close: return "handover_closed";
    }
    return "corrupt";
}

// `window`: 0 for none.
AuditEvent audit_of(const Request& request, std::string action, int window, const std::string& actor)
{
    AuditEvent row{std::move(action), actor, request.id};
    row.details.emplace_back("what", handed_over_by(request) == HandedOver::link ? "link" : "password");
    row.details.emplace_back("requester", request.requester.str());
    if (window > 0) row.details.emplace_back("opening", std::to_string(window));
    return row;
}

// What the move does to the record.
void write(Handover& handover, HandoverEvent event, TimePoint now)
{
    const bool is_first = handover.state == HandoverState::ready || handover.state == HandoverState::opening;
    const bool is_under_way = is_opening(handover);
    switch (event)
    {
    case HandoverEvent::press:
        ++handover.windows;
        handover.pressed_at = now;
        if (is_first) handover.shown_at = now;
        return;
    case HandoverEvent::show:
    case HandoverEvent::lose:
        if (is_first && !handover.shown_at) handover.shown_at = now;
        if (is_first) handover.until = over_at(handover);
        // One sight that is certain is enough.
        if (event == HandoverEvent::show || is_first) handover.is_certain = event == HandoverEvent::show;
        handover.window = handover.windows;
        ++handover.times_shown;
        return;
    case HandoverEvent::give_back:
        if (is_first) handover.shown_at.reset();
        return;
    case HandoverEvent::expire:
    case HandoverEvent::destroy:
        handover.shown_at.reset();
        handover.is_closed = true;
        return;
    case HandoverEvent::close:
        // A person who closes it for good sees it: only Slack's answer is still on its way.
        if (is_first && is_under_way)
        {
            handover.window = handover.windows;
            ++handover.times_shown;
        }
        handover.is_closed = true;
        return;
    }
}

}  // namespace

bool is_opening(const Handover& handover) noexcept
{
    return handover.state == HandoverState::opening || handover.state == HandoverState::reopening;
}

bool may_open_again(const Handover& handover, TimePoint now) noexcept
{
    return handover.state == HandoverState::shown && !handover.is_closed && now < handover.until;
}

TimePoint pressed_at(const Handover& handover) noexcept
{
    return handover.pressed_at.value_or(handover.shown_at.value_or(TimePoint{}));
}

TimePoint over_at(const Handover& handover) noexcept
{
    const bool was_shown = handover.state == HandoverState::shown || handover.state == HandoverState::reopening;
    if (was_shown || !handover.shown_at) return handover.until;
    return *handover.shown_at + shown_for;
}

std::string handover_view_id(const RequestId& request, int window)
{
    return "handover-" + handover_mark(request, window);
}

std::string handover_mark(const RequestId& request, int window)
{
    return window > 1 ? request.str() + "-" + std::to_string(window) : request.str();
}

HandoverWindow handover_window(std::string_view mark)
{
    const std::size_t dash = mark.rfind('-');
    const std::string_view digits = dash == std::string_view::npos ? std::string_view{} : mark.substr(dash + 1);
    int window = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), window);
    const bool is_number = fault == std::errc{} && end == digits.data() + digits.size() && window > 1;
    if (!is_number || digits.size() > window_digits_max) return {RequestId{std::string{mark}}, 1};
    return {RequestId{std::string{mark.substr(0, dash)}}, window};
}

bool may_advance(const Request& request, HandoverEvent event, TimePoint now) noexcept
{
    if (!request.handover || !next(request.handover->state, event)) return false;
    const Handover& handover = *request.handover;
    if (event == HandoverEvent::close) return !handover.is_closed;
    const bool is_again = handover.state == HandoverState::shown && event == HandoverEvent::press;
    return !is_again || may_open_again(handover, now);
}

const Request& advance(
    Transaction& change, Request request, HandoverEvent event, const std::string& actor, const std::string& why)
{
    if (!may_advance(request, event, change.at)) throw std::logic_error{action_of(event) + " is not listed"};
    Handover& handover = *request.handover;
    const HandoverState from = handover.state;
    write(handover, event, change.at);
    handover.state = *next(from, event);
    AuditEvent row = audit_of(request, action_of(event), handover.windows, actor);
    if (event == HandoverEvent::close) row.details.emplace_back("times_shown", std::to_string(handover.times_shown));
    if (!why.empty()) row.details.emplace_back("why", why);
    change.audit.push_back(std::move(row));

    if (event == HandoverEvent::press)
        change.jobs.push_back(request_job(job_kind::handover_settle, request.id, change.at + opening_settled_after));
    else
        change.jobs.push_back(request_job(job_kind::requester_dm, request.id, change.at));
    // The first sight begins its time; another one changes nothing of it.
    const bool begins = event == HandoverEvent::show || event == HandoverEvent::lose;
    if (begins && from == HandoverState::opening)
        change.jobs.push_back(request_job(job_kind::handover_close, request.id, handover.until));
    if (handover.is_closed) change.credential_step = CredentialStep::destroy;
    return change.update.emplace(std::move(request));
}

bool try_advance(
    Transaction& change, Request request, HandoverEvent event, const std::string& actor, const std::string& why)
{
    const bool may = may_advance(request, event, change.at);
    if (may) advance(change, std::move(request), event, actor, why);
    return may;
}

Result<void> leave(Transaction& change, Request request, int window, const std::string& actor)
{
    if (!request.handover || request.handover->is_closed) return Errc::conflict;
    Handover& handover = *request.handover;
    const bool is_known = handover.left < window && window <= handover.windows;
    if (!is_known || handover.state == HandoverState::ready) return Errc::conflict;
    handover.left = window;
    change.audit.push_back(audit_of(request, "handover_window_closed", window, actor));
    change.update.emplace(std::move(request));
    return {};
}

void make_ready(Transaction& change, Request& request, TimePoint until)
{
    Handover handover;
    handover.until = until;
    request.handover = handover;
    change.jobs.push_back(request_job(job_kind::handover_expire, request.id, until));
}

}  // namespace countersign::rules
