#pragma once

#include "tests/demo/company/company.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace demo::page {

// The bot as an operator sees it: its process and its database, read from outside.
class Ledger
{
public:
    explicit Ledger(Company& company);

    // "ready", "process", "heads", "chain", "requests", "jobs", "audit", "metrics". Throws Refused 503 when the file
    // cannot be read.
    boost::asio::awaitable<boost::json::object> describe();

    // Grows with every change of a request, a job, the audit log, the process or its readiness. Cheap while nothing
    // happens; asks the bot now and then whether it is ready.
    std::uint64_t revision();

private:
    struct Readiness
    {
        int status = 0;    // HTTP; 0: it could not be reached
        std::string word;  // what is missing
    };

    boost::asio::awaitable<void> probe();
    void probe_when_due();
    bool file_may_have_changed();
    std::string fingerprint() const;

    Company& company_;
    std::string file_seen_;
    std::string content_seen_;
    std::string process_seen_;
    Readiness ready_;
    std::chrono::steady_clock::time_point probe_due_;
    std::filesystem::file_time_type looked_at_;
    std::uint64_t revision_ = 0;
};

}  // namespace demo::page
