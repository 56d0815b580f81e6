#pragma once

#include "handlers/core/time.hpp"

#include <span>

namespace countersign::store {

class Connection;

// A step of the schema. Once released its text never changes.
struct Migration
{
    int version;  // 1, 2, ... without gaps
    const char* name;
    const char* text;
};

// Those of bot/store/migrations/, in order.
std::span<const Migration> migrations();

// Brings the database up to the last of `known`, each step in a transaction of its own, recorded in schema_migration.
// Throws StartRefused when the database is of a newer version, or was made with other texts.
void migrate(Connection& connection, std::span<const Migration> known, TimePoint now);

}  // namespace countersign::store
