#include "bot/config/files_around.hpp"

#include "bot/config/load.hpp"
#include "tests/support/config_sample.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::files;
using countersign::test::FakeMachine;

namespace {

constexpr const char* database = "/srv/c/db";

// With a database and all that stands beside one, as it should be.
FakeMachine machine_with_database()
{
    FakeMachine machine;
    machine.ways["/srv/c"] = {{"/", Kind::folder, 0, 0755, 2}, {"/srv/c", Kind::folder, FakeMachine::user, 0700, 2}};
    machine.folder_mode = 0700;
    for (const char* suffix : {"", "-wal", "-shm", ".lock"}) machine.put(std::string{database} + suffix, "");
    return machine;
}

std::vector<std::string> faults(const FakeMachine& machine)
{
    return config::faults_around(database, machine.surroundings());
}

}  // namespace

TEST_CASE("a database as the bot makes it has no fault, nor has one that is still to be made", "[config]")
{
    FakeMachine machine = machine_with_database();
    CHECK(faults(machine).empty());
    for (const char* suffix : {"", "-wal", "-shm", ".lock"}) machine.files.erase(std::string{database} + suffix);
    CHECK(faults(machine).empty());
    machine.ways.clear();
    CHECK(faults(machine).empty());
}

TEST_CASE("each file of a database is the bot's alone, and its folder too", "[config]")
{
    const std::string file = database + std::string{GENERATE("", "-wal", "-shm", "-journal", ".lock")};
    FakeMachine machine = machine_with_database();
    machine.put(file, "");
    machine.files[file].mode = GENERATE(0640U, 0604U, 0620U);
    CHECK(
        faults(machine) ==
        std::vector<std::string>{
            "others than its owner have rights on " + file + "; take them away with: chmod 600 " + file});
    machine.files[file].mode = 0600;
    machine.files[file].owner = FakeMachine::user + 1;
    CHECK_THAT(faults(machine).at(0), Catch::StartsWith(file + " belongs to another user (1001)"));
    machine.ways[file] = {
        {"/", Kind::folder, 0, 0755, 2},
        {file, Kind::link, FakeMachine::user, 0777, 1},
        {"/srv/other", Kind::regular, FakeMachine::user, 0600, 1}};
    CHECK(
        faults(machine) ==
        std::vector<std::string>{file + " is a link: put the file itself there, or name the file itself"});
}

TEST_CASE("a folder in which others may make files is no place for a database, and is told once", "[config]")
{
    FakeMachine machine = machine_with_database();
    machine.ways["/srv/c"].back().mode = 0770;
    machine.folder_mode = 0770;
    CHECK(
        faults(machine) ==
        std::vector<std::string>{"others than its owner may write in /srv/c; take that away with: chmod go-w /srv/c"});
}

TEST_CASE("authorities that others could add to are refused", "[config]")
{
    FakeMachine machine = machine_with_database();
    machine.environment["SSL_CERT_FILE"] = "/srv/ca.pem";
    CHECK(faults(machine).empty());
    machine.folder_mode = 0755;
    machine.put("/srv/ca.pem", "");
    machine.files["/srv/ca.pem"].mode = 0644;
    CHECK(faults(machine).empty());
    machine.files["/srv/ca.pem"].mode = 0646;
    CHECK(
        faults(machine) ==
        std::vector<std::string>{"SSL_CERT_FILE: others than its owner may write /srv/ca.pem; take that away with: "
                                 "chmod go-w /srv/ca.pem"});
}

TEST_CASE("what is wrong with the database's files is told when the configuration is checked", "[config]")
{
    FakeMachine machine = machine_with_database();
    machine.files[database].mode = 0644;
    machine.put("etc/countersign.toml", test::minimal_config + "[storage]\nurl = \"sqlite://" + database + "\"\n");
    const LoadedConfig loaded = load_config("etc/countersign.toml", machine.surroundings());
    CHECK_FALSE(loaded.config);
    CHECK(
        loaded.report.text() ==
        "etc/countersign.toml:1: others than its owner have rights on /srv/c/db; take them away with: chmod 600 "
        "/srv/c/db\n");
}
