#include "tests/scenario/old_ledger.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace countersign::test {

namespace fs = std::filesystem;
namespace json = boost::json;
using standins::slack::Message;
using standins::slack::View;

namespace {

using Database = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;
constexpr const char* unfinished = "SELECT kind FROM job WHERE state IN ('ready', 'leased') ORDER BY id";
using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

Database opened(const fs::path& file, int flags)
{
    sqlite3* raw = nullptr;
    const int result = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
    Database database{raw, sqlite3_close};
    if (result != SQLITE_OK) throw std::runtime_error{file.string() + ": cannot be opened"};
    return database;
}

// The first column of every row.
std::vector<std::string> column(sqlite3* database, const std::string& query)
{
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(database, query.c_str(), -1, &raw, nullptr) != SQLITE_OK)
        throw std::runtime_error{query + ": " + sqlite3_errmsg(database)};
    const Statement statement{raw, sqlite3_finalize};
    std::vector<std::string> found;
    int step = sqlite3_step(raw);
    for (; step == SQLITE_ROW; step = sqlite3_step(raw))
    {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(raw, 0));
        found.emplace_back(bytes, static_cast<std::size_t>(sqlite3_column_bytes(raw, 0)));
    }
    if (step != SQLITE_DONE) throw std::runtime_error{query + ": " + sqlite3_errmsg(database)};
    return found;
}

