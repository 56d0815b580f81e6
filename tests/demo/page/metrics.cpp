#include "tests/demo/page/metrics.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace json = boost::json;

namespace demo::page {

namespace {

constexpr std::chrono::milliseconds answer_limit{3'000};  // Slack's, for every command and click

json::value metric(std::string name, const char* help, json::value value, const char* unit)
{
    return json::object{{"name", std::move(name)}, {"help", help}, {"value", std::move(value)}, {"unit", unit}};
}

// The smallest value that `share` of all do not exceed.
json::value quantile(const std::vector<double>& sorted, double share)
{
    if (sorted.empty()) return nullptr;
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

void add_requests(json::array& out, const SqliteFile& ledger)
{
    for (const json::value& row : ledger.rows("SELECT state, count(*) AS n FROM request GROUP BY state ORDER BY state"))
    {
        const auto& state = row.at("state").as_string();
        out.push_back(metric(
            "requests_" + std::string{state.data(), state.size()}, "Requests in this state", row.at("n"), "requests"));
    }
}

void add_decisions(json::array& out, const SqliteFile& ledger)
{
    std::vector<double> seconds;
    for (const json::value& row : ledger.rows(
             "SELECT audit.at - request.created_at AS waited FROM audit JOIN request ON request.id = audit.request_id "
             "WHERE json_extract(audit.text, '$.action') IN ('request_approved', 'request_denied') ORDER BY waited"))
        seconds.push_back(static_cast<double>(row.at("waited").as_int64()) / 1'000);
    out.push_back(metric(
        "decision_seconds_median", "From a request to its decision: half of them were faster", quantile(seconds, 0.5),
        "s"));
    out.push_back(metric(
        "decision_seconds_p90", "From a request to its decision: nine of ten were faster", quantile(seconds, 0.9),
        "s"));
}

void add_jobs(json::array& out, const SqliteFile& ledger)
{
    const json::array rows = ledger.rows("SELECT count(*) FILTER (WHERE state IN ('ready', 'leased')) AS waiting, "
                                         "count(*) FILTER (WHERE state = 'dead') AS dead FROM job");
    const json::object& jobs = rows.front().as_object();
    out.push_back(metric("jobs_waiting", "Jobs that are still to be done", jobs.at("waiting"), "jobs"));
    out.push_back(metric("jobs_dead", "Jobs that were given up; somebody was told", jobs.at("dead"), "jobs"));
}

void add_answers(json::array& out, const Company& company)
{
    std::vector<double> milliseconds;
    std::size_t in_time = 0;
    for (const Answer& answer : company.answers())
    {
        if (answer.status == 0) continue;
        milliseconds.push_back(static_cast<double>(answer.took.count()));
        if (answer.took < answer_limit) ++in_time;
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    out.push_back(metric(
        "slack_requests", "Commands, clicks and submissions that Slack sent to the bot", company.answers().size(),
        "requests"));
    out.push_back(metric("slack_requests_in_time", "Of those, answered within Slack's 3 seconds", in_time, "requests"));
    out.push_back(metric(
        "slack_answer_milliseconds_median", "Until the bot answered Slack: half of them were faster",
        quantile(milliseconds, 0.5), "ms"));
    out.push_back(metric(
        "slack_answer_milliseconds_p99", "Until the bot answered Slack: 99 of 100 were faster",
        quantile(milliseconds, 0.99), "ms"));
}

void add_calls(json::array& out, const Company& company)
{
    const auto& slack = company.slack.calls();
    const auto& auth0 = company.auth0.calls();
    const auto refused_by_slack =
        std::count_if(slack.begin(), slack.end(), [](const slack::ApiCall& call) { return !call.error.empty(); });
    const auto refused_by_auth0 =
        std::count_if(auth0.begin(), auth0.end(), [](const auth0::ReceivedCall& call) { return call.status >= 400; });
    out.push_back(metric("calls_to_slack", "Calls of the bot that reached Slack", slack.size(), "calls"));
    out.push_back(metric("calls_refused_by_slack", "Of those, refused", refused_by_slack, "calls"));
    out.push_back(metric("calls_to_auth0", "Calls of the bot that Auth0 saw", auth0.size(), "calls"));
    out.push_back(metric("calls_refused_by_auth0", "Of those, refused", refused_by_auth0, "calls"));
}

}  // namespace

json::array metrics(const Company& company, const SqliteFile* ledger)
{
    json::array out;
    if (ledger != nullptr)
    {
        add_requests(out, *ledger);
        add_decisions(out, *ledger);
        add_jobs(out, *ledger);
    }
    add_answers(out, company);
    add_calls(out, company);
    return out;
}

}  // namespace demo::page
