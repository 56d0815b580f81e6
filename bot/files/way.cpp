#include "bot/files/way.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <deque>
#include <optional>
#include <string>
#include <system_error>

namespace countersign::files {

namespace {

constexpr int links_max = 16;

Errc from_errno(int error)
{
    if (error == ENOENT || error == ENOTDIR) return Errc::not_found;
    if (error == EACCES || error == EPERM) return Errc::forbidden;
    return Errc::unavailable;
}

Kind kind_of(mode_t mode)
{
    if (S_ISDIR(mode)) return Kind::folder;
    if (S_ISLNK(mode)) return Kind::link;
    return S_ISREG(mode) ? Kind::regular : Kind::other;
}

Step step_from(const struct stat& about, const std::filesystem::path& path)
{
    const auto mode = static_cast<std::uint32_t>(about.st_mode & 07777);
    return Step{path, kind_of(about.st_mode), about.st_uid, mode, about.st_nlink};
}

// Goes a path name by name, as the kernel would, and writes down what it meets. A descriptor of each step is held while
// the next one is looked up in it, so that nothing can be exchanged behind it.
class Walk
{
public:
    explicit Walk(const std::filesystem::path& path) { put_before(path); }

    Errc go()
    {
        Errc fault = enter_root();
        while (fault == Errc{} && !names_.empty())
        {
            const std::string name = names_.front();
            names_.pop_front();
            fault = pass(name);
        }
        // A link that leads nowhere stands there all the same.
        const bool is_dangling = fault == Errc::not_found && way.back().kind == Kind::link;
        return is_dangling ? Errc{} : fault;
    }

    Way way;

    // The same file again, now to be read; other errors than those of going there are possible.
    Result<Descriptor> open_for_reading() const
    {
        constexpr int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
        Descriptor opened{::openat(folder_.get(), last_name_.c_str(), flags)};
        if (!opened) return from_errno(errno);
        struct stat now = {};
        const bool is_same = ::fstat(opened.get(), &now) == 0 && now.st_ino == last_.st_ino &&
            now.st_dev == last_.st_dev && S_ISREG(now.st_mode);
        if (!is_same) return Errc::unavailable;
        return opened;
    }

private:
    void put_before(const std::filesystem::path& path)
    {
        std::deque<std::string> first;
        for (const auto& name : path.relative_path())
            if (!name.empty() && name != ".") first.push_back(name.string());
        names_.insert(names_.begin(), first.begin(), first.end());
    }

    Errc enter_root()
    {
        where_ = "/";
        folder_ = Descriptor{::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC)};
        if (!folder_ || ::fstat(folder_.get(), &last_) != 0) return from_errno(errno);
        if (way.empty()) note(where_);
        return {};
    }

    Errc pass(const std::string& name)
    {
        Descriptor next{::openat(folder_.get(), name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC)};
        if (!next || ::fstat(next.get(), &last_) != 0) return from_errno(errno);
        last_name_ = name;
        const bool is_back = name == "..";
        const std::filesystem::path path = is_back ? where_.parent_path() : where_ / name;
        if (!is_back) note(path);
        switch (kind_of(last_.st_mode))
        {
        case Kind::link: return follow(next);
        case Kind::folder:
            where_ = path;
            folder_ = std::move(next);
            return {};
        case Kind::regular:
        case Kind::other: break;
        }
        return names_.empty() ? Errc{} : Errc::not_found;
    }

    Errc follow(const Descriptor& link)
    {
        if (++links_ > links_max) return Errc::unavailable;
        std::array<char, PATH_MAX> target;
        const ssize_t size = ::readlinkat(link.get(), "", target.data(), target.size());
        if (size <= 0 || size == static_cast<ssize_t>(target.size())) return Errc::unavailable;
        const std::filesystem::path path{std::string{target.data(), static_cast<std::size_t>(size)}};
        put_before(path);
        return path.is_absolute() ? enter_root() : Errc{};
    }

    void note(const std::filesystem::path& path) { way.push_back(step_from(last_, path)); }

    std::deque<std::string> names_;  // still to be passed
    std::filesystem::path where_;    // the folder that was reached
    Descriptor folder_;
    std::string last_name_;
    struct stat last_ = {};
    int links_ = 0;
};

std::optional<std::filesystem::path> whole_path(const std::filesystem::path& path)
{
    std::error_code failure;
    auto whole = std::filesystem::absolute(path, failure);
    if (failure || path.empty()) return std::nullopt;
    return whole;
}

}  // namespace

Result<Step> step_at(const std::filesystem::path& path)
{
    struct stat about = {};
    if (::lstat(path.c_str(), &about) != 0) return from_errno(errno);
    return step_from(about, path);
}

Step step_of(const Descriptor& file, const std::filesystem::path& path)
{
    struct stat about = {};
    if (::fstat(file.get(), &about) != 0) throw std::system_error{errno, std::system_category(), path.string()};
    return step_from(about, path);
}

Result<Way> way_to(const std::filesystem::path& path)
{
    const auto whole = whole_path(path);
    if (!whole) return Errc::not_found;
    Walk walk{*whole};
    const Errc fault = walk.go();
    if (fault != Errc{}) return fault;
    return std::move(walk.way);
}

Result<Opened> open_regular(const std::filesystem::path& path)
{
    const auto whole = whole_path(path);
    if (!whole) return Errc::not_found;
    Walk walk{*whole};
    const Errc fault = walk.go();
    if (fault != Errc{}) return fault;
    if (walk.way.back().kind == Kind::link) return Errc::not_found;
    if (walk.way.back().kind != Kind::regular) return Errc::unsupported;
    auto file = walk.open_for_reading();
    if (!file) return file.error();
    return Opened{std::move(walk.way), std::move(*file)};
}

}  // namespace countersign::files
