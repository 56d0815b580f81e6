#pragma once

#include <boost/asio/ip/address.hpp>

#include <string>

namespace countersign::http {

// The peer that a limit counts: an IPv4 address (mapped into IPv6 or not), or the /64 of an IPv6 address, as providers
// give one to each line or machine.
std::string peer_of(const boost::asio::ip::address& address);

// Whether it is this machine itself, where a reverse proxy stands for all clients.
bool is_this_machine(const boost::asio::ip::address& address);

}  // namespace countersign::http
