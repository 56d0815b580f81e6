#pragma once

#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace countersign {

// What a caller can act upon. Everything else is an exception.
enum class Errc
{
    not_found = 1,  // the thing asked for does not exist
    malformed,      // input that does not follow its format
    too_large,      // input over its limit
    unsupported,    // well-formed, but nothing here handles it
    bad_signature,  // not provably from Slack
    stale,          // a signature outside its window of time
    replayed,       // this very request was accepted before
    forbidden,      // the service says no: scope, right, plan
    refused,        // the service understood and said no for a reason in Problem::reason
    conflict,       // the stored version is not the one that was read
    duplicate,      // a unique thing exists already
    lease_lost,     // another worker has taken the job since
    rate_limited,   // try again after Problem::retry_after
    unreachable,    // no byte of the request left: safe to send again
    answer_lost,    // the request may have been applied: never send again blindly
    unavailable,    // cannot be answered now (start-up, stale cache)
    corrupt,        // stored or sealed data that does not verify
};

const boost::system::error_category& countersign_category() noexcept;

inline boost::system::error_code make_error_code(Errc e) noexcept
{
    return {static_cast<int>(e), countersign_category()};
}

// The word of an Errc as it stands above, for logs.
std::string_view name_of(Errc code) noexcept;

// Not for bool: in Boost 1.81, `Result<bool> b(a)` with a mutable `a` stores has_value() as the value.
template <class T>
    requires(!std::is_same_v<T, bool>)
using Result = boost::system::result<T>;

// Why a call to the world outside did not succeed.
class Problem
{
public:
    // What error() of a success gives (Boost 1.81 wants it to compile); no call ends with it.
    Problem() = default;
    explicit Problem(Errc code_, std::string reason_ = {}, std::optional<std::chrono::seconds> retry_after_ = {})
        : code{code_},
          reason{std::move(reason_)},
          retry_after{retry_after_}
    {}

    Errc code{};
    std::string reason;  // the service's own error code, or ours; [a-z0-9_], never free text from outside
    std::optional<std::chrono::seconds> retry_after;  // as the service asked, clamped by the client
};

[[noreturn]] void throw_exception_from_error(const Problem& problem, const boost::source_location& where);

// The result of a call to Slack, Auth0 or another service.
template <class T>
    requires(!std::is_same_v<T, bool>)
using Outcome = boost::system::result<T, Problem>;

// The store cannot be used: nothing was made durable. Caught by the HTTP dispatcher (503) and by the job runner.
class StoreUnavailable : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

}  // namespace countersign

template <>
struct boost::system::is_error_code_enum<countersign::Errc> : std::true_type
{
};
