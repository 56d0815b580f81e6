#pragma once

#include "handlers/ports/http_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::test {

// A request as it would have left, in the clear.
struct SentRequest
{
    http::Method method;
    http::Origin origin;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string bearer;
    std::string content_type;
    std::string body;
    std::chrono::milliseconds deadline;

    // The first value of a header, whatever its case, or empty.
    std::string header(std::string_view name) const
    {
        const auto same = [](char a, char b) { return std::tolower(a) == std::tolower(b); };
        for (const auto& [key, value] : headers)
            if (std::equal(key.begin(), key.end(), name.begin(), name.end(), same)) return value;
        return {};
    }
};

inline http::ClientResponse answer(
    int status, std::string body, std::vector<std::pair<std::string, std::string>> headers = {})
{
    http::ClientResponse response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = std::move(body);
    return response;
}

// An http::Client that knows what is to come: each request must be the next one of the script, and gets its answer.
// What is not in the script is a mistake, and gets `unreachable`.
class FakeHttpClient final : public http::Client
{
public:
    explicit FakeHttpClient(boost::asio::io_context& context)
        : gate_{context, std::chrono::steady_clock::time_point::max()}
    {}

    // The next request has this method and a target that begins so. `meanwhile` runs as the answer arrives.
    void expect(
        http::Method method, std::string target, Outcome<http::ClientResponse> reply,
        std::function<void()> meanwhile = {})
    {
        script_.emplace_back(method, std::move(target), std::move(reply), std::move(meanwhile));
    }

    // From now on answers wait for release().
    void hold() { is_held_ = true; }
    void release()
    {
        is_held_ = false;
        gate_.cancel();
    }

    const std::vector<SentRequest>& sent() const { return sent_; }
    // Requests that were not expected, and expectations that were not met.
    std::size_t mistakes() const { return mistakes_ + script_.size(); }

    boost::asio::awaitable<Outcome<http::ClientResponse>> send(http::ClientRequest request) override
    {
        record(request);
        if (is_held_)
        {
            boost::system::error_code opened;
            co_await gate_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, opened));
            if (is_held_) throw boost::system::system_error{boost::asio::error::operation_aborted};
        }
        const bool expected = !script_.empty() && script_.front().method == request.method &&
            request.target.starts_with(script_.front().target);
        if (!expected)
        {
            ++mistakes_;
            co_return Problem{Errc::unreachable, "not_in_the_script"};
        }
        Step step = std::move(script_.front());
        script_.pop_front();
        if (step.meanwhile) step.meanwhile();
        co_return std::move(step.reply);
    }

private:
    struct Step
    {
        Step(
            http::Method method_, std::string target_, Outcome<http::ClientResponse> reply_,
            std::function<void()> meanwhile_)
            : method{method_},
              target{std::move(target_)},
              reply{std::move(reply_)},
              meanwhile{std::move(meanwhile_)}
        {}

        http::Method method;
        std::string target;
        Outcome<http::ClientResponse> reply;
        std::function<void()> meanwhile;
    };

    void record(const http::ClientRequest& request)
    {
        SentRequest sent{request.method,  request.origin, request.target, request.headers, {}, request.content_type, {},
                         request.deadline};
        if (request.bearer) sent.bearer = std::string{request.bearer->expose()};
        if (request.body) sent.body = std::string{request.body->expose()};
        sent_.push_back(std::move(sent));
    }

    boost::asio::steady_timer gate_;
    bool is_held_ = false;
    std::deque<Step> script_;
    std::vector<SentRequest> sent_;
    std::size_t mistakes_ = 0;
};

}  // namespace countersign::test
