#include "bot/files/way.hpp"

#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

using namespace countersign;
using countersign::test::TempDir;
namespace fs = std::filesystem;

namespace {

// From the folder of the test on, without it.
std::vector<std::string> names(const files::Way& way, const TempDir& dir)
{
    std::vector<std::string> found;
    const std::string start = dir.path().string() + "/";
    for (const files::Step& step : way)
        if (step.path.string().starts_with(start)) found.push_back(step.path.string().substr(start.size()));
    return found;
}

}  // namespace

TEST_CASE("a way begins at the root and names each folder, link and file with its rights", "[files]")
{
    const TempDir dir;
    fs::create_directory(dir.file("folder"));
    std::ofstream{dir.file("folder/file")} << "x";
    REQUIRE(::chmod(dir.file("folder").c_str(), 01770) == 0);
    REQUIRE(::chmod(dir.file("folder/file").c_str(), 0640) == 0);
    const auto way = files::way_to(dir.file("folder/./file"));
    REQUIRE(way.has_value());
    CHECK(way->front().path == "/");
    CHECK(way->front().kind == files::Kind::folder);
    CHECK(names(*way, dir) == std::vector<std::string>{"folder", "folder/file"});
    const files::Step& file = way->back();
    CHECK(file.kind == files::Kind::regular);
    CHECK(file.mode == 0640);
    CHECK(file.owner == ::geteuid());
    CHECK(file.names == 1);
    CHECK((*way)[way->size() - 2].mode == 01770);
}

// As Kubernetes lays out a secret: it exchanges all files at once by the link in the middle.
TEST_CASE("links are followed, and each is a step", "[files]")
{
    const TempDir dir;
    fs::create_directory(dir.file("..2026_11"));
    std::ofstream{dir.file("..2026_11/secret")} << "x";
    fs::create_symlink("..2026_11", dir.file("..data"));
    fs::create_symlink("..data/secret", dir.file("secret"));
    const auto opened = files::open_regular(dir.file("secret"));
    REQUIRE(opened.has_value());
    CHECK(names(opened->way, dir) == std::vector<std::string>{"secret", "..data", "..2026_11", "..2026_11/secret"});
    CHECK(opened->way[opened->way.size() - 4].kind == files::Kind::link);

    fs::create_symlink(dir.file("..data"), dir.file("absolute"));
    fs::create_symlink("../absolute", dir.file("..2026_11/back"));
    CHECK(
        names(*files::way_to(dir.file("..data/back/secret")), dir) ==
        std::vector<std::string>{
            "..data", "..2026_11", "..2026_11/back", "absolute", "..data", "..2026_11", "..2026_11/secret"});
}

TEST_CASE("links that lead in a circle, or nowhere, end", "[files]")
{
    const TempDir dir;
    fs::create_symlink("b", dir.file("a"));
    fs::create_symlink("a", dir.file("b"));
    fs::create_symlink("nothing", dir.file("c"));
    CHECK(files::way_to(dir.file("a")).error() == Errc::unavailable);
    CHECK(files::way_to(dir.file("c"))->back().kind == files::Kind::link);
    CHECK(files::open_regular(dir.file("c")).error() == Errc::not_found);
    CHECK(files::way_to("").error() == Errc::not_found);
}

TEST_CASE("a file has nothing below it, and is opened only if it is a regular one", "[files]")
{
    const TempDir dir;
    std::ofstream{dir.file("file")} << "x";
    REQUIRE(::mkfifo(dir.file("pipe").c_str(), 0600) == 0);
    CHECK(files::way_to(dir.file("file/below")).error() == Errc::not_found);
    CHECK(files::way_to(dir.file("pipe"))->back().kind == files::Kind::other);
    CHECK(files::open_regular(dir.file("pipe")).error() == Errc::unsupported);
    CHECK(files::open_regular(dir.path()).error() == Errc::unsupported);
}

TEST_CASE("what stands at a path is told without following it", "[files]")
{
    const TempDir dir;
    std::ofstream{dir.file("file")} << "x";
    fs::create_symlink("file", dir.file("link"));
    fs::create_hard_link(dir.file("file"), dir.file("other"));
    CHECK(files::step_at(dir.file("link"))->kind == files::Kind::link);
    CHECK(files::step_at(dir.file("file"))->names == 2);
    CHECK(files::step_at(dir.file("none")).error() == Errc::not_found);
}

TEST_CASE("going a way leaves nothing open", "[files]")
{
    const TempDir dir;
    std::ofstream{dir.file("file")} << "x";
    const auto open_files = [] {
        const fs::directory_iterator all{"/proc/self/fd"};
        return std::distance(begin(all), end(all));
    };
    const auto before = open_files();
    CHECK(files::way_to(dir.file("file")).has_value());
    CHECK(files::open_regular(dir.file("file")).has_value());
    CHECK_FALSE(files::way_to(dir.file("none")).has_value());
    CHECK(open_files() == before);
}
