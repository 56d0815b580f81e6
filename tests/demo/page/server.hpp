#pragma once

#include "tests/demo/company/company.hpp"
#include "tests/demo/page/assets.hpp"
#include "tests/demo/page/ledger.hpp"
#include "tests/demo/page/troubles.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <string>

namespace demo::page {

// The demo page: what a person sees of the company in a browser, and what they do there. It stands on the Slack
// stand-in's port beside /api/ and answers only our own page on this machine.
class Server
{
public:
    // Serves while it lives; `company` must outlive it, and the company's context runs no more when it is gone.
    Server(Company& company, Assets assets);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::string url() const;  // what to open in the browser

private:
    using Answering = boost::asio::awaitable<Response>;

    boost::asio::awaitable<Exchange> exchange(Request request);
    Answering route(Request request);
    Answering act(Request request);
    Answering changes(Request request);
    Answering ledger();
    Response auth0() const;
    Response trouble(const Request& request);
    Response file(const std::string& path) const;
    Response person(const Request& request) const;
    std::uint16_t port() const;

    Company& company_;
    Assets assets_;
    Ledger ledger_;
    Troubles troubles_;
};

}  // namespace demo::page
