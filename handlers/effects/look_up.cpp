#include "handlers/effects/look_up.hpp"

#include "handlers/checks/prepare.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/rules/classify.hpp"
#include "handlers/rules/completeness.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/risk_notes.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/rules/waiting.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::hours look_up_age_max{1};
constexpr std::chrono::minutes choosing_time{30};

// The change that ends the look-up without anybody being asked.
Transaction refusal(const Job& job, Request request, StoredEnding ending, TimePoint now)
{
    Transaction change{now};
    request.ending = std::move(ending);
    change.jobs.push_back(rules::request_job(job_kind::answer, request.id, now));
    change.job = rules::end_of(job, JobEnd::finish);
    rules::advance(change, std::move(request), Event::refuse, system_actor);
    return change;
}

// Each wait has its own lane: in a common one the expiry of the first, which is over, would hold up that of the second.
Transaction with_expiry(
    const Job& job, Request& request, std::string_view waits_for, std::chrono::seconds time, TimePoint now)
{
    Transaction change{now};
    request.expires_at = now + time;
    NewJob expiry = rules::request_job(job_kind::expire, request.id, *request.expires_at);
    expiry.lane += "/" + std::string{waits_for};
    change.jobs.push_back(rules::request_job(job_kind::answer, request.id, now));
    change.jobs.push_back(std::move(expiry));
    change.job = rules::end_of(job, JobEnd::finish);
    return change;
}

// The requester has to say more.
Transaction question_to(const Job& job, Request request, std::vector<std::string> questions, TimePoint now)
{
    request.questions = std::move(questions);
    Transaction change = with_expiry(job, request, "choosing", choosing_time, now);
    rules::advance(change, std::move(request), Event::ask, system_actor);
    return change;
}

// The approvers are asked.
Transaction discovery(const Services& services, const Job& job, Request request, TimePoint now)
{
    request.questions.clear();
    request.candidates.clear();
    Transaction change = with_expiry(job, request, "decision", services.settings.approval.expires_after, now);
    rules::advance(change, std::move(request), Event::found, system_actor);
    return change;
}

// What the requester has to answer before approvers are asked; nothing when all is known.
std::vector<std::string> questions_of(const checks::Preparation& prepared, const Settings& settings)
{
    const Request& request = prepared.request;
    std::vector<std::string> questions;
    const bool is_standard = has_format(request, PasswordFormat::sop);
    const bool made_of_names = is_standard || request.creates_account();
    const bool unusual = request.account && is_standard && rules::look_implausible(*request.account);
    const bool no_names = made_of_names && (request.given_name().empty() || request.family_name().empty());
    if (prepared.wants_names || no_names || request.names_were_split || (!request.names && unusual))
        questions.emplace_back(question::names);
    if (!request.person_confirmed && !rules::doubts_about_person(request.risk_notes).empty())
        questions.emplace_back(question::person);
    if (prepared.wants_verification) questions.emplace_back(question::verification);
    if (rules::is_incomplete(request, settings)) questions.emplace_back(question::details);
    return questions;
}

// The account that only one open request may be about.
std::string account_key_of(const Request& request)
{
    return request.account ? account_key(request.account->id) : new_account_key(request.email);
}

// What a card says is for our own people: it is not posted where others read along. None: it may be.
asio::awaitable<StoredEnding> readers_fault(const Services& services)
{
    const auto asked = co_await services.directory.fetch_approvals_channel();
    const ChannelSafety channel = asked ? *asked : services.directory.approvals_channel();
    const bool is_read_by_others =
        channel == ChannelSafety::shared_outside || channel == ChannelSafety::open_to_workspace;
    // Where nobody can read, the card waits until its channel is mended.
    if (!is_read_by_others) co_return StoredEnding{};
    co_return rules::ending_of(*rules::channel_denial(channel));
}

