#pragma once

#include "auth0/config.hpp"
#include "auth0/error_answer.hpp"
#include "auth0/reach.hpp"
#include "auth0/response_body.hpp"
#include "auth0/tenant_pacing.hpp"
#include "auth0/time_budget.hpp"
#include "auth0/token_cache.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/http_client.hpp"
#include "handlers/ports/sleeper.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace countersign::auth0 {

// One call of the Management API.
struct Call
{
    // `operation` names the call in logs, which must not hold targets: they hold e-mail addresses.
    Call(http::Method method_, std::string operation_, std::string target_)
        : method{method_},
          operation{std::move(operation_)},
          target{std::move(target_)}
    {}

    http::Method method;
    std::string operation;
    std::string target;
    Effect effect = Effect::none;  // `change`: not to be sent again unless it is known that it was not applied
    Priority priority = Priority::look_up;
    bool wants_body = true;      // false: the status of a success says everything
    std::string correlation_id;  // X-Correlation-ID of a write: at most 64 characters of [A-Za-z0-9_.-]
    std::optional<Secret> body;  // JSON
};

// Calls to the Management API of one tenant. A call waits until the tenant admits it, as long as its budget allows, and
// is sent again after a 429. After a refused token a new one is fetched and the call sent once more. Both refusals come
// before any change. Nothing else is ever sent again.
// Call from one executor; what it is given outlives it.
class ManagementApi
{
public:
    ManagementApi(const Auth0Settings& settings, http::Client& client, const Clock& clock, Sleeper& sleeper);

    // With Effect::change: answer_lost whenever the change may have been applied, unreachable when it certainly was
    // not. Without: unavailable when the outcome is not known. `budget` outlives the call.
    boost::asio::awaitable<Outcome<ResponseBody>> perform(Call call, TimeBudget& budget);
    // A read, of look-up priority.
    boost::asio::awaitable<Outcome<ResponseBody>> get(std::string operation, std::string target, TimeBudget& budget);
    // Gets a token, if there is none.
    boost::asio::awaitable<void> prepare();

    // Whether the tenant answers, the token endpoint included.
    const Reach& reach() const noexcept { return reach_; }

private:
    void note_reach(Errc code, SteadyTime began);
    boost::asio::awaitable<std::optional<Problem>> wait_for(Pacing::Turn& turn, const Call& call, TimeBudget& budget);
    http::ClientRequest request_for(const Call& call, const Secret& token, Milliseconds left) const;
    Outcome<ResponseBody> read_answer(const Call& call, http::ClientResponse& response) const;

    const Auth0Settings& settings_;
    http::Client& client_;
    const Clock& clock_;
    Sleeper& sleeper_;
    TokenCache tokens_;
    Pacing pacing_;
    Reach reach_;
};

}  // namespace countersign::auth0
