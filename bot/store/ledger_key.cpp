#include "bot/store/ledger_key.hpp"

#include "bot/store/database.hpp"
#include "bot/store/sql.hpp"
#include "bot/store/start_refused.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/hex.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <tuple>
#include <vector>

namespace countersign::store {

namespace {

constexpr std::string_view check_text = "countersign ledger";
constexpr std::string_view check_context = "ledger_key";

using Text = std::tuple<std::string>;

bool has_table(const std::vector<Text>& tables, const std::string& name)
{
    return std::find(tables.begin(), tables.end(), Text{name}) != tables.end();
}

std::optional<Sealed> sealed_in(Connection& connection, Statement statement)
{
    const auto row = connection.query_one<Text>(statement);
    if (!row) return std::nullopt;
    auto bytes = from_hex(std::get<0>(*row));
    if (!bytes) return std::nullopt;
    return Sealed{std::move(*bytes)};
}

[[noreturn]] void refuse(const std::string& path)
{
    throw StartRefused{
        path +
        ": the vault key of the configuration ([vault] key_file) is not the one that this database was sealed with; "
        "nothing was changed. Put back the key of before, from the copy that is kept outside the machine. Without it "
        "what was sealed cannot be read: then move the database away, and a new one is begun"};
}

// The head of what a vault seals: a version, and eight bytes that tell keys apart.
bool have_one_key(const Sealed& one, const Sealed& other)
{
    constexpr std::size_t head_bytes = 9;
    return one.bytes.size() > head_bytes && one.bytes.compare(0, head_bytes, other.bytes, 0, head_bytes) == 0;
}

void compare(Connection& connection, const std::string& path, const Vault& vault)
{
    const auto tables = connection.query<Text>(sql::list_tables);
    const auto check = has_table(tables, "ledger_key") ? sealed_in(connection, sql::find_ledger_key) : std::nullopt;
    if (check)
    {
        if (!vault.open(*check, check_context)) refuse(path);
        return;
    }
    if (!has_table(tables, "request") || !has_table(tables, "credential")) return;
    const auto last = sealed_in(connection, sql::last_sealed);
    if (last && !have_one_key(vault.seal(Secret{check_text}, check_context), *last)) refuse(path);
}

}  // namespace

void require_key(const std::string& path, const Vault& vault)
{
    std::error_code none;
    const bool is_begun = std::filesystem::file_size(path, none) > 0 && !none;
    if (!is_begun) return;
    try
    {
        Connection connection{path, Connection::Use::read};
        compare(connection, path, vault);
    }
    catch (const StoreUnavailable& error)
    {
        throw StartRefused{path + ": its vault key cannot be checked: " + error.what()};
    }
}

void keep_key(Connection& connection, const Vault& vault)
{
    if (connection.query_one<Text>(sql::find_ledger_key)) return;
    const Sealed check = vault.seal(Secret{check_text}, check_context);
    connection.exec(sql::insert_ledger_key, to_hex(check.bytes));
}

}  // namespace countersign::store