// With its account and all that follows from it: refused, asked back, or passed on to the approvers.
asio::awaitable<JobResult> pass_on(const Services& services, Job job, Request request)
{
    auto prepared = co_await checks::prepare(services, request);
    if (!prepared) co_return JobResult::of(prepared.error());
    const TimePoint now = services.clock.now();
    if (!prepared->ending.is_none())
    {
        Transaction refused = refusal(job, std::move(prepared->request), std::move(prepared->ending), now);
        co_return co_await commit(services, std::move(refused));
    }
    auto questions = questions_of(*prepared, services.settings);
    if (!questions.empty())
    {
        Transaction asked = question_to(job, std::move(prepared->request), std::move(questions), now);
        co_return co_await commit(services, std::move(asked));
    }
    StoredEnding fault = co_await readers_fault(services);
    if (!fault.is_none())
    {
        prepared->request.lookalikes.clear();
        Transaction refused = refusal(job, std::move(prepared->request), std::move(fault), now);
        co_return co_await commit(services, std::move(refused));
    }
    Transaction change = discovery(services, job, std::move(prepared->request), now);
    const auto moved = rules::moved_request(change);
    const auto receipt = co_await services.store.commit(std::move(change));
    if (receipt && moved) rules::log_move(*moved);
    if (receipt || receipt.error() != Errc::duplicate) co_return after_commit(receipt);

    const auto open = co_await services.store.find_open_request(account_key_of(request));
    request.account.reset();
    if (open) request.ending_detail = views::open_request(*open);
    request.lookalikes.clear();
    Transaction other = refusal(job, std::move(request), Ending::request_already_open, now);
    // It is held by a request whose card is to be there, so that it can be decided.
    if (open && open->state == State::pending) other.jobs.push_back(rules::card_check(open->id, now));
    co_return co_await commit(services, std::move(other));
}

}  // namespace

asio::awaitable<JobResult> look_up(const Services& services, Job job)
{
    const auto stored = co_await services.store.find_request(*job.request);
    if (!stored || stored->state != State::looking_up) co_return co_await finish(services, std::move(job));

    // Nobody waits for it any more: the requester is told to ask again.
    if (services.clock.now() - stored->updated_at > look_up_age_max)
        co_return JobResult::bury(Problem{Errc::unavailable, "too_old"});
    const auto accounts = co_await services.accounts.find_by_email(stored->email);
    if (!accounts) co_return JobResult::of(accounts.error());

    const TimePoint now = services.clock.now();
    Request request = *stored;
    request.account.reset();
    auto verdict = rules::classify(*accounts, request.purpose, request.choice);
    if (auto* none = std::get_if<rules::NoTarget>(&verdict))
    {
        request.lookalikes = std::move(none->found);
        Transaction change = refusal(job, std::move(request), none->ending, now);
        co_return co_await commit(services, std::move(change));
    }
    if (auto* several = std::get_if<rules::Candidates>(&verdict))
    {
        request.candidates = std::move(several->accounts);
        request.choice.reset();
        std::vector<std::string> questions{std::string{question::account}};
        if (rules::is_incomplete(request, services.settings)) questions.emplace_back(question::details);
        Transaction change = question_to(job, std::move(request), std::move(questions), now);
        co_return co_await commit(services, std::move(change));
    }
    if (auto* target = std::get_if<rules::Target>(&verdict))
    {
        request.connection = std::move(target->connection);
        request.lookalikes = std::move(target->lookalikes);
        request.account.emplace(std::move(target->account));
        // Half a name was meant for a new account: the names of one that exists are whole, or are asked for.
        if (request.names && (request.names->given.empty() || request.names->family.empty())) request.names.reset();
    }
    else
    {
        const NewAccountSettings& settings = services.settings.new_accounts;
        request.connection = settings.connection.empty() ? services.settings.usual_connection : settings.connection;
        request.lookalikes = std::move(std::get<rules::NewTarget>(verdict).lookalikes);
    }
    co_return co_await pass_on(services, std::move(job), std::move(request));
}

}  // namespace countersign::effects
