#include "bot/store/database.hpp"

#include "bot/store/start_refused.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/log.hpp"

#include <soci/sqlite3/soci-sqlite3.h>

#include <array>
#include <new>

namespace countersign::store {

namespace {

// The back end's header puts SQLite's C interface there.
namespace sqlite = sqlite_api;

// Not checked by UBSan: SOCI does not export the type information of this class.
__attribute__((no_sanitize("vptr"))) sqlite::sqlite3* handle(soci::session& session)
{
    return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

// SOCI reads a text with '=' as a list of options, and then splits it at spaces and quotes.
std::string connect_text(const std::string& path)
{
    if (path.empty() || path.find('=') != std::string::npos)
        throw StartRefused{"the database path \"" + path + "\" is empty or contains '='"};
    return path;
}

struct Setting
{
    const char* set;
    const char* read;
    std::string_view expected;
};

constexpr int lock_patience_ms = 5000;

// synchronous=FULL (2): with NORMAL a power cut takes acknowledged commits along.
constexpr std::array common_settings = {
    Setting{"PRAGMA busy_timeout = 5000", "PRAGMA busy_timeout", "5000"},  // lock_patience_ms
    Setting{"PRAGMA synchronous = FULL", "PRAGMA synchronous", "2"},
    Setting{"PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1"},
    Setting{"PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1"},
    Setting{"PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0"},
    // Temporary files would lie unencrypted outside our directory.
    Setting{"PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2"},
};
// Pages in the write-ahead log before it is copied into the database. Only one connection may ever do that.
constexpr Setting checkpoints_here{"PRAGMA wal_autocheckpoint = 1000", "PRAGMA wal_autocheckpoint", "1000"};
constexpr Setting checkpoints_elsewhere{"PRAGMA wal_autocheckpoint = 0", "PRAGMA wal_autocheckpoint", "0"};
constexpr Setting writes_nothing{"PRAGMA query_only = ON", "PRAGMA query_only", "1"};
constexpr Setting journal_of_file{"PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal"};
constexpr Setting journal_of_memory{"PRAGMA journal_mode = MEMORY", "PRAGMA journal_mode", "memory"};

void apply(Connection& connection, const Setting& setting)
{
    connection.script(setting.set);
    const auto found = connection.query_one<std::tuple<std::string>>(setting.read);
    const std::string value = found ? std::get<0>(*found) : "nothing";
    if (value != setting.expected)
        throw StartRefused{std::string{setting.read} + " is " + value + " after " + setting.set};
}

Constraint kind_of(int code)
{
    switch (code)
    {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return Constraint::unique;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return Constraint::foreign;
    default: return Constraint::other;
    }
}

// Failures after which the file and its page cache are known to be as they were. Not among them: a failed fsync, after
// which the state of the disk is unknown, and which must never be tried again on the same handle.
bool may_pass(int code)
{
    switch (code & 0xFF)
    {
    case SQLITE_FULL:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT: return true;
    // A full disk, met while the index of the write-ahead log grows.
    case SQLITE_IOERR: return code == SQLITE_IOERR_SHMSIZE;
    default: return false;
    }
}

}  // namespace

Connection::Connection(const std::string& path, Use use)
try : session_{soci::sqlite3, connect_text(path)}
{
    sqlite::sqlite3_extended_result_codes(handle(session_), 1);
    try
    {
        set_up(path, use);
    }
    catch (const StoreUnavailable& error)
    {
        throw StartRefused{path + ": " + error.what()};
    }
}
catch (const soci::sqlite3_soci_error& error)
{
    throw StartRefused{path + ": " + sqlite::sqlite3_errstr(error.result())};
}

Connection::~Connection() = default;

void Connection::set_up(const std::string& path, Use use)
{
    for (const Setting& setting : common_settings) apply(*this, setting);
    apply(*this, path == ":memory:" ? journal_of_memory : journal_of_file);
    if (use == Use::write)
    {
        apply(*this, checkpoints_here);
        const auto verdict = query<std::tuple<std::string>>("PRAGMA quick_check(1)");
        const std::string words = verdict.empty() ? "no verdict" : std::get<0>(verdict.front());
        if (words != "ok") throw StartRefused{path + ": the database is damaged: " + words};
    }
    else
    {
        apply(*this, checkpoints_elsewhere);
        apply(*this, writes_nothing);
        sqlite::sqlite3_db_config(handle(session_), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
}

soci::statement& Connection::prepared(Statement what)
{
    if (health() == Health::failed) throw StoreUnavailable{"the database has failed; it is not used until a restart"};
    if (const auto known = statements_.find(what.text); known != statements_.end()) return known->second;
    soci::statement& statement = statements_.try_emplace(what.text, session_).first->second;
    statement.alloc();
    statement.prepare(what.text);
    return statement;
}

void Connection::script(Statement what)
{
    const int code = sqlite::sqlite3_exec(handle(session_), what.text, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_for(code, what);
}

void Connection::give_up(Statement what)
{
    statements_.erase(what.text);
    try
    {
        throw;
    }
    catch (const soci::sqlite3_soci_error& error)
    {
        throw_for(error.result(), what);
    }
    catch (const soci::soci_error&)
    {
        throw_for(sqlite::sqlite3_extended_errcode(handle(session_)), what);
    }
}

void Connection::throw_for(int code, Statement what)
{
    if ((code & 0xFF) == SQLITE_CONSTRAINT) throw ConstraintViolated{kind_of(code)};
    if (!may_pass(code))
        health_ = Health::failed;
    else if (health() == Health::good)
        health_ = Health::strained;
    throw StoreUnavailable{
        std::string{"database: "} + sqlite::sqlite3_errstr(code) + " (" + std::to_string(code) + ") at " + what.name};
}

void Connection::wait_for_locks(bool waits) noexcept
{
    sqlite::sqlite3_busy_timeout(handle(session_), waits ? lock_patience_ms : 0);
}

bool Connection::in_transaction() noexcept { return sqlite::sqlite3_get_autocommit(handle(session_)) == 0; }

void Connection::relieve() noexcept
{
    if (health() == Health::strained) health_ = Health::good;
}

SqlTransaction::SqlTransaction(Connection& connection) : connection_{connection}
{
    // IMMEDIATE takes the write lock here, so that no later statement can find it taken.
    connection_.exec("BEGIN IMMEDIATE");
}

SqlTransaction::~SqlTransaction()
{
    // SQLite has rolled back by itself after some errors.
    if (!connection_.in_transaction()) return;
    try
    {
        connection_.script("ROLLBACK");
    }
    catch (const std::exception& failure)
    {
        // Recorded as the connection's health, too: a destructor cannot report it.
        log::error("rollback_failed", {{"error", failure.what()}});
    }
}

void SqlTransaction::commit()
{
    connection_.exec("COMMIT");
    connection_.relieve();
}

}  // namespace countersign::store
