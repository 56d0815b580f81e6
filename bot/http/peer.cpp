#include "bot/http/peer.hpp"

#include <boost/asio/ip/network_v6.hpp>

namespace countersign::http {

namespace ip = boost::asio::ip;

namespace {

constexpr unsigned short network_bits = 64;

ip::address unmapped(const ip::address& address)
{
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

}  // namespace

std::string peer_of(const ip::address& address)
{
    const ip::address plain = unmapped(address);
    if (plain.is_v4()) return plain.to_string();
    return ip::network_v6{ip::address_v6{plain.to_v6().to_bytes()}, network_bits}.canonical().to_string();
}

bool is_this_machine(const ip::address& address) { return unmapped(address).is_loopback(); }

}  // namespace countersign::http
