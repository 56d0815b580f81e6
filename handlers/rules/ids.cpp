#include "handlers/rules/ids.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace countersign::rules {

namespace {

constexpr std::string_view crockford = "0123456789abcdefghjkmnpqrstvwxyz";  // no i, l, o, u
constexpr std::string_view hex = "0123456789abcdef";

}  // namespace

RequestId new_request_id(Random& random)
{
    std::array<std::byte, 12> bytes{};
    random.fill(bytes);
    std::string id = "cs-";
    for (const std::byte byte : bytes) id += crockford[std::to_integer<std::size_t>(byte) & 31U];
    return RequestId{id};
}

RequestId request_id_named(std::string_view name)
{
    std::uint64_t bits = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), bits, 16);
    if (name.size() != 16 || read.ec != std::errc{} || read.ptr != name.data() + name.size())
        throw std::invalid_argument{"a request is named by 16 hex digits"};
    std::string id = "cs-";
    for (int i = 0; i < 12; ++i, bits >>= 5) id += crockford[bits & 31U];
    return RequestId{id};
}

std::string new_uuid(Random& random)
{
    std::array<std::byte, 16> bytes{};
    random.fill(bytes);
    bytes[6] = (bytes[6] & std::byte{0x0f}) | std::byte{0x40};
    bytes[8] = (bytes[8] & std::byte{0x3f}) | std::byte{0x80};
    std::string uuid;
    for (std::size_t i = 0; i < bytes.size(); ++i)
    {
        if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
        uuid += hex[std::to_integer<std::size_t>(bytes[i] >> 4)];
        uuid += hex[std::to_integer<std::size_t>(bytes[i] & std::byte{0x0f})];
    }
    return uuid;
}

}  // namespace countersign::rules
