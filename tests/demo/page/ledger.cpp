#include "tests/demo/page/ledger.hpp"

#include "tests/demo/page/answers.hpp"
#include "tests/demo/page/audit_chain.hpp"
#include "tests/demo/page/metrics.hpp"
#include "tests/demo/page/sqlite_file.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <exception>
#include <optional>
#include <stdexcept>

namespace json = boost::json;
namespace asio = boost::asio;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace demo::page {

namespace {

// A file system's clock ticks coarsely: what was written in the tick of the last look may have been missed.
constexpr auto clock_tick = 50ms;

constexpr std::chrono::milliseconds probe_every{5'000};
constexpr std::chrono::milliseconds probe_until_ready_every{200};

const char* const all_audit = "SELECT sequence, at, request_id, hash, text FROM audit ORDER BY sequence";
const char* const newest_requests =
    "SELECT id, state, version, requester, created_at, updated_at, document FROM request "
    "ORDER BY created_at DESC, rowid DESC LIMIT 100";
const char* const newest_jobs =
    "SELECT id, kind, lane, request_id, state, due_at, attempts, lease_until, last_error, created_at, finished_at "
    "FROM job ORDER BY id DESC LIMIT 200";
const char* const what_changes =
    "SELECT (SELECT count(*) FROM request) AS requests, (SELECT sum(version) FROM request) AS versions, "
    "(SELECT max(sequence) FROM audit) AS sequence, (SELECT max(id) FROM job) AS jobs, "
    "(SELECT sum(attempts + epoch) FROM job) AS turns, (SELECT count(*) FROM job WHERE state = 'ready') AS ready, "
    "(SELECT count(*) FROM job WHERE state = 'leased') AS leased, (SELECT sum(due_at) FROM job) AS due";
constexpr std::size_t audit_rows_max = 200;

json::object chain_and_heads(const json::array& audit)
{
    const ChainCheck check = check_chain(audit);
    json::object heads{{"sequence", 0}, {"hash", std::string(64, '0')}};
    if (!audit.empty()) heads = {{"sequence", audit.back().at("sequence")}, {"hash", audit.back().at("hash")}};
    return {
        {"heads", std::move(heads)},
        {"chain",
         json::object{
             {"rows", check.rows},
             {"ok", !check.broken_at},
             {"broken_at", check.broken_at ? json::value(*check.broken_at) : json::value(nullptr)}}}};
}

json::array newest(const json::array& audit)
{
    json::array out;
    for (auto row = audit.rbegin(); row != audit.rend() && out.size() < audit_rows_max; ++row) out.push_back(*row);
    return out;
}

json::array requests(const SqliteFile& file)
{
    json::array rows = file.rows(newest_requests);
    for (json::value& row : rows)
    {
        json::value& document = row.as_object()["document"];
        document = json::parse(document.as_string());
    }
    return rows;
}

json::object content_of(const Company& company, const fs::path& database)
{
    // Before the bot's first start there is no file.
    std::optional<SqliteFile> file;
    if (fs::exists(database)) file.emplace(database);
    const json::array audit = file ? file->rows(all_audit) : json::array{};
    json::object out = chain_and_heads(audit);
    out["requests"] = file ? requests(*file) : json::array{};
    out["jobs"] = file ? file->rows(newest_jobs) : json::array{};
    out["audit"] = newest(audit);
    out["metrics"] = metrics(company, file ? &*file : nullptr);
    return out;
}

// {"error":"words"}, as the bot says what is missing.
std::string word_in(const std::string& body)
{
    json::error_code failure;
    const json::value said = json::parse(body, failure);
    const json::value* word = failure || !said.is_object() ? nullptr : said.get_object().if_contains("error");
    return word != nullptr && word->is_string() ? std::string{word->get_string().data(), word->get_string().size()}
                                                : body;
}

std::string stamp(const fs::path& file)
{
    std::error_code missing;
    const auto at = fs::last_write_time(file, missing).time_since_epoch().count();
    if (missing) return "none";
    return std::to_string(at) + '/' + std::to_string(fs::file_size(file, missing));
}

fs::path beside(const fs::path& file, const char* ending) { return file.string() + ending; }

}  // namespace

Ledger::Ledger(Company& company) : company_{company} {}

asio::awaitable<json::object> Ledger::describe()
{
    co_await probe();
    json::object out;
    try
    {
        out = content_of(company_, company_.bot().database_file());
    }
    catch (const std::runtime_error& problem)
    {
        throw Refused{503, std::string{"The ledger cannot be read now: "} + problem.what()};
    }
    out["ready"] = json::object{{"status", ready_.status}, {"word", ready_.word}};
    out["process"] = json::object{
        {"running", company_.bot().running()}, {"pid", company_.bot().pid()}, {"starts", company_.bot().starts()}};
    co_return out;
}

asio::awaitable<void> Ledger::probe()
{
    Request request{"GET", "/readyz", {}, {}};
    const auto answer = co_await company_.ask_bot(std::move(request));
    ready_.status = answer ? answer->status : 0;
    ready_.word = answer && answer->status != 200 ? word_in(answer->body) : std::string{};
    probe_due_ = std::chrono::steady_clock::now() + (ready_.status == 200 ? probe_every : probe_until_ready_every);
}

void Ledger::probe_when_due()
{
    const auto now = std::chrono::steady_clock::now();
    if (now < probe_due_) return;
    probe_due_ = now + probe_every;  // one at a time
    asio::co_spawn(company_.context, probe(), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
}

// By the stamps of the files that a commit touches.
bool Ledger::file_may_have_changed()
{
    const fs::path& database = company_.bot().database_file();
    std::string now = stamp(database) + ' ' + stamp(beside(database, "-wal"));
    std::error_code missing;
    const auto written = fs::last_write_time(beside(database, "-wal"), missing);
    const bool just_written = !missing && written + clock_tick >= looked_at_;
    if (now == file_seen_ && !just_written) return false;
    file_seen_ = std::move(now);
    looked_at_ = fs::file_time_type::clock::now();
    return true;
}

std::string Ledger::fingerprint() const
{
    const fs::path& database = company_.bot().database_file();
    if (!fs::exists(database)) return {};
    try
    {
        return json::serialize(SqliteFile{database}.rows(what_changes));
    }
    catch (const std::runtime_error&)
    {
        return content_seen_;  // not readable at this moment, e.g. while its schema is made: looked at again
    }
}

std::uint64_t Ledger::revision()
{
    probe_when_due();
    const int pid = company_.bot().running() ? company_.bot().pid() : 0;
    std::string process = std::to_string(pid) + ' ' + std::to_string(ready_.status) + ' ' + ready_.word;
    std::string content = file_may_have_changed() ? fingerprint() : content_seen_;
    if (process == process_seen_ && content == content_seen_) return revision_;
    process_seen_ = std::move(process);
    content_seen_ = std::move(content);
    return ++revision_;
}

}  // namespace demo::page
