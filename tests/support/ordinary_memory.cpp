#include "tests/support/ordinary_memory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

// There where a sanitizer is linked, in whatever way this file was compiled.
extern "C" {
__attribute__((weak)) void __asan_init();
__attribute__((weak)) void __tsan_init();
}

namespace countersign::test {

namespace {

constexpr char mask = 0x5A;
constexpr std::size_t window_bytes = 1'048'576;

struct Region
{
    std::uintptr_t begin;
    std::uintptr_t end;
    bool is_written;
    bool is_locked;
};

// What /proc/PID/smaps says: a line with addresses and rights, then facts, the flags last.
std::vector<Region> regions_of(pid_t process)
{
    std::ifstream in{"/proc/" + std::to_string(process) + "/smaps"};
    std::vector<Region> regions;
    for (std::string line; std::getline(in, line);)
    {
        std::istringstream words{line};
        std::string first, rights;
        words >> first >> rights;
        const auto dash = first.find('-');
        if (first == "VmFlags:")
            regions.back().is_locked = line.find(" lo") != std::string::npos;
        else if (dash != std::string::npos && rights.size() == 4)
            regions.push_back(
                {std::stoull(first.substr(0, dash), nullptr, 16), std::stoull(first.substr(dash + 1), nullptr, 16),
                 rights.starts_with("rw"), false});
    }
    return regions;
}

// The window lies in a mapping of its own, which is left out: what was copied into it would be found again.
class Window
{
public:
    Window()
    {
        constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS;
        bytes = static_cast<char*>(::mmap(nullptr, window_bytes, PROT_READ | PROT_WRITE, flags, -1, 0));
        if (bytes == MAP_FAILED) throw std::runtime_error{"no memory to look into memory with"};
        // Otherwise the kernel joins it to its neighbours.
        ::madvise(bytes, window_bytes, MADV_DONTDUMP);
    }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;
    ~Window() { ::munmap(bytes, window_bytes); }

    bool lies_in(const Region& region) const
    {
        const auto at = reinterpret_cast<std::uintptr_t>(bytes);
        return at >= region.begin && at < region.end;
    }

    char* bytes;
};

std::size_t copies_in(int memory, const Region& region, Window& window, const std::string& text_turned)
{
    std::size_t found = 0;
    for (std::uintptr_t at = region.begin; at < region.end; at += window_bytes - text_turned.size())
    {
        const std::size_t size = std::min<std::size_t>(window_bytes, region.end - at);
        const ssize_t got = ::pread(memory, window.bytes, size, static_cast<off_t>(at));
        if (got <= 0) break;
        const auto same = [](char here, char wanted) { return static_cast<char>(here ^ mask) == wanted; };
        char* const end = window.bytes + got;
        for (char* from = window.bytes;; ++from, ++found)
        {
            from = std::search(from, end, text_turned.begin(), text_turned.end(), same);
            if (from == end) break;
        }
    }
    return found;
}

}  // namespace

std::string turned(std::string text)
{
    for (char& c : text) c = static_cast<char>(c ^ mask);
    return text;
}

bool can_search_memory() { return __asan_init == nullptr && __tsan_init == nullptr; }

std::size_t copies_in_ordinary_memory(pid_t process, const std::string& text_turned)
{
    Window window;
    const int memory = ::open(("/proc/" + std::to_string(process) + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    if (memory < 0) throw std::runtime_error{"the memory of the process cannot be read"};
    std::size_t found = 0;
    // Of another process the window is no part, whatever stands at its address there.
    const bool is_self = process == ::getpid();
    for (const Region& region : regions_of(process))
        if (region.is_written && !region.is_locked && !(is_self && window.lies_in(region)))
            found += copies_in(memory, region, window, text_turned);
    ::close(memory);
    return found;
}

}  // namespace countersign::test
