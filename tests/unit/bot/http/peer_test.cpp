#include "bot/http/peer.hpp"

#include <catch2/catch.hpp>

using namespace countersign::http;
using boost::asio::ip::make_address;

TEST_CASE("an IPv4 address is a peer, also where it is written in IPv6", "[http]")
{
    CHECK(peer_of(make_address("192.0.2.7")) == "192.0.2.7");
    CHECK(peer_of(make_address("::ffff:192.0.2.7")) == "192.0.2.7");
    CHECK(peer_of(make_address("192.0.2.8")) != peer_of(make_address("192.0.2.7")));
}

TEST_CASE("the addresses of one IPv6 network of 64 bits are one peer, those of the next are not", "[http]")
{
    const std::string one = peer_of(make_address("2001:db8:1:2::1"));
    CHECK(one == "2001:db8:1:2::/64");
    CHECK(peer_of(make_address("2001:db8:1:2:ffff:ffff:ffff:ffff")) == one);
    CHECK(peer_of(make_address("2001:db8:1:3::1")) != one);
    // On whichever interface.
    CHECK(peer_of(make_address("fe80::1%1")) == peer_of(make_address("fe80::2")));
}

TEST_CASE("every loopback address is this machine, and no other is", "[http]")
{
    for (const char* address : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
        CHECK(is_this_machine(make_address(address)));
    for (const char* address : {"128.0.0.1", "10.0.0.1", "::2", "::ffff:10.0.0.1", "fe80::1", "0.0.0.0"})
        CHECK_FALSE(is_this_machine(make_address(address)));
}
