#include "handlers/actions/form_answers.hpp"

#include "handlers/views/choose_form.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/waiting_view.hpp"

namespace countersign::actions {

namespace {

boost::json::object view_of(const Request& request, const Settings& settings)
{
    if (request.state == State::looking_up) return views::waiting_view(request);
    if (request.state == State::choosing) return views::choose_form(request, settings);
    return views::result_view(request, settings);
}

}  // namespace

Verdict explained(Verdict verdict, std::string_view words)
{
    verdict.answer = slack::ViewReplaced{views::explanation("Nothing was requested", words)};
    return verdict;
}

Verdict answered_again(const Request& request, TimePoint now, const Settings& settings)
{
    Verdict verdict{now};
    verdict.answer = slack::ViewReplaced{view_of(request, settings)};
    return verdict;
}

}  // namespace countersign::actions
