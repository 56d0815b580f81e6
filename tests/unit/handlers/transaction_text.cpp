#include "tests/unit/handlers/transaction_text.hpp"

#include "handlers/model/job_kind.hpp"
#include "handlers/model/job_payload.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

namespace countersign::test {

std::string row_text(const AuditEvent& row)
{
    std::string text = row.action + " " + row.actor;
    if (row.request) text += " " + row.request->str();
    for (const auto& [name, value] : row.details) text.append(" ").append(name).append("=").append(value);
    return text;
}

std::string only_row(const Transaction& change)
{
    REQUIRE(change.audit.size() == 1);
    return row_text(change.audit.front());
}

std::string jobs_text(const Transaction& change)
{
    std::vector<std::string> jobs;
    for (const NewJob& job : change.jobs)
    {
        if (job.kind == job_kind::note) continue;
        std::string text = job.kind;
        if (!job.payload.empty() && job.payload.front() != '{') text += ":" + job.payload;
        if (job.due != change.at) text += "+" + std::to_string((job.due - change.at) / Milliseconds{1});
        jobs.push_back(std::move(text));
    }
    std::sort(jobs.begin(), jobs.end());
    std::string all;
    for (const std::string& job : jobs) all += (all.empty() ? "" : " ") + job;
    return all;
}

std::string note_text(const Transaction& change)
{
    std::vector<std::string> notes;
    for (const NewJob& job : change.jobs)
    {
        if (job.kind != job_kind::note) continue;
        const auto note = payload_from<Note>(job.payload);
        REQUIRE(note.has_value());
        notes.push_back(note->text);
    }
    REQUIRE(notes.size() <= 1);
    return notes.empty() ? std::string{} : notes.front();
}

}  // namespace countersign::test
