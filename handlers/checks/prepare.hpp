#pragma once

#include "handlers/core/error.hpp"
#include "handlers/ports/services.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace countersign::checks {

// A request with all that follows from its account, and whether anybody may be bothered with it.
struct Preparation
{
    explicit Preparation(Request request_) : request{std::move(request_)} {}

    Request request;     // with tier, approvals, cooling, format, risk notes; ending_detail and again_at when it ends
    std::string ending;  // a code of views/words: refuse it with this; empty: it may go on
    bool wants_verification = false;  // how the caller was verified has to be said first
    bool wants_names = false;         // the standard format needs both names, and they are not known
};

// What has to be done, beyond one approval, before a password of this account is changed.
struct Demands
{
    std::string tier;  // name, empty: none
    bool refuse = false;
    int approvals = 1;
    bool verification = false;             // how the caller was verified has to be recorded
    std::optional<PasswordFormat> format;  // absent: the usual one
    std::chrono::seconds cooling{0};
};

// Of the account that the request is about, as it is in the request now, and of the settings as they are now.
Demands demands_of(const Settings& settings, const Request& request);

// Whether the request says how the caller was verified, by one of the methods that are configured.
bool is_verified(const Settings& settings, const Request& request);

// For a stored request with account (or creates_account()), connection, names and verification as far as they are
// known. Asks Auth0 for the connection's password policy. Problem: Auth0 could not be asked; try again.
boost::asio::awaitable<Outcome<Preparation>> prepare(const Services& services, Request request);

}  // namespace countersign::checks
