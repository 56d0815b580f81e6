#pragma once

#include "handlers/ports/http_client.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace countersign::http {

struct ResponseLimits
{
    std::size_t header_bytes_max = 16'384;
    std::size_t body_bytes_max = 1'048'576;
};

// Turns the bytes of a connection into the answer to one request, without a socket. Never throws on input.
class ResponseReader
{
public:
    enum class Step
    {
        need_more,
        complete,
        broken  // see fault()
    };

    explicit ResponseReader(ResponseLimits limits);
    ~ResponseReader();

    // Where the next bytes go, then how many came.
    std::span<char> space();
    void commit(std::size_t bytes);

    // Goes on with the bytes that are there. Interim answers (1xx but 101) are passed over.
    Step step();
    // The peer has said, in order, that it sends no more.
    Step end();

    bool has_begun() const noexcept;          // a byte of the answer has come
    bool keep_alive() const noexcept;         // after complete: the connection may carry another request
    std::string_view fault() const noexcept;  // "response_too_large", "response_malformed" or "response_cut"

    // The answer, after Step::complete.
    ClientResponse take();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace countersign::http
