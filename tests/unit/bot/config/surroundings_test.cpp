#include "bot/config/surroundings.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

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

TEST_CASE("a file is read whole, and rights of others are seen", "[config]")
{
    const ScratchFolder folder;
    const Surroundings machine = machine_surroundings();
    const auto mine = machine.read_file(folder.file("mine", std::string("a\0b", 3), 0600));
    CHECK(mine->bytes.matches(std::string("a\0b", 3)));
    CHECK_FALSE(mine->open_to_others);
    CHECK(machine.read_file(folder.file("group", "x", 0640))->open_to_others);
    CHECK(machine.read_file(folder.file("all", "x", 0604))->open_to_others);
}

TEST_CASE("a file over the limit, a folder and nothing at all are refused", "[config]")
{
    const ScratchFolder folder;
    const Surroundings machine = machine_surroundings();
    const auto fits = machine.read_file(folder.file("fits", std::string(config_bytes_max, 'x'), 0600));
    CHECK(fits->bytes.expose().size() == config_bytes_max);
    const auto large = machine.read_file(folder.file("large", std::string(config_bytes_max + 1, 'x'), 0600));
    CHECK(large.error() == make_error_code(Errc::too_large));
    CHECK(machine.read_file(folder.path).error() == make_error_code(Errc::unavailable));
    CHECK(machine.read_file(folder.path / "none").error() == make_error_code(Errc::not_found));
    CHECK(machine.read_file(folder.path / "fits" / "below").error() == make_error_code(Errc::not_found));
}
