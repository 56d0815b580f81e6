#pragma once

#include "handlers/effects/settle.hpp"

#include <optional>

namespace countersign::effects {

// How an operation is carried out and proved.
struct OperationHandler
{
    // Carries out a request whose approval and account were just checked again, to the commit that ends its job.
    // `account`: as read just now; absent: there is none.
    boost::asio::awaitable<JobResult> (*perform)(Running running, std::optional<Account> account);
    // Looks what became of it when the answer was lost. nullptr: nothing is lost with an answer, and it is done again.
    boost::asio::awaitable<Settled> (*settle)(const Services&, Request request) = nullptr;
    // Sends once more what was found not to have been applied. `change`: as note_send() takes it.
    boost::asio::awaitable<JobResult> (*send_again)(Running running, Transaction change) = nullptr;
};

OperationHandler handler_of(Operation operation);

}  // namespace countersign::effects
