#pragma once

#include "bot/http/message.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace countersign::http {

struct RequestLimits
{
    std::size_t header_bytes_max = 8192;
    std::size_t body_bytes_max = 65'536;
    std::size_t buffer_bytes = 16'384;  // bounds what Beast 1.81 does not: trailers and chunk extensions
    std::size_t fields_max = 64;
};

// Turns the bytes of one connection into requests, one after the other, without a socket. The head is scanned, parsed
// and checked before a byte of the body is looked at; a refused request is the last one of its connection. Never throws
// on input.
class RequestReader
{
public:
    enum class Step
    {
        need_more,
        send_continue,  // the client waits for "100 Continue"; said once a request
        complete,       // take() it
        refused         // answer status() and close
    };

    RequestReader(RequestLimits limits, std::string remote);
    ~RequestReader();

    // Where the next bytes go, then how many came. `space()` is not empty unless the last step was not need_more.
    std::span<char> space();
    void commit(std::size_t bytes);
    // The peer will send no more: what is incomplete is refused.
    Step end();

    // Goes on with the bytes that are there.
    Step step();

    // True once a byte of the next request is here.
    bool has_begun() const noexcept;
    bool keep_alive() const noexcept;
    int status() const noexcept;              // of the refusal
    std::string_view fault() const noexcept;  // its fixed word, for logs

    // The request, after Step::complete. What is left in the buffer begins the next one; what was read is wiped.
    ServerRequest take();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace countersign::http
