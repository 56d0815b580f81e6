#include "tests/unit/handlers/effects/bench.hpp"

#include "bot/store/database.hpp"
#include "handlers/effects/job_handler.hpp"
#include "handlers/model/vault_context.hpp"
#include "handlers/rules/jobs.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace countersign::test {

using namespace effects;
using namespace rules;

namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

Request asked_for(const std::string& email)
{
    Request request{RequestId{"cs-1"}, agent, Email{email}, std::nullopt, noon - 5min};
    request.state = State::approved;
    request.connection = "Main";
    request.asked = true;
    request.decision = Decision{lead, noon};
    request.approvals = {*request.decision};
    return request;
}

}  // namespace

Account account_of_ada()
{
    Account account{ada};
    account.email = "ada@acme.example";
    account.email_verified = true;
    account.name = "Ada Byron";
    account.given_name = "Ada";
    account.family_name = "Byron";
    account.database_connections = {"Main"};
    account.created_at = noon - 1000h;
    account.last_login = noon - 24h;
    account.last_password_reset = noon - 240h;
    account.logins_count = 3;
    return account;
}

Request approved_request()
{
    Request request = asked_for("ada@acme.example");
    request.account = account_of_ada();
    return request;
}

Request approved_creation()
{
    Request request = asked_for("grace@acme.example");
    request.purpose = Purpose::first_password;
    request.names = GivenNames{"Grace", "Hopper"};
    return request;
}

Request checking_request()
{
    Request request = approved_request();
    request.state = State::checking;
    request.intent.emplace();
    request.intent->started_at = noon;
    request.intent->reset_before = request.account->last_password_reset;
    request.intent->sends = 1;
    return request;
}

Bench::Bench()
{
    directory.give(agent, {Role::support, Role::implementation});
    directory.give(lead, {Role::approver});
    directory.give(other_lead, {Role::approver});
}

Job Bench::begin(Request request, std::string_view kind, const std::string& payload)
{
    id_ = request.id;
    Transaction change{clock.now()};
    NewJob job = request_job(kind, request.id, clock.now());
    job.payload = payload;
    change.jobs.push_back(std::move(job));
    change.insert.emplace(std::move(request));
    if (!ledger.engine().apply({&change, 1}).front()) throw std::runtime_error{"the request was not stored"};
    const auto before = ledger.reads().audit_after(0, 10'000);
    rows_before_ = before.empty() ? 0 : before.back().mark.sequence;
    jobs_before_ = jobs().back().id;
    return claim(kind);
}

Job Bench::claim(std::string_view kind)
{
    for (Job& each : ledger.engine().claim(clock.now(), clock.now() + 300s, 100))
        if (each.kind == kind) return each;
    throw std::runtime_error{"no such job is due"};
}

Bench::~Bench() = default;

void Bench::run(boost::asio::awaitable<void> work) { run_to_end(context, std::move(work)); }

effects::JobResult Bench::perform(const Job& job) { return run(effects::handler_of(job.kind)->perform(services, job)); }

void Bench::freeze()
{
    Transaction change{clock.now()};
    change.freeze = ledger.reads().freeze();
    change.freeze->freeze.emplace(Freeze{lead, clock.now(), "incident", {}});
    if (!ledger.engine().apply({&change, 1}).front()) throw std::runtime_error{"not frozen"};
}

Request Bench::request() { return ledger.reads().request(id_).value(); }

std::vector<std::string> Bench::rows()
{
    std::vector<std::string> rows;
    for (const AuditRow& row : ledger.reads().audit_after(rows_before_, 10'000))
    {
        const json::value text = json::parse(row.text);
        const bool is_of_request = text.at("request") == json::value(id_.str());
        rows.push_back(
            (is_of_request ? "" : "elsewhere: ") + std::string{text.at("action").as_string()} + " " +
            std::string{text.at("actor").as_string()} + " " + json::serialize(text.at("details")));
    }
    return rows;
}

std::vector<StoredJob> Bench::jobs()
{
    using Row = std::tuple<
        std::int64_t, std::string, std::string, std::string, std::string, std::int64_t, std::int64_t, std::string>;
    std::vector<StoredJob> found;
    for (const auto& [id, kind, lane, payload, state, due, attempts, error] : ledger.engine().connection().query<Row>(
             "SELECT id, kind, lane, payload, state, due_at, attempts, last_error FROM job WHERE id > $1 ORDER BY id",
             jobs_before_))
        found.push_back(
            StoredJob{id, kind, lane, payload, state, from_unix_ms(due), static_cast<int>(attempts), error});
    return found;
}

StoredJob Bench::job(std::string_view kind)
{
    const std::int64_t since = std::exchange(jobs_before_, 0);
    const auto all = jobs();
    jobs_before_ = since;
    const auto found = std::find_if(all.rbegin(), all.rend(), [kind](const auto& each) { return each.kind == kind; });
    if (found == all.rend()) throw std::runtime_error{"no such job"};
    return *found;
}

std::vector<std::string> Bench::added()
{
    std::vector<std::string> lines;
    for (const StoredJob& each : jobs())
        lines.push_back(each.kind + " " + each.lane + " +" + std::to_string((each.due - clock.now()).count()));
    return lines;
}

std::string Bench::sealed()
{
    const auto found = ledger.reads().credential(id_);
    if (!found) return {};
    return std::string{vault.open(*found, credential_context(request())).value().expose()};
}

void Bench::seal(const std::string& password)
{
    Transaction change{clock.now()};
    Request current = request();
    change.credential = vault.seal(Secret{password}, credential_context(current));
    change.credential_step = CredentialStep::seal;
    change.update.emplace(std::move(current));
    if (!ledger.engine().apply({&change, 1}).front()) throw std::runtime_error{"not sealed"};
}

}  // namespace countersign::test
