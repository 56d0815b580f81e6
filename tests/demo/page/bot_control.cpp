#include "tests/demo/page/bot_control.hpp"

#include <chrono>

namespace demo::page {

namespace {

constexpr std::chrono::seconds down_for{3};
constexpr std::chrono::milliseconds look_every{100};  // whether it has ended

}  // namespace

BotControl::BotControl(Company& company) : company_{company}, pause_{company.context} {}

void BotControl::start_after(std::chrono::milliseconds wait)
{
    coming_back_ = true;
    pause_.expires_after(wait);
    pause_.async_wait([this](boost::system::error_code interrupted) {
        if (!interrupted) start();
    });
}

void BotControl::kill_for_a_while()
{
    company_.bot().kill();
    is_ending_ = false;
    start_after(down_for);
}

void BotControl::stop()
{
    pause_.cancel();
    coming_back_ = false;
    is_ending_ = true;
    company_.bot().terminate();
}

void BotControl::start()
{
    pause_.cancel();
    if (is_ending_ && company_.bot().running()) return start_after(look_every);
    coming_back_ = false;
    is_ending_ = false;
    if (!company_.bot().running()) company_.bot().start();
}

}  // namespace demo::page
