#pragma once

#include "tests/demo/company/services.hpp"
#include "tests/demo/page/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <exception>
#include <optional>
#include <string>

// The page's server asked without a connection, in a company whose bot never runs.
namespace demo::page::test {

namespace json = boost::json;

struct Desk
{
    explicit Desk(std::filesystem::path bot = "/bin/true") : company{context, std::move(bot)}, server{company, Assets{}}
    {}

    std::string host() const { return "127.0.0.1:" + std::to_string(company.slack_host().port()); }

    // As our own page sends it.
    Request get(const std::string& target) const { return {"GET", target, {{"host", host()}}, {}}; }
    Request post(const std::string& target, std::string body) const
    {
        return {
            "POST",
            target,
            {{"host", host()}, {"origin", "http://" + host()}, {"content-type", "application/json"}},
            std::move(body)};
    }

    // Begins to answer; the answer is in the optional once the context has run far enough.
    void begin(Request request, std::optional<Response>& answer)
    {
        boost::asio::co_spawn(
            context, company.page(std::move(request)), [&answer](std::exception_ptr failure, Exchange exchange) {
                if (failure) std::rethrow_exception(failure);
                answer = std::move(exchange.response);
            });
    }
    Response ask(Request request)
    {
        std::optional<Response> answer;
        begin(std::move(request), answer);
        while (!answer) context.run_one();
        return *std::move(answer);
    }
    json::object look(const std::string& what) { return body_of(ask(get("/page/api/" + what))); }
    Response tell(const std::string& what, const json::object& body)
    {
        return ask(post("/page/api/" + what, json::serialize(body)));
    }
    static json::object body_of(const Response& response) { return json::parse(response.body).as_object(); }

    boost::asio::io_context context{1};
    Company company;
    Server server;
};

}  // namespace demo::page::test
