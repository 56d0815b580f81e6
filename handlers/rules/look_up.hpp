#pragma once

#include "handlers/model/member.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/model/transaction.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// What a look-up comes to: approvers are asked, the requester is asked back, or the request is refused. Each change
// here ends the job of the look-up.
namespace countersign::rules {

inline constexpr std::chrono::hours look_up_age_max{1};   // nobody waits for it any more
inline constexpr std::chrono::minutes choosing_time{30};  // in which the requester has to answer

// A request with all that follows from its account, and whether approvers may be asked.
struct Preparation
{
    explicit Preparation(Request request_) : request{std::move(request_)} {}

    Request request;      // with tier, approvals, cooling, format, risk notes; ending_detail and again_at when it ends
    StoredEnding ending;  // refuse it with this; none: it may go on
    bool wants_verification = false;  // the requester has to say first how the caller was verified
    bool wants_names = false;         // the standard format needs both names, and they are not known
};

// The request with the one account that its address stands for, or that is to be made; or the end of the look-up.
std::variant<Request, Transaction> with_account(
    Request request, const std::vector<Account>& accounts, const Settings& settings, TimePoint now);

// Refused, or asked back; nullopt: approvers may be asked.
std::optional<Transaction> held_up(Preparation prepared, const Settings& settings, TimePoint now);

// Approvers are asked, unless others read along where they would be: what a card says is for our own people. Where
// nobody can read, the card waits until its channel is mended.
Transaction passed_on(Request request, ChannelSafety approvals, const Settings& settings, TimePoint now);

// Another request about the same account is open; nullptr: it was a moment ago. `words`: which.
Transaction already_open(Request request, const Request* other, std::string words, TimePoint now);

}  // namespace countersign::rules
