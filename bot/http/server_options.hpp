#pragma once

#include "bot/http/request_reader.hpp"
#include "bot/http/tls.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign::http {

struct ServerOptions
{
    std::string address = "127.0.0.1";  // numeric
    std::uint16_t port = 0;             // 0: any free one
    std::optional<TlsFiles> tls;
    RequestLimits limits;
    std::chrono::milliseconds request_deadline{10'000};  // first byte of the head to last byte of the body, set once
    std::chrono::milliseconds idle_deadline{60'000};     // between two requests of a connection
    std::chrono::milliseconds handler_deadline{20'000};  // then 503; the handler is cancelled
    // For the client to take the answers to requests that it sent without waiting. Starts again once it waits.
    std::chrono::milliseconds answer_deadline{5'000};
    std::chrono::milliseconds drain_deadline{10'000};  // for requests in flight once stop() was called
    std::size_t connections_max = 512;
    // Of one peer (peer.hpp); Slack has many addresses. This machine itself, a reverse proxy, may have all places.
    std::size_t connections_of_peer_max = 64;
    bool this_machine_is_a_peer = false;  // like any other
    std::vector<std::string> last_paths;  // the connection ends with an answer to one of these
};

}  // namespace countersign::http
