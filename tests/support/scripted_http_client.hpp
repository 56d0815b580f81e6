#pragma once

#include "handlers/ports/http_client.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::test {

// An HTTP client that gives the answers it was told, in their order, and keeps what was asked. A request beyond the
// script is unreachable. `on_send` runs before each answer.
class ScriptedHttpClient final : public http::Client
{
public:
    // What was sent, with its secrets laid open.
    struct Sent
    {
        std::string url;
        std::string bearer;
        std::string content_type;
        std::string body;
        std::chrono::milliseconds deadline;
    };

    void answer(int status, std::string body, std::vector<std::pair<std::string, std::string>> headers = {})
    {
        http::ClientResponse response;
        response.status = status;
        response.body = std::move(body);
        response.headers = std::move(headers);
        script.emplace_back(std::move(response));
    }
    void fail(Errc code) { script.emplace_back(Problem{code}); }

    boost::asio::awaitable<Outcome<http::ClientResponse>> send(http::ClientRequest request) override
    {
        sent.push_back(open(request));
        if (on_send) on_send();
        if (script.empty()) co_return Problem{Errc::unreachable, "script_ended"};
        Outcome<http::ClientResponse> next = std::move(script.front());
        script.pop_front();
        co_return next;
    }

    std::deque<Outcome<http::ClientResponse>> script;
    std::vector<Sent> sent;
    std::function<void()> on_send;

private:
    static Sent open(const http::ClientRequest& request)
    {
        Sent copy;
        copy.url =
            request.origin.scheme + "://" + request.origin.host + ":" + request.origin.port + request.origin.path;
        copy.url += request.secret_target ? request.secret_target->expose() : std::string_view{request.target};
        if (request.bearer) copy.bearer = request.bearer->expose();
        if (request.body) copy.body = request.body->expose();
        copy.content_type = request.content_type;
        copy.deadline = request.deadline;
        return copy;
    }
};

}  // namespace countersign::test
