#pragma once

#include "handlers/ports/http_client.hpp"
#include "tests/standins/faults.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/virtual_time.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace countersign::test {

// The world outside as an http::Client: hosts are functions, latency is virtual, and faults do what they do on a real
// line. Calls are numbered from 1 in the order in which they reach their host.
class Network final : public http::Client
{
public:
    using Host = std::function<standins::Exchange(const standins::Request&, standins::TimeMs)>;

    // When a call is cut off by the death of the calling process.
    enum class Cut
    {
        never,
        before_applied,
        after_applied,
    };

    Network(VirtualTime& time, SeededRandom& random) : time_{time}, random_{random} {}

    // `host` with its port: "127.0.0.1:7001".
    void attach(std::string host, Host handler) { hosts_[std::move(host)] = std::move(handler); }

    // Asked for each call; anything but `never` kills the caller: `on_death` runs, and the call never returns.
    std::function<Cut(int number)> cut = [](int) { return Cut::never; };
    std::function<void()> on_death = [] {};
    // Whose answers are larger than the client reads: "POST /api/conversations.history", with what follows.
    std::function<bool(const std::string& call)> too_large = [](const auto&) { return false; };
    // Changes what comes from a host before it arrives.
    std::function<void(const std::string& host, http::ClientResponse&)> bend = [](const auto&, auto&) {};
    bool dead = false;  // the wire is cut: nothing reaches anybody any more

    // Sees every request that leaves.
    std::function<void(const std::string& host, const standins::Request&)> tap = [](const auto&, const auto&) {};

    int calls() const noexcept { return number_; }
    const std::vector<std::string>& log() const noexcept { return log_; }  // "POST /api/chat.update"

    boost::asio::awaitable<Outcome<http::ClientResponse>> send(http::ClientRequest request) override;

private:
    boost::asio::awaitable<void> travel();
    boost::asio::awaitable<void> never();

    VirtualTime& time_;
    SeededRandom& random_;
    std::map<std::string, Host> hosts_;
    int number_ = 0;
    std::vector<std::string> log_;
};

}  // namespace countersign::test