void execute(sqlite3* database, const std::string& script)
{
    if (sqlite3_exec(database, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(database)};
}

std::string schema_of(sqlite3* database)
{
    std::string script;
    for (const std::string& statement : column(
             database,
             "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' "
             "ORDER BY type = 'trigger', type = 'index', rowid"))
        script += statement + ";\n";
    return script;
}

std::string rows_of(sqlite3* database)
{
    std::string script;
    auto tables = column(
        database,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name = 'job', name");
    // Last, because inserting jobs writes it as well.
    tables.emplace_back("sqlite_sequence");
    for (const std::string& table : tables)
    {
        std::string quoted, first;
        for (const std::string& name : column(database, "SELECT name FROM pragma_table_info('" + table + "')"))
        {
            if (first.empty()) first = name;
            quoted += (quoted.empty() ? "quote(" : " || ',' || quote(") + name + ")";
        }
        if (table == "sqlite_sequence") script += "DELETE FROM sqlite_sequence;\n";
        for (const std::string& row : column(database, "SELECT " + quoted + " FROM " + table + " ORDER BY " + first))
            script += "INSERT INTO " + table + " VALUES(" + row + ");\n";
    }
    return script;
}

std::string content_of(const fs::path& file)
{
    std::ifstream in{file, std::ios::binary};
    if (!in) throw std::runtime_error{file.string() + ": is missing"};
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

void write_new(const fs::path& file, const std::string& content)
{
    if (fs::exists(file)) throw std::runtime_error{file.string() + ": is there, and is never written again"};
    std::ofstream out{file, std::ios::binary};
    out << content;
    out.close();
    if (!out) throw std::runtime_error{file.string() + ": cannot be written"};
}

std::string text_at(const json::object& object, const char* key)
{
    const json::value* found = object.if_contains(key);
    return found != nullptr && found->is_string() ? std::string{found->get_string()} : std::string{};
}

json::object saved(const Message& message)
{
    json::object out{
        {"ts", message.ts},
        {"channel", message.channel},
        {"user", message.user},
        {"by_app", message.by_app},
        {"text", message.text},
        {"blocks", message.blocks},
        {"thread_ts", message.thread_ts},
        {"visible_to", message.visible_to}};
    if (message.metadata) out["metadata"] = *message.metadata;
    return out;
}

Message message_from(const json::object& in)
{
    Message message;
    message.ts = text_at(in, "ts");
    message.channel = text_at(in, "channel");
    message.user = text_at(in, "user");
    message.by_app = in.at("by_app").as_bool();
    message.text = text_at(in, "text");
    message.blocks = in.at("blocks").as_array();
    message.thread_ts = text_at(in, "thread_ts");
    message.visible_to = text_at(in, "visible_to");
    if (const json::value* metadata = in.if_contains("metadata")) message.metadata = metadata->as_object();
    return message;
}

json::object saved(const View& view)
{
    return {
        {"id", view.id},         {"user", view.user},         {"type", view.type}, {"content", view.content},
        {"values", view.values}, {"root", view.root_view_id}, {"hash", view.hash}, {"previous", view.previous_view_id}};
}

View view_from(const json::object& in)
{
    View view;
    view.id = text_at(in, "id");
    view.user = text_at(in, "user");
    view.type = text_at(in, "type");
    view.content = in.at("content").as_object();
    view.values = in.at("values").as_object();
    view.hash = text_at(in, "hash");
    view.root_view_id = text_at(in, "root");
    view.previous_view_id = text_at(in, "previous");
    return view;
}

// What Slack has: messages, windows that stand open, and which passwords a window was opened with.
void save_slack(const World& world, json::object& out)
{
    json::array channels, messages, modals, windows;
    for (const auto& [id, channel] : world.slack.state().channels)
        if (channel.kind == standins::slack::ChannelKind::im)
            channels.push_back(
                json::object{{"id", id}, {"members", json::array(channel.members.begin(), channel.members.end())}});
    for (const auto& [channel, said] : world.slack.state().messages)
        for (const Message& message : said) messages.push_back(saved(message));
    for (const auto& [user, views] : world.slack.state().modals)
        for (const View& view : views) modals.push_back(saved(view));
    for (const auto& call : world.slack.calls())
    {
        const std::string args = json::serialize(call.args);
        // In which a password was shown.
        if (!call.error.empty() || args.find("rich_text_preformatted") == std::string::npos) continue;
        windows.push_back(call.args.at("external_id"));
    }
    out["conversations"] = std::move(channels);
    out["messages"] = std::move(messages);
    out["modals"] = std::move(modals);
    out["windows"] = std::move(windows);
}

void restore_slack(World& world, const json::object& in)
{
    auto& slack = world.slack.memory();
    for (const json::value& each : in.at("conversations").as_array())
    {
        standins::slack::Channel channel;
        channel.id = text_at(each.as_object(), "id");
        channel.kind = standins::slack::ChannelKind::im;
        for (const json::value& member : each.at("members").as_array())
            channel.members.emplace_back(member.as_string());
        world.slack.add_channel(channel);
    }
    for (const json::value& each : in.at("messages").as_array())
    {
        Message message = message_from(each.as_object());
        slack.messages[message.channel].push_back(std::move(message));
    }
    for (const json::value& each : in.at("modals").as_array())
    {
        View view = view_from(each.as_object());
        slack.modals[view.user].push_back(std::move(view));
    }
    for (const json::value& each : in.at("windows").as_array())
    {
        standins::slack::ApiCall call;
        call.method = "views.open";
        call.args["view"] = "handover.view " + std::string{each.as_string()};
        slack.calls.push_back(std::move(call));
    }
}

// What Auth0 has: accounts, its log, and which calls with a password it has seen.
void save_auth0(const World& world, json::object& out)
{
    json::array users, sent, connections;
    const json::value all = json::parse(world.auth0.snapshot(to_unix_ms(world.time.now())));
    for (const json::value& user : all.at("users").as_array())
    {
        const std::string shown = world.auth0.user_json(text_at(user.as_object(), "user_id"));
        users.push_back(json::parse(shown));
    }
    for (const json::value& connection : all.at("connections").as_array()) connections.push_back(connection.at("name"));
    for (const auto& call : world.auth0.calls())
    {
        const bool has_password = std::find(call.fields.begin(), call.fields.end(), "password") != call.fields.end();
        if (!has_password && call.path != "/api/v2/tickets/password-change") continue;
        sent.push_back(json::object{
            {"method", call.method},
            {"path", call.path},
            {"fields", json::array(call.fields.begin(), call.fields.end())},
            {"correlation_id", call.correlation_id},
            {"status", call.status}});
    }
    out["connections"] = std::move(connections);
    out["users"] = std::move(users);
    out["log"] = json::parse(world.auth0.log_json());
    out["sent"] = std::move(sent);
}

void restore_auth0(World& world, const json::object& in)
{
    const auto now = to_unix_ms(world.time.now());
    world.auth0.delete_user(world.customer, now);
    for (const json::value& each : in.at("connections").as_array())
    {
        standins::auth0::ConnectionSpec spec;
        if (each.as_string() == json::string_view{spec.name}) continue;
        spec.name = each.as_string();
        world.auth0.add_connection(spec);
    }
    // The customer of the world is the first one.
    world.customer = text_at(in.at("users").at(0).as_object(), "user_id");
    for (const json::value& each : in.at("users").as_array()) world.auth0.import_user(json::serialize(each), now);
    for (const json::value& each : in.at("log").as_array()) world.auth0.import_log(json::serialize(each));
}

std::vector<standins::auth0::ReceivedCall> earlier_calls(const json::object& in)
{
    std::vector<standins::auth0::ReceivedCall> calls;
    for (const json::value& each : in.at("sent").as_array())
    {
        standins::auth0::ReceivedCall& call = calls.emplace_back();
        call.method = text_at(each.as_object(), "method");
        call.path = text_at(each.as_object(), "path");
        for (const json::value& field : each.at("fields").as_array()) call.fields.emplace_back(field.as_string());
        call.correlation_id = text_at(each.as_object(), "correlation_id");
        call.status = static_cast<int>(each.at("status").as_int64());
    }
    return calls;
}

// One member a line, and of a list one element.
std::string in_lines(const json::object& object)
{
    std::string text = "{";
    const char* comma = "\n";
    for (const auto& [key, value] : object)
    {
        text += comma + json::serialize(json::value(key)) + ": ";
        comma = ",\n";
        if (!value.is_array() || value.get_array().empty())
        {
            text += json::serialize(value);
            continue;
        }
        const char* next = "[\n";
        for (const json::value& each : value.get_array())
        {
            text += next + json::serialize(each);
            next = ",\n";
        }
        text += "]";
    }
    return text + "\n}\n";
}

std::function<void(Config&)> adjustment_named(const std::string& name)
{
    const auto tiered = [](int approvals, std::chrono::seconds cooling) {
        return [approvals, cooling](Config& config) {
            Tier tier;
            tier.name = "key customers";
            tier.domains = {"acme.example"};
            tier.approvals = approvals;
            tier.cooling = cooling;
            config.requests.tiers = {tier};
        };
    };
    if (name == "usual") return [](Config&) {};
    if (name == "two approvals") return tiered(2, std::chrono::seconds{0});
    if (name == "cooling") return tiered(1, std::chrono::hours{1});
    if (name == "reminding")
        return [](Config& config) {
            config.requests.approval.remind_after = std::chrono::minutes{30};
            config.requests.approval.escalate_after = std::chrono::hours{1};
        };
    if (name == "telling owners") return [](Config& config) { config.requests.after_change.tell_owner = true; };
    if (name == "links") return [](Config& config) { config.requests.password.format = PasswordFormat::link; };
    if (name == "passphrases") return [](Config& out) { out.requests.password.format = PasswordFormat::passphrase; };
    throw std::invalid_argument{"no company is called " + name};
}

}  // namespace

fs::path ledgers_of(const std::string& version) { return fs::path{COUNTERSIGN_TEST_DATA} / "ledger" / version; }

std::function<void(Config&)> company_named(const std::string& name)
{
    // As it was by default in the version whose ledgers these are.
    return [adjust = adjustment_named(name)](Config& config) {
        config.requests.after_change.must_change = true;
        adjust(config);
    };
}

void write_ledger(World& world, const fs::path& folder, const std::string& name, const std::string& company)
{
    const Database database = opened(world.database(), SQLITE_OPEN_READWRITE);
    const std::string schema = schema_of(database.get());
    const fs::path schema_file = folder / "schema.sql";
    if (!fs::exists(schema_file)) write_new(schema_file, schema);
    if (content_of(schema_file) != schema) throw std::runtime_error{name + ": of another schema than the others"};
    write_new(folder / (name + ".sql"), rows_of(database.get()));
    json::object outside{{"company", company}, {"now", to_unix_ms(world.time.now())}};
    save_slack(world, outside);
    save_auth0(world, outside);
    write_new(folder / (name + ".json"), in_lines(outside));
}

Heir heir_of(const fs::path& folder, const std::string& name)
{
    const json::value text = json::parse(content_of(folder / (name + ".json")));
    const json::object& outside = text.as_object();
    const std::string script = content_of(folder / "schema.sql") + content_of(folder / (name + ".sql"));
    const auto prepare = [&](World& world) {
        const Database database = opened(world.database(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        fs::permissions(world.database(), fs::perms::owner_read | fs::perms::owner_write);
        execute(database.get(), "PRAGMA journal_mode = WAL; BEGIN; " + script + "COMMIT;");
        restore_slack(world, outside);
        restore_auth0(world, outside);
    };
    const TimePoint now = from_unix_ms(outside.at("now").to_number<std::int64_t>()) + std::chrono::seconds{1};
    Heir heir;
    heir.earlier = earlier_calls(outside);
    heir.world = std::make_unique<World>(700, company_named(text_at(outside, "company")), now, prepare);
    return heir;
}

Remains remains_of(const fs::path& folder, const std::string& name)
{
    const Database database = opened(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    execute(database.get(), content_of(folder / "schema.sql") + content_of(folder / (name + ".sql")));
    Remains remains;
    remains.states = column(database.get(), "SELECT state FROM request ORDER BY id");
    remains.documents = column(database.get(), "SELECT document FROM request ORDER BY id");
    remains.freezes = column(database.get(), "SELECT document FROM freeze WHERE document IS NOT NULL");
    remains.jobs = column(database.get(), unfinished);
    remains.buried = column(database.get(), "SELECT id FROM job WHERE state = 'dead'").size();
    return remains;
}

std::vector<std::string> unfinished_jobs(const fs::path& database)
{
    const Database file = opened(database, SQLITE_OPEN_READONLY);
    return column(file.get(), unfinished);
}

}  // namespace countersign::test
