#pragma once

#include "tests/scenario/world.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

// Ledgers as an earlier version left them, with what people and services outside had before them at that moment. A
// version's ledgers lie in tests/data/ledger/VERSION: schema.sql, and for each moment its rows (NAME.sql) and the world
// outside (NAME.json).
namespace countersign::test {

std::filesystem::path ledgers_of(const std::string& version);

// Writes what this world has on disk, and what is outside. Throws when the files are there: they are never written
// again. `company`: the name of its configuration.
void write_ledger(
    World& world, const std::filesystem::path& folder, const std::string& name, const std::string& company);

// The configurations that the ledgers were written under.
std::function<void(Config&)> company_named(const std::string& name);

// A world that goes on from such a ledger with today's code.
struct Heir
{
    std::unique_ptr<World> world;
    // What reached the tenant before.
    std::vector<standins::auth0::ReceivedCall> earlier;
};
Heir heir_of(const std::filesystem::path& folder, const std::string& name);

// The kinds of the jobs that are not done.
std::vector<std::string> unfinished_jobs(const std::filesystem::path& database);

// What a ledger was left with, as its rows say.
struct Remains
{
    std::vector<std::string> states;     // of requests
    std::vector<std::string> documents;  // of the same ones
    std::vector<std::string> freezes;    // the document of the switch, if anything is frozen
    std::vector<std::string> jobs;       // the kinds of those that are not done
    std::size_t buried = 0;              // jobs
};
Remains remains_of(const std::filesystem::path& folder, const std::string& name);

}  // namespace countersign::test
