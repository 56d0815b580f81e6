#pragma once

#include <boost/asio/ip/address.hpp>

#include <string>

namespace countersign::http {

// Who counts as one peer, for limits: an IPv4 address (mapped into IPv6 or not), or the /64 of an IPv6 address, which
// is what one line or one machine is given.
std::string peer_of(const boost::asio::ip::address& address);

// This machine itself: a reverse proxy, who brings everybody.
bool is_this_machine(const boost::asio::ip::address& address);

}  // namespace countersign::http
