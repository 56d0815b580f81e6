#include "handlers/actions/correct_request.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/model/draft.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/request_form.hpp"
#include "handlers/views/requester_line.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

Draft draft_of(const Request& request)
{
    Draft draft;
    draft.purpose = request.purpose;
    draft.email = request.email.str();
    draft.reason = request.reason;
    draft.case_number = request.case_number;
    draft.verification = request.verification;
    if (request.names)
    {
        draft.given_name = request.names->given;
        draft.family_name = request.names->family;
    }
    return draft;
}

}  // namespace

asio::awaitable<HandlerResult> correct_request(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    const RequestId id{click.value};
    const auto request = co_await services.store.find_request(id);
    auto fault = asker_fault(services, click.actor, click.origin, request);
    if (!fault && !views::offers_correction(*request))
        fault.emplace("not_to_be_corrected", views::answered_before(*request));
    Transaction change{services.clock.now()};
    change.replay.emplace(std::move(replay));
    if (fault) change.audit.push_back(rebuff_row(click.actor, click.action_id, *fault, request));
    const Attempt outcome = co_await attempt(services, std::move(change));
    if (outcome != Attempt::done) co_return rejection(outcome);

    boost::json::object view;
    if (fault)
        view = views::explanation("Nothing was requested", fault->words);
    else
    {
        const auto who = services.directory.cached(click.actor.id);
        view = views::request_form(
            draft_of(*request), services.settings, /*offers_purpose=*/!rules::may_ask(who, Purpose::first_password));
    }
    // A second window cannot open over the one in which it was pressed.
    if (click.private_metadata == id.str())
    {
        ReplaceView then{click.actor.id, id.str(), std::move(view)};
        co_return HandlerResult{slack::Acknowledged{}, FollowUp{std::move(then)}};
    }
    FallbackTarget back = fallback(click);
    OpenView then{click.actor.id, std::move(click.trigger_id), std::move(view), std::move(back)};
    co_return HandlerResult{slack::Acknowledged{}, FollowUp{std::move(then)}};
}

}  // namespace countersign::actions
