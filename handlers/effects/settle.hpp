#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <optional>
#include <string>

namespace countersign::effects {

// What reading back says of a change whose answer was lost (auth0/CONTRACT.md, "Changing a password").
struct Settlement
{
    enum class Kind
    {
        proved,      // it is our change
        send_again,  // provably not applied, and still within resend_within
        ruled_out,   // provably not applied, and too late to be sent again
        given_up,    // too late to prove
        open,        // ask again later
    };

    explicit Settlement(Kind kind_, std::string ending_ = {}) : kind{kind_}, ending{std::move(ending_)} {}
    explicit Settlement(Account account_) : kind{Kind::proved}, account{std::move(account_)} {}

    Kind kind;
    std::string ending;              // for given_up
    std::optional<Account> account;  // for proved: as read
};

boost::asio::awaitable<Settlement> settle(const Services& services, Request request);

// Whether what was read back, which shows nothing of our change, lets the same password be sent again. Of the sends
// whose end is not known there may be two at most: each could still be under way. Those that Auth0 itself said had
// failed are over.
bool may_send_again(const Intent& intent, TimePoint now) noexcept;

// Nothing of our change can be seen, and it is too late to send it again: what ten minutes of this come to.
boost::asio::awaitable<Settlement> settle_untouched(const Services& services, Request request);

// The answer was a 2xx: reads back, and ends as changed when answer or read-back shows the change.
boost::asio::awaitable<JobResult> confirm(const Services& services, Job job, Request request, Account answered);

// executing -> checking; the same job looks again later.
boost::asio::awaitable<JobResult> lose_answer(const Services& services, Job job, Request request);

// -> changed, with the steps that follow a change.
boost::asio::awaitable<JobResult> prove(const Services& services, Job job, Request request, Account now);

// checking -> unknown.
boost::asio::awaitable<JobResult> give_up(const Services& services, Job job, Request request, std::string ending);

// The vault context of a request's password: whose it is and for whom, so that no row can be put under another name.
std::string credential_context(const Request& request);

}  // namespace countersign::effects
