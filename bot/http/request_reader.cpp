#include "bot/http/request_reader.hpp"

#include "bot/http/head_scanner.hpp"
#include "bot/http/header_policy.hpp"
#include "handlers/core/ascii.hpp"
#include "handlers/core/secret.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <openssl/crypto.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>

namespace countersign::http {

namespace beast = boost::beast;

namespace {

using Parser = beast::http::request_parser<beast::http::string_body>;

constexpr std::size_t read_bytes_max = 8192;

}  // namespace

struct RequestReader::Impl
{
    Impl(RequestLimits limits_, std::string remote_)
        : limits{limits_},
          remote{std::move(remote_)},
          buffer{limits_.buffer_bytes}
    {
        buffer.reserve(limits.buffer_bytes);
        begin();
    }

    // A body that was not taken, because it broke off or was refused.
    void wipe_body() { countersign::wipe(parser->get().body()); }

    void begin()
    {
        scanner = {};
        scanned = 0;
        parser.emplace();
        parser->header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
        parser->body_limit(limits.body_bytes_max);
        head.reset();
        continue_due = false;
    }

    std::string_view unread() const
    {
        const auto data = buffer.data();
        return {static_cast<const char*>(data.data()), data.size()};
    }

    Step refuse(int status_, std::string_view fault_)
    {
        status = status_;
        fault = fault_;
        return Step::refused;
    }

    // Gives the parser what is there, and forgets what it took.
    beast::error_code put()
    {
        beast::error_code ec;
        const auto taken = parser->put(buffer.data(), ec);
        buffer.consume(taken);
        scanned -= std::min(scanned, taken);
        return ec;
    }

    Step step()
    {
        if (status != 0) return Step::refused;
        if (!head)
        {
            const auto outcome = read_head();
            if (!head) return outcome;
        }
        return read_body();
    }

    Step read_head()
    {
        scanned += scanner.feed(unread().substr(scanned));
        if (scanner.state() == HeadScanner::State::malformed) return refuse(400, "line");
        const auto ec = put();
        if (ec == beast::http::error::body_limit) return refuse(413, "body_limit");
        if (ec && ec != beast::http::error::need_more) return refuse(400, "syntax");
        if (!parser->is_header_done())
        {
            // Where the head ends, Beast must see its end too: it waits for more when it finds no line in it.
            if (scanner.state() == HeadScanner::State::complete) return refuse(400, "syntax");
            if (buffer.size() >= limits.header_bytes_max) return refuse(400, "header_limit");
            return Step::need_more;
        }
        ServerRequest request = copy_head();
        const auto broken = check_head(request, parser->get().version(), limits.fields_max);
        if (broken) return refuse(status_of(*broken), name_of(*broken));
        continue_due = request.header_count("expect") != 0;
        head = std::move(request);
        parser->eager(true);
        return Step::need_more;
    }

    Step read_body()
    {
        while (!parser->is_done())
        {
            if (buffer.size() == 0) return std::exchange(continue_due, false) ? Step::send_continue : Step::need_more;
            const auto ec = put();
            if (ec == beast::http::error::body_limit) return refuse(413, "body_limit");
            if (ec && ec != beast::http::error::need_more) return refuse(400, "body");
        }
        return Step::complete;
    }

    // Taken before the body is read: Beast 1.81 merges trailers into the fields.
    ServerRequest copy_head() const
    {
        const auto& message = parser->get();
        ServerRequest request;
        request.method = std::string{message.method_string()};
        request.target = std::string{message.target()};
        for (const auto& field : message)
            request.headers.emplace_back(ascii::lower(field.name_string()), std::string{field.value()});
        request.remote = remote;
        return request;
    }

    // Overwrites what was read. Bytes of a pipelined request stay.
    void wipe_buffer()
    {
        std::string next{unread()};
        buffer.clear();
        const auto whole = buffer.prepare(buffer.capacity());
        OPENSSL_cleanse(whole.data(), whole.size());
        std::copy(next.begin(), next.end(), static_cast<char*>(whole.data()));
        buffer.commit(next.size());
        countersign::wipe(next);
    }

    RequestLimits limits;
    std::string remote;
    beast::flat_buffer buffer;
    HeadScanner scanner;
    std::size_t scanned = 0;  // bytes at the front of the buffer that the scanner has seen
    std::optional<Parser> parser;
    std::optional<ServerRequest> head;
    bool continue_due = false;
    bool keep_alive = false;
    int status = 0;
    std::string_view fault;
};

RequestReader::RequestReader(RequestLimits limits, std::string remote)
    : impl_{std::make_unique<Impl>(limits, std::move(remote))}
{}

RequestReader::~RequestReader()
{
    impl_->buffer.clear();
    impl_->wipe_buffer();
    impl_->wipe_body();
}

std::span<char> RequestReader::space()
{
    auto& buffer = impl_->buffer;
    const auto room = buffer.prepare(std::min(read_bytes_max, buffer.max_size() - buffer.size()));
    return {static_cast<char*>(room.data()), room.size()};
}

void RequestReader::commit(std::size_t bytes) { impl_->buffer.commit(bytes); }

RequestReader::Step RequestReader::step()
{
    try
    {
        return impl_->step();
    }
    catch (const std::exception&)
    {
        return impl_->refuse(400, "parser");  // Beast throws on some inputs (length_error)
    }
}

RequestReader::Step RequestReader::end()
{
    const auto last = step();
    return last == Step::need_more || last == Step::send_continue ? impl_->refuse(400, "incomplete") : last;
}

bool RequestReader::has_begun() const noexcept { return impl_->buffer.size() != 0; }
bool RequestReader::keep_alive() const noexcept { return impl_->keep_alive; }
int RequestReader::status() const noexcept { return impl_->status; }
std::string_view RequestReader::fault() const noexcept { return impl_->fault; }

ServerRequest RequestReader::take()
{
    ServerRequest request = std::move(impl_->head).value();
    impl_->keep_alive = impl_->parser->keep_alive();
    request.body = std::move(impl_->parser->get().body());
    impl_->wipe_buffer();
    impl_->begin();
    return request;
}

}  // namespace countersign::http
