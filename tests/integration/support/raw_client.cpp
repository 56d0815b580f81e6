#include "tests/integration/support/raw_client.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cstdlib>

namespace countersign::test {

namespace asio = boost::asio;

RawClient::RawClient(std::uint16_t port, const char* from, int receive_bytes) : socket_{context_}
{
    socket_.open(asio::ip::tcp::v4());
    if (receive_bytes > 0) socket_.set_option(asio::socket_base::receive_buffer_size{receive_bytes});
    socket_.bind({asio::ip::make_address(from), 0});
    socket_.connect({asio::ip::address_v4::loopback(), port});
    const timeval limit{10, 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

bool RawClient::send(std::string_view bytes)
{
    while (!bytes.empty())
    {
        const auto sent = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawClient::has_input(std::chrono::milliseconds wait)
{
    pollfd watched{socket_.native_handle(), POLLIN, 0};
    return ::poll(&watched, 1, static_cast<int>(wait.count())) > 0;
}

bool RawClient::is_cut_off()
{
    pollfd watched{socket_.native_handle(), 0, 0};
    return ::poll(&watched, 1, 10'000) > 0 && (watched.revents & POLLERR) != 0;
}

bool RawClient::fill()
{
    std::array<char, 4096> room;
    const auto got = ::recv(socket_.native_handle(), room.data(), room.size(), 0);
    if (got > 0) buffer_.append(room.data(), static_cast<std::size_t>(got));
    return got > 0;
}

RawResponse RawClient::read_response(bool is_head_request)
{
    RawResponse response;
    auto end = buffer_.find("\r\n\r\n");
    for (; end == std::string::npos; end = buffer_.find("\r\n\r\n"))
        if (!fill()) return response;
    response.head = buffer_.substr(0, end + 4);
    std::size_t length = 0;
    const std::string name = "\r\nContent-Length: ";
    if (const auto at = response.head.find(name); at != std::string::npos && !is_head_request)
        length = std::strtoul(response.head.c_str() + at + name.size(), nullptr, 10);
    while (buffer_.size() < end + 4 + length)
        if (!fill()) return response;
    response.body = buffer_.substr(end + 4, length);
    buffer_.erase(0, end + 4 + length);
    response.status = std::atoi(response.head.c_str() + std::string_view{"HTTP/1.1 "}.size());
    return response;
}

std::vector<RawResponse> RawClient::read_all()
{
    std::vector<RawResponse> responses;
    for (auto next = read_response(); next.status != 0; next = read_response()) responses.push_back(std::move(next));
    return responses;
}

bool RawClient::sees_end()
{
    if (!buffer_.empty()) return false;
    char byte = 0;
    return ::recv(socket_.native_handle(), &byte, 1, 0) == 0;
}

}  // namespace countersign::test
