#include "handlers/core/locked_memory.hpp"
#include "tests/integration/support/bot_stage.hpp"
#include "tests/integration/support/surroundings_guard.hpp"

#include <catch2/catch.hpp>

#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

// What keeps secrets in the process.

using namespace countersign::test;
namespace fs = std::filesystem;

namespace {

// The words behind a name at the beginning of a line in /proc/PID/FILE.
std::string proc_line(pid_t pid, const std::string& file, const std::string& name)
{
    std::ifstream in{"/proc/" + std::to_string(pid) + "/" + file};
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name)) return line.substr(name.size());
    return {};
}

}  // namespace

TEST_CASE("no core of the running bot can be written, whatever limit it was started with", "[process]")
{
    const SoftLimit generous{RLIMIT_CORE, RLIM_INFINITY};
    BotStage stage;
    REQUIRE(stage.start_ready());
    std::istringstream limits{proc_line(stage.company.bot().pid(), "limits", "Max core file size")};
    std::string soft, hard;
    limits >> soft >> hard;
    CHECK(soft == "0");
    CHECK(hard == "0");
}

// A sanitizer's runtime answers for the kernel: there, nothing is ever locked, and nobody is told.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

TEST_CASE("the bot warns exactly when its secrets do not lie in locked memory", "[process]")
{
    const SoftLimit enough{RLIMIT_MEMLOCK, RLIM_INFINITY};
    BotStage stage;
    REQUIRE(stage.start_ready());
    const long locked_kib = std::stol(proc_line(stage.company.bot().pid(), "status", "VmLck:"));
    const bool is_locked = locked_kib * 1024 >= static_cast<long>(countersign::locked_memory::heap_bytes);
    const std::string warning = "secrets_not_locked_in_memory";
    CHECK((is_locked ? stage.has_written(warning) : stage.writes(warning)) == !is_locked);
}

TEST_CASE("where no memory can be locked the bot warns, and runs", "[process]")
{
    BotStage stage;
    // The superuser may lock what it likes: it starts the bot without that right.
    const fs::path starter = stage.company.folder() / "start-without-right-to-lock";
    std::ofstream{starter} << "#!/bin/sh\nexec " << (::geteuid() == 0 ? "setpriv --bounding-set -ipc_lock " : "")
                           << COUNTERSIGN_BINARY << " \"$@\"\n";
    fs::permissions(starter, fs::perms::owner_exec, fs::perm_options::add);
    stage.company.bot().replace_binary(starter);
    const SoftLimit none{RLIMIT_MEMLOCK, 0};
    REQUIRE(stage.start_ready());
    CHECK(stage.writes(R"("level":"warn","event":"secrets_not_locked_in_memory")"));
}

#endif
