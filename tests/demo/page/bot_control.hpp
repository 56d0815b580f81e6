#pragma once

#include "tests/demo/company/company.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>

namespace demo::page {

// Ends and starts the bot's process while the company goes on.
class BotControl
{
public:
    explicit BotControl(Company& company);

    void kill_for_a_while();  // SIGKILL; started again after 3 s
    void stop();              // SIGTERM; stays down
    // At once, or when it has ended. Throws std::runtime_error when the program cannot be started.
    void start();

    bool is_kept_down() const { return is_ending_ && !coming_back_; }  // until somebody starts it
    bool is_coming_back() const { return coming_back_; }               // by itself

private:
    void start_after(std::chrono::milliseconds wait);

    Company& company_;
    boost::asio::steady_timer pause_;
    bool is_ending_ = false;  // or ended: it was told to
    bool coming_back_ = false;
};

}  // namespace demo::page
