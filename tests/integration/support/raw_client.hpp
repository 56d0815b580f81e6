#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::test {

// A response as a hostile client sees it: the parts that a test asserts on.
struct RawResponse
{
    int status = 0;
    std::string head;  // with the status line
    std::string body;
};

// A client that sends any bytes, over blocking sockets. Reads give up after 10 s, so that a silent server fails a test
// instead of hanging it.
class RawClient
{
public:
    // `from`: the loopback address that the server sees it come from. `receive_bytes`: how much of what it does not
    // read its machine takes for it; 0: as much as usual.
    explicit RawClient(std::uint16_t port, const char* from = "127.0.0.1", int receive_bytes = 0);

    // True when every byte was taken; the peer may close before.
    bool send(std::string_view bytes);
    bool has_input(std::chrono::milliseconds wait = {});  // waits until there is some, at most so long
    // True when the peer has broken the connection off; reads nothing, and waits at most 10 s.
    bool is_cut_off();

    // One response with its Content-Length; status 0 when the connection ends before one is whole.
    RawResponse read_response(bool is_head_request = false);
    // Everything up to the end of the connection, as responses.
    std::vector<RawResponse> read_all();
    // True when the peer closes without another byte.
    bool sees_end();

private:
    bool fill();

    boost::asio::io_context context_;
    boost::asio::ip::tcp::socket socket_;
    std::string buffer_;
};

}  // namespace countersign::test
