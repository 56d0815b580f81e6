#include "bot/store/migrations.hpp"

#include "bot/crypto/digest.hpp"
#include "bot/store/database.hpp"
#include "bot/store/sql.hpp"
#include "bot/store/start_refused.hpp"
#include "handlers/core/error.hpp"

#include <cstdint>
#include <string>
#include <tuple>

namespace countersign::store {

namespace {

using Applied = std::tuple<std::int64_t, std::string, std::string>;  // version, name, sha256

void check(const std::vector<Applied>& applied, std::span<const Migration> known)
{
    std::size_t at = 0;
    for (const auto& [version, name, sha256] : applied)
    {
        if (at == known.size())
            throw StartRefused{
                "the database has schema version " + std::to_string(version) + " (" + name +
                "), and this program knows versions up to " + std::to_string(known.size()) +
                ": start the newer program, or restore the backup from before its first start"};
        const Migration& ours = known[at++];
        if (version != ours.version || sha256 != sha256_hex(ours.text))
            throw StartRefused{
                "the database was made with another text of migration " + name +
                " than this program has: it was changed after its release"};
    }
}

void run(Connection& connection, const Migration& migration, TimePoint now)
{
    SqlTransaction transaction{connection};
    try
    {
        connection.script({migration.name, migration.text});
        connection.exec(
            sql::insert_schema_migration, migration.version, migration.name, sha256_hex(migration.text),
            to_unix_ms(now));
    }
    catch (const ConstraintViolated&)
    {
        throw StartRefused{std::string{"migration "} + migration.name + " does not fit the stored data"};
    }
    transaction.commit();
}

}  // namespace

void migrate(Connection& connection, std::span<const Migration> known, TimePoint now)
{
    try
    {
        connection.script(sql::create_schema_migration);
        const auto applied = connection.query<Applied>(sql::list_schema_migrations);
        check(applied, known);
        for (const Migration& migration : known.subspan(applied.size())) run(connection, migration, now);
    }
    catch (const StoreUnavailable& error)
    {
        throw StartRefused{std::string{"the database cannot be migrated: "} + error.what()};
    }
}

}  // namespace countersign::store
