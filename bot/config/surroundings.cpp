#include "bot/config/surroundings.hpp"

#include <openssl/crypto.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>

namespace countersign {

namespace {

class Descriptor
{
public:
    explicit Descriptor(int fd) : fd_{fd} {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const noexcept { return fd_; }

private:
    int fd_;
};

// One fixed buffer, wiped: no stream and no growing string leaves copies of a credential behind.
class WipedBuffer
{
public:
    WipedBuffer() = default;
    WipedBuffer(const WipedBuffer&) = delete;
    WipedBuffer& operator=(const WipedBuffer&) = delete;
    ~WipedBuffer() { OPENSSL_cleanse(bytes.data(), bytes.size()); }

    std::array<char, config_bytes_max + 1> bytes;
};

Errc from_errno(int error)
{
    if (error == ENOENT || error == ENOTDIR) return Errc::not_found;
    if (error == EACCES || error == EPERM) return Errc::forbidden;
    return Errc::unavailable;
}

Result<FileContent> read_file(const std::filesystem::path& path)
{
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)};
    if (file.get() < 0) return from_errno(errno);
    struct stat about = {};
    if (::fstat(file.get(), &about) != 0) return from_errno(errno);

    const auto buffer = std::make_unique<WipedBuffer>();
    std::size_t size = 0;
    while (size < buffer->bytes.size())
    {
        const ssize_t got = ::read(file.get(), buffer->bytes.data() + size, buffer->bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return from_errno(errno);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > config_bytes_max) return Errc::too_large;
    const bool open_to_others = S_ISREG(about.st_mode) && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0;
    return FileContent{Secret{std::string_view{buffer->bytes.data(), size}}, open_to_others};
}

std::optional<Secret> environment(const std::string& name)
{
    // Read before any thread is started, and never written to.
    const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
    if (value == nullptr) return std::nullopt;
    return Secret{std::string_view{value}};
}

}  // namespace

Surroundings machine_surroundings() { return Surroundings{read_file, environment}; }

}  // namespace countersign
