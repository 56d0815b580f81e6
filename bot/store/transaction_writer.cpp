#include "bot/store/transaction_writer.hpp"

#include "bot/audit/chain.hpp"
#include "bot/store/database.hpp"
#include "bot/store/post_kind.hpp"
#include "bot/store/sql.hpp"
#include "handlers/core/hex.hpp"
#include "handlers/model/freeze_document.hpp"

#include <stdexcept>
#include <tuple>

namespace countersign::store {

namespace {

using OneId = std::tuple<std::int64_t>;
using OneText = std::tuple<std::string>;

template <class Id>
std::optional<std::string> text_of(const std::optional<Id>& id)
{
    if (!id) return std::nullopt;
    return id->str();
}

std::optional<std::int64_t> ms_of(const std::optional<TimePoint>& at)
{
    if (!at) return std::nullopt;
    return to_unix_ms(*at);
}

// True when the job was still ours.
bool step_job(Connection& connection, const JobStep& step, TimePoint at)
{
    const auto end = [&](std::string_view state) {
        return connection.query_one<OneId>(sql::end_job, state, step.error, to_unix_ms(at), step.id, step.epoch);
    };
    const auto reschedule = [&](std::int64_t failures) {
        const std::int64_t due = to_unix_ms(step.due.value_or(at));
        return connection.query_one<OneId>(sql::reschedule_job, due, failures, step.error, step.id, step.epoch);
    };
    switch (step.end)
    {
    case JobEnd::keep: return connection.query_one<OneId>(sql::fence_job, step.id, step.epoch).has_value();
    case JobEnd::finish: return end("done").has_value();
    case JobEnd::bury: return end("dead").has_value();
    case JobEnd::postpone: return reschedule(0).has_value();
    case JobEnd::retry: return reschedule(1).has_value();
    }
    return false;
}

std::optional<std::string> account_of(const Request& request)
{
    if (request.account) return account_key(request.account->id);
    if (request.creates_account() && request.asked) return new_account_key(request.email);
    return std::nullopt;
}

std::optional<std::string> decider_of(const Request& request)
{
    if (!request.decision || request.state == State::cancelled) return std::nullopt;
    return request.decision->by.str();
}

std::optional<std::int64_t> decided_at(const Request& request)
{
    if (!decider_of(request)) return std::nullopt;
    return to_unix_ms(request.decision->at);
}

void insert(Connection& connection, const Request& request)
{
    connection.exec(
        sql::insert_request, request.id.str(), request.version, name_of(request.state), request.is_open() ? 1 : 0,
        account_of(request), request.requester.str(), to_unix_ms(request.created_at), to_unix_ms(request.updated_at),
        request.asked ? 1 : 0, decider_of(request), decided_at(request), to_document(request));
}

// True when the stored version was the one that was read.
bool update(Connection& connection, const Request& request)
{
    const auto updated = connection.query_one<OneId>(
        sql::update_request, name_of(request.state), request.is_open() ? 1 : 0, account_of(request),
        request.requester.str(), to_unix_ms(request.created_at), to_unix_ms(request.updated_at), request.asked ? 1 : 0,
        decider_of(request), decided_at(request), to_document(request), request.id.str(), request.version);
    return updated.has_value();
}

void put(Connection& connection, const Post& post)
{
    connection.exec(
        sql::put_post, post.request.str(), name_of(post.kind), post.uuid, text_of(post.channel), text_of(post.ts),
        ms_of(post.sending_since), post.drawn_version);
}

void step_credential(Connection& connection, const Transaction& change)
{
    if (change.credential_step == CredentialStep::none) return;
    const std::string& request = change.update ? change.update->id.str() : change.insert->id.str();
    if (change.credential_step == CredentialStep::seal)
        connection.exec(sql::insert_credential, request, to_hex(change.credential->bytes));
    else
        connection.exec(sql::delete_credential, request);
}

void append(Connection& connection, const AuditEvent& event, TimePoint at, AuditMark& head)
{
    const AuditRow row = audit::next_row(head, event, at);
    connection.exec(
        sql::insert_audit, row.mark.sequence, to_unix_ms(at), text_of(event.request), row.mark.hash, row.text);
    head = row.mark;
}

bool is_frozen(Connection& connection)
{
    using Row = std::tuple<std::int64_t, std::optional<std::string>>;
    const auto row = connection.query_one<Row>(sql::find_freeze);
    // Without its row nobody knows whether everything is stopped.
    return !row || std::get<1>(*row);
}

// False when the switch is not as it was read.
bool set(Connection& connection, const FreezeSwitch& freeze)
{
    std::optional<std::string> document;
    if (freeze.freeze) document = to_document(*freeze.freeze);
    return connection.query_one<OneId>(sql::update_freeze, document, freeze.version).has_value();
}

void put(Connection& connection, const HomeViewer& viewer)
{
    connection.exec(sql::put_viewer, viewer.user.str(), to_unix_ms(viewer.opened_at), viewer.page, viewer.digest);
}

void add(Connection& connection, const NewJob& job, TimePoint at)
{
    if (job.coalesce)
        connection.exec(
            sql::insert_job_once, job.kind, job.lane, text_of(job.request), job.payload, to_unix_ms(job.due),
            to_unix_ms(at), job.lane, job.kind);
    else
        connection.exec(
            sql::insert_job, job.kind, job.lane, text_of(job.request), job.payload, to_unix_ms(job.due),
            to_unix_ms(at));
}

// False when it is remembered already.
bool remember(Connection& connection, const ReplayMark& mark)
{
    return connection.query_one<OneText>(sql::insert_replay, mark.digest, to_unix_ms(mark.expires_at)).has_value();
}

Result<Receipt> write(Connection& connection, const Transaction& change, AuditMark& head)
{
    if (change.job && !step_job(connection, *change.job, change.at)) return Errc::lease_lost;
    if (change.replay && !remember(connection, *change.replay)) return Errc::replayed;
    if (change.unless_frozen && is_frozen(connection)) return Errc::conflict;
    if (change.insert) insert(connection, *change.insert);
    if (change.update && !update(connection, *change.update)) return Errc::conflict;
    step_credential(connection, change);
    if (change.freeze && !set(connection, *change.freeze)) return Errc::conflict;
    if (change.viewer) put(connection, *change.viewer);
    if (change.post) put(connection, *change.post);

    Receipt receipt;
    if (!change.audit_once || remember(connection, *change.audit_once))
        for (const AuditEvent& event : change.audit)
        {
            append(connection, event, change.at, head);
            receipt.audit = head;
        }
    for (const NewJob& job : change.jobs) add(connection, job, change.at);
    return receipt;
}

}  // namespace

Result<Receipt> apply_transaction(Connection& connection, const Transaction& change, AuditMark& head)
{
    try
    {
        return write(connection, change, head);
    }
    catch (const ConstraintViolated& violated)
    {
        switch (violated.kind())
        {
        case Constraint::unique: return Errc::duplicate;
        case Constraint::foreign: return Errc::not_found;
        case Constraint::other: return Errc::malformed;
        }
        return Errc::malformed;
    }
}

void check(const Transaction& change)
{
    const bool has_request = change.insert || change.update;
    if (change.credential_step != CredentialStep::none && !has_request)
        throw std::invalid_argument{"a credential without its request"};
    if ((change.credential_step == CredentialStep::seal) != change.credential.has_value())
        throw std::invalid_argument{"a credential is given exactly when it is to be sealed"};
    for (const NewJob& job : change.jobs)
        if (job.payload.size() > payload_bytes_max) throw std::invalid_argument{"a job's payload is over its limit"};
}

}  // namespace countersign::store
