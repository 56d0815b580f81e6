#include "handlers/actions/verdict.hpp"

#include "handlers/views/explanation_view.hpp"

#include <utility>

namespace countersign::actions {

Window window_at(const Press& press, boost::json::object view, bool is_missed)
{
    if (press.private_metadata == press.value) return NewContents{press.value, std::move(view)};
    return Modal{std::move(view), is_missed};
}

Verdict Verdict::without_trace(slack::Answer answer)
{
    Verdict verdict{TimePoint{}};
    verdict.transaction.reset();
    verdict.answer = std::move(answer);
    return verdict;
}

Verdict&& Verdict::saying(slack::Message message) &&
{
    answer = slack::PrivateReply{std::move(message)};
    return std::move(*this);
}

void tell(Verdict& verdict, const Press& press, std::string_view title, const std::string& words)
{
    if (press.hears_notes())
        add_note(*verdict.transaction, press, words);
    else if (!title.empty())
        verdict.window = Modal{views::explanation(title, words), /*is_missed=*/false};
}

AuditEvent refusal_row(const Action& action, std::string_view code, const std::optional<Request>& request)
{
    AuditEvent row{"decision_not_accepted", action.by.str()};
    if (request) row.request = request->id;
    row.details.emplace_back("action", action.name);
    row.details.emplace_back("why", std::string{code});
    return row;
}

Verdict refuse(const Press& press, const Snapshot& seen, const Refusal& refusal, std::string_view title)
{
    Verdict verdict{seen.now};
    verdict.transaction->audit.push_back(refusal_row(press, refusal.code, seen.request));
    tell(verdict, press, title, refusal.words);
    return verdict;
}

}  // namespace countersign::actions
