#include "bot/http/response_reader.hpp"

#include "handlers/core/ascii.hpp"
#include "handlers/core/wiping_allocator.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <openssl/crypto.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

namespace countersign::http {

namespace beast = boost::beast;

namespace {

// An answer may repeat what was asked, and that may be a password.
using Body = beast::http::basic_string_body<char, std::char_traits<char>, WipingAllocator<char>>;
using Parser = beast::http::response_parser<Body>;

constexpr std::size_t read_bytes_max = 16'384;
constexpr std::size_t buffer_bytes = 32'768;  // bounds trailers and chunk extensions, which Beast 1.81 does not
constexpr int interim_max = 4;

}  // namespace

struct ResponseReader::Impl
{
    explicit Impl(ResponseLimits limits_) : limits{limits_}, buffer{buffer_bytes}
    {
        buffer.reserve(buffer_bytes);
        begin();
    }

    void begin()
    {
        parser.emplace();
        parser->header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
        parser->body_limit(limits.body_bytes_max);
        head.reset();
    }

    Step breaks(std::string_view why)
    {
        fault = why;
        return Step::broken;
    }

    Step step()
    {
        if (!fault.empty()) return Step::broken;
        while (!parser->is_done())
        {
            if (buffer.size() == 0) return Step::need_more;
            beast::error_code ec;
            buffer.consume(parser->put(buffer.data(), ec));
            if (ec == beast::http::error::need_more)
                return buffer.size() < buffer_bytes ? Step::need_more : breaks("response_too_large");
            if (ec == beast::http::error::body_limit || ec == beast::http::error::header_limit)
                return breaks("response_too_large");
            if (ec) return breaks("response_malformed");
            if (parser->is_header_done() && !head)
            {
                const auto outcome = finish_head();
                if (outcome == Step::broken) return outcome;
            }
        }
        return Step::complete;
    }

    // The head is copied before the body is read: Beast 1.81 merges trailers into the fields.
    Step finish_head()
    {
        const auto& message = parser->get();
        const int status = static_cast<int>(message.result_int());
        if (status < 200)
        {
            if (status == 101 || ++interims > interim_max) return breaks("response_malformed");
            begin();
            return Step::need_more;
        }
        ClientResponse response;
        response.status = status;
        for (const auto& field : message)
            response.headers.emplace_back(ascii::lower(field.name_string()), std::string{field.value()});
        // Beast 1.81 takes an unknown or repeated coding for an empty body.
        const auto codings = std::count_if(response.headers.begin(), response.headers.end(), [](const auto& field) {
            return field.first == "transfer-encoding";
        });
        const bool is_chunked = codings == 1 &&
            beast::iequals(beast::string_view{message[beast::http::field::transfer_encoding]}, "chunked");
        if (codings != 0 && !is_chunked) return breaks("response_malformed");
        head = std::move(response);
        parser->eager(true);
        return Step::need_more;
    }

    Step end()
    {
        const auto last = step();
        if (last != Step::need_more) return last;
        beast::error_code ec;
        if (head) parser->put_eof(ec);
        has_ended = true;
        return head && !ec && parser->is_done() ? Step::complete : breaks("response_cut");
    }

    ResponseLimits limits;
    beast::flat_buffer buffer;
    std::optional<Parser> parser;
    std::optional<ClientResponse> head;
    std::string_view fault;
    int interims = 0;
    bool has_begun = false;
    bool has_ended = false;
};

ResponseReader::ResponseReader(ResponseLimits limits) : impl_{std::make_unique<Impl>(limits)} {}

ResponseReader::~ResponseReader()
{
    auto& buffer = impl_->buffer;
    buffer.clear();
    const auto whole = buffer.prepare(buffer.capacity());
    OPENSSL_cleanse(whole.data(), whole.size());
}

std::span<char> ResponseReader::space()
{
    auto& buffer = impl_->buffer;
    const auto room = buffer.prepare(std::min(read_bytes_max, buffer.max_size() - buffer.size()));
    return {static_cast<char*>(room.data()), room.size()};
}

void ResponseReader::commit(std::size_t bytes)
{
    impl_->buffer.commit(bytes);
    if (bytes != 0) impl_->has_begun = true;
}

ResponseReader::Step ResponseReader::step()
{
    try
    {
        return impl_->step();
    }
    catch (const std::exception&)
    {
        return impl_->breaks("response_malformed");  // Beast throws on some inputs (length_error)
    }
}

ResponseReader::Step ResponseReader::end()
{
    const auto last = step();
    return last == Step::need_more ? impl_->end() : last;
}

bool ResponseReader::has_begun() const noexcept { return impl_->has_begun; }

bool ResponseReader::keep_alive() const noexcept
{
    return !impl_->has_ended && impl_->buffer.size() == 0 && impl_->parser->keep_alive();
}

std::string_view ResponseReader::fault() const noexcept { return impl_->fault; }

ClientResponse ResponseReader::take()
{
    ClientResponse response = std::move(impl_->head).value();
    auto& body = impl_->parser->get().body();
    response.body.assign(body.data(), body.size());
    OPENSSL_cleanse(body.data(), body.size());
    return response;
}

}  // namespace countersign::http
