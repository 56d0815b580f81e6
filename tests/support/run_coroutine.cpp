#include "tests/support/run_coroutine.hpp"

#include <boost/asio/co_spawn.hpp>

#include <chrono>
#include <exception>

namespace countersign::test {

void run_to_end(boost::asio::io_context& context, boost::asio::awaitable<void> work)
{
    bool ended = false;
    boost::asio::co_spawn(context, std::move(work), [&ended](std::exception_ptr failure) {
        ended = true;
        if (failure) std::rethrow_exception(failure);
    });
    context.restart();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!ended && std::chrono::steady_clock::now() < deadline)
        if (context.run_one_for(std::chrono::milliseconds{200}) == 0 && context.stopped()) break;
}

}  // namespace countersign::test
