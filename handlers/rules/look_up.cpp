#include "handlers/rules/look_up.hpp"

#include "handlers/rules/classify.hpp"
#include "handlers/rules/demands.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/risk_notes.hpp"
#include "handlers/rules/transitions.hpp"

namespace countersign::rules {

namespace {

// Nobody is asked.
Transaction refusal(Request request, StoredEnding ending, TimePoint now)
{
    Transaction change{now};
    request.ending = std::move(ending);
    change.jobs.push_back(request_job(job_kind::answer, request.id, now));
    advance(change, std::move(request), Event::refuse, system_actor);
    return change;
}

// Each wait has its own lane: in a common one the expiry of the first, which is over, would hold up that of the second.
Transaction with_expiry(Request& request, std::string_view waits_for, std::chrono::seconds time, TimePoint now)
{
    Transaction change{now};
    request.expires_at = now + time;
    NewJob expiry = request_job(job_kind::expire, request.id, *request.expires_at);
    expiry.lane += "/" + std::string{waits_for};
    change.jobs.push_back(request_job(job_kind::answer, request.id, now));
    change.jobs.push_back(std::move(expiry));
    return change;
}

// The requester has to say more.
Transaction question_to(Request request, std::vector<std::string> questions, TimePoint now)
{
    request.questions = std::move(questions);
    Transaction change = with_expiry(request, "choosing", choosing_time, now);
    advance(change, std::move(request), Event::ask, system_actor);
    return change;
}

// What the requester has to answer before approvers are asked; nothing when all is known.
std::vector<std::string> questions_of(const Preparation& prepared, const Settings& settings)
{
    const Request& request = prepared.request;
    std::vector<std::string> questions;
    const bool is_standard = has_format(request, PasswordFormat::sop);
    const bool made_of_names = is_standard || request.creates_account();
    const bool unusual = request.account && is_standard && look_implausible(*request.account);
    const bool no_names = made_of_names && (request.given_name().empty() || request.family_name().empty());
    if (prepared.wants_names || no_names || request.names_were_split || (!request.names && unusual))
        questions.emplace_back(question::names);
    if (!request.person_confirmed && !doubts_about_person(request.risk_notes).empty())
        questions.emplace_back(question::person);
    if (prepared.wants_verification) questions.emplace_back(question::verification);
    if (is_incomplete(request, settings)) questions.emplace_back(question::details);
    return questions;
}

}  // namespace

std::variant<Request, Transaction> with_account(
    Request request, const std::vector<Account>& accounts, const Settings& settings, TimePoint now)
{
    request.account = std::nullopt;
    auto verdict = classify(accounts, request.purpose, request.choice);
    if (auto* none = std::get_if<NoTarget>(&verdict))
    {
        request.lookalikes = std::move(none->found);
        return refusal(std::move(request), none->ending, now);
    }
    if (auto* several = std::get_if<Candidates>(&verdict))
    {
        request.candidates = std::move(several->accounts);
        request.choice.reset();
        std::vector<std::string> questions{std::string{question::account}};
        if (is_incomplete(request, settings)) questions.emplace_back(question::details);
        return question_to(std::move(request), std::move(questions), now);
    }
    if (auto* target = std::get_if<Target>(&verdict))
    {
        request.connection = std::move(target->connection);
        request.lookalikes = std::move(target->lookalikes);
        request.account.emplace(std::move(target->account));
        // Half a name was meant for a new account: the names of one that exists are whole, or are asked for.
        if (request.names && (request.names->given.empty() || request.names->family.empty())) request.names.reset();
        return request;
    }
    const std::string& connection = settings.new_accounts.connection;
    request.connection = connection.empty() ? settings.usual_connection : connection;
    request.lookalikes = std::move(std::get<NewTarget>(verdict).lookalikes);
    return request;
}

std::optional<Transaction> held_up(Preparation prepared, const Settings& settings, TimePoint now)
{
    if (!prepared.ending.is_none()) return refusal(std::move(prepared.request), std::move(prepared.ending), now);
    auto questions = questions_of(prepared, settings);
    if (questions.empty()) return std::nullopt;
    return question_to(std::move(prepared.request), std::move(questions), now);
}

Transaction passed_on(Request request, ChannelSafety approvals, const Settings& settings, TimePoint now)
{
    if (approvals == ChannelSafety::shared_outside || approvals == ChannelSafety::open_to_workspace)
    {
        request.lookalikes.clear();
        return refusal(std::move(request), ending_of(*channel_denial(approvals)), now);
    }
    request.questions.clear();
    request.candidates.clear();
    Transaction change = with_expiry(request, "decision", settings.approval.expires_after, now);
    advance(change, std::move(request), Event::found, system_actor);
    return change;
}

Transaction already_open(Request request, const Request* other, std::string words, TimePoint now)
{
    request.account.reset();
    request.lookalikes.clear();
    if (other != nullptr) request.ending_detail = std::move(words);
    Transaction change = refusal(std::move(request), Ending::request_already_open, now);
    // It is held by a request whose card is to be there, so that it can be decided.
    if (other != nullptr && other->state == State::pending) change.jobs.push_back(card_check(other->id, now));
    return change;
}

}  // namespace countersign::rules
