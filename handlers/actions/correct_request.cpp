#include "handlers/actions/guards.hpp"
#include "handlers/actions/request_presses.hpp"
#include "handlers/model/draft.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/request_form.hpp"
#include "handlers/views/requester_line.hpp"

#include <utility>

namespace countersign::actions {

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

std::optional<Refusal> refusal_of(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (auto refusal = asker_refusal(press, seen, settings)) return refusal;
    if (views::offers_correction(*seen.request)) return std::nullopt;
    return Refusal{"not_to_be_corrected", views::answered_before(*seen.request)};
}

boost::json::object form_again(const Press& press, const Snapshot& seen, const Settings& settings)
{
    return views::request_form(draft_of(*seen.request), settings, rules::purposes_of(seen.member(press.by)));
}

}  // namespace

Verdict correct(const Press& press, const Snapshot& seen, const Settings& settings)
{
    Verdict verdict{seen.now};
    if (const auto refusal = refusal_of(press, seen, settings))
    {
        verdict.transaction->audit.push_back(refusal_row(press, refusal->code, seen.request));
        verdict.window = window_at(press, views::explanation("Nothing was requested", refusal->words));
    }
    else
        verdict.window = window_at(press, form_again(press, seen, settings));
    return verdict;
}

}  // namespace countersign::actions
