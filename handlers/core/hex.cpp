#include "handlers/core/hex.hpp"

#include <boost/algorithm/hex.hpp>

#include <iterator>

namespace countersign {

std::string to_hex(std::string_view bytes)
{
    std::string hex;
    boost::algorithm::hex_lower(bytes, std::back_inserter(hex));
    return hex;
}

Result<std::string> from_hex(std::string_view hex)
{
    std::string bytes;
    try
    {
        boost::algorithm::unhex(hex, std::back_inserter(bytes));
    }
    catch (const boost::algorithm::hex_decode_error&)
    {
        return Errc::corrupt;
    }
    return bytes;
}

}  // namespace countersign
