#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace countersign::test {

// Where files lie in memory, if this machine has that and lets us write there; else the usual place. For tests that are
// about what is committed. What is about the disk itself (a kill, a crash, a measurement) belongs on one.
inline std::filesystem::path memory_directory()
{
    const char* const shared = "/dev/shm";
    std::error_code ignored;
    if (std::filesystem::is_directory(shared, ignored) && ::access(shared, W_OK | X_OK) == 0) return shared;
    return std::filesystem::temp_directory_path();
}

// A directory of its own, removed at the end of the test.
class TempDir
{
public:
    explicit TempDir(const std::filesystem::path& base = std::filesystem::temp_directory_path())
    {
        std::string name = (base / "countersign-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary directory"};
        path_ = name;
    }
    ~TempDir()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

}  // namespace countersign::test
