#include "handlers/requests/admission.hpp"

#include "handlers/slack/block_kit.hpp"

namespace countersign {

boost::asio::awaitable<std::optional<NotNow>> frozen(const Services& services)
{
    const FreezeSwitch found = co_await services.store.find_freeze();
    if (!found.freeze) co_return std::nullopt;
    NotNow no{
        "frozen", "Password resets are frozen since " + slack::date(found.freeze->since) + " by " +
            slack::mention(found.freeze->by) + ". Reason: " + slack::code_span(found.freeze->reason, 300)};
    co_return no;
}

}  // namespace countersign
