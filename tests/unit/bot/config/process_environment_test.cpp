#include "bot/config/process_environment.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace countersign;

namespace {

class ScratchFolder
{
public:
    ScratchFolder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "countersign-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() { std::filesystem::remove_all(path); }

    std::filesystem::path file(const char* name, const std::string& bytes, mode_t mode) const
    {
        std::ofstream{path / name} << bytes;
        REQUIRE(::chmod((path / name).c_str(), mode) == 0);
        return path / name;
    }

    std::filesystem::path path;
};

}  // namespace

TEST_CASE("a file is read whole, and what leads to it is told", "[config]")
{
    const ScratchFolder folder;
    const ProcessEnvironment machine = machine_surroundings();
    const auto path = folder.file("mine", std::string("a\0b", 3), 0640);
    const auto mine = machine.read_file(path);
    REQUIRE(mine.has_value());
    CHECK(mine->bytes.matches(std::string("a\0b", 3)));
    CHECK(mine->way.back().path == path);
    CHECK(mine->way.back().mode == 0640);
    CHECK(mine->way.back().owner == ::geteuid());
    CHECK(machine.user == ::geteuid());
    CHECK(machine.look_at(path)->back().path == path);
}

TEST_CASE("a file over the limit, a folder and nothing at all are refused", "[config]")
{
    const ScratchFolder folder;
    const ProcessEnvironment machine = machine_surroundings();
    const auto fits = machine.read_file(folder.file("fits", std::string(config_bytes_max, 'x'), 0600));
    CHECK(fits->bytes.expose().size() == config_bytes_max);
    const auto large = machine.read_file(folder.file("large", std::string(config_bytes_max + 1, 'x'), 0600));
    CHECK(large.error() == Errc::too_large);
    CHECK(machine.read_file(folder.path).error() == Errc::unsupported);
    CHECK(machine.read_file(folder.path / "none").error() == Errc::not_found);
    CHECK(machine.read_file(folder.path / "fits" / "below").error() == Errc::not_found);
}

TEST_CASE("what is no regular file is refused without being opened: a pipe would wait for its writer", "[config]")
{
    const ScratchFolder folder;
    const ProcessEnvironment machine = machine_surroundings();
    REQUIRE(::mkfifo((folder.path / "pipe").c_str(), 0600) == 0);
    for (const auto& path : {folder.path / "pipe", std::filesystem::path{"/dev/null"}})
        CHECK(machine.read_file(path).error() == Errc::unsupported);
    // Nor by the names that the kernel gives to what a process has open.
    CHECK_FALSE(machine.read_file("/dev/stdin").has_value());
}

TEST_CASE("a descriptor is read to its end, and closed", "[config]")
{
    const ProcessEnvironment machine = machine_surroundings();
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    REQUIRE(::write(ends[1], "a secret\n", 9) == 9);
    ::close(ends[1]);
    CHECK(machine.read_descriptor(ends[0])->matches("a secret\n"));
    CHECK(machine.read_descriptor(ends[0]).error() == Errc::not_found);
}

TEST_CASE("a variable of the environment is read, one that is not set is none", "[config]")
{
    const ProcessEnvironment machine = machine_surroundings();
    REQUIRE(::setenv("COUNTERSIGN_TEST_VARIABLE", "its value", 1) == 0);
    const auto value = machine.environment("COUNTERSIGN_TEST_VARIABLE");
    REQUIRE(value);
    CHECK(value->matches("its value"));
    REQUIRE(::setenv("COUNTERSIGN_TEST_VARIABLE", "", 1) == 0);
    REQUIRE(machine.environment("COUNTERSIGN_TEST_VARIABLE"));
    CHECK(machine.environment("COUNTERSIGN_TEST_VARIABLE")->empty());
    REQUIRE(::unsetenv("COUNTERSIGN_TEST_VARIABLE") == 0);
    CHECK_FALSE(machine.environment("COUNTERSIGN_TEST_VARIABLE"));
}

TEST_CASE("a file that was read is closed", "[config]")
{
    const ScratchFolder folder;
    const ProcessEnvironment machine = machine_surroundings();
    const auto open_files = [] {
        const std::filesystem::directory_iterator all{"/proc/self/fd"};
        return std::distance(begin(all), end(all));
    };
    const auto path = folder.file("mine", "x", 0600);
    const auto before = open_files();
    CHECK(machine.read_file(path).has_value());
    CHECK_FALSE(machine.read_file(folder.path).has_value());
    CHECK_FALSE(machine.read_file(folder.path / "none").has_value());
    CHECK(open_files() == before);
}
