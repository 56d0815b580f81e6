#include "bot/cli/password_check/input_file.hpp"

#include <openssl/crypto.h>

#include <cerrno>
#include <fstream>
#include <memory>
#include <ostream>
#include <system_error>

namespace countersign {

namespace {

struct Wipe
{
    std::size_t size;
    void operator()(char* bytes) const noexcept
    {
        OPENSSL_cleanse(bytes, size);
        delete[] bytes;
    }
};

}  // namespace

std::optional<Secret> read_input(const std::string& file, std::size_t bytes_max, std::ostream& err)
{
    std::ifstream stream;
    stream.rdbuf()->pubsetbuf(nullptr, 0);  // the stream keeps no bytes of its own
    errno = 0;
    stream.open(file, std::ios::binary);
    const std::unique_ptr<char[], Wipe> buffer{new char[bytes_max + 1], Wipe{bytes_max + 1}};
    std::size_t size = 0;
    if (stream)
    {
        stream.read(buffer.get(), static_cast<std::streamsize>(bytes_max + 1));
        size = static_cast<std::size_t>(stream.gcount());
    }
    // The end of the file sets failbit, a failure to read badbit, a failure to open leaves the stream closed.
    if (!stream.is_open() || stream.bad())
    {
        err << file << ": cannot be read";
        if (errno != 0) err << ": " << std::generic_category().message(errno);
        err << '\n';
        return std::nullopt;
    }
    if (size > bytes_max)
    {
        err << file << ": is larger than " << bytes_max << " bytes\n";
        return std::nullopt;
    }
    return Secret{std::string_view{buffer.get(), size}};
}

}  // namespace countersign
