#include "auth0/revocation.hpp"

#include "auth0/user_id_path.hpp"

namespace countersign::auth0 {

namespace asio = boost::asio;

namespace {

asio::awaitable<Outcome<void>> revoke(
    ManagementApi& api, std::string operation, std::string target, std::string correlation_id, TimeBudget budget)
{
    Call call{http::Method::del, std::move(operation), std::move(target)};
    call.priority = Priority::after_change;
    call.wants_body = false;
    call.correlation_id = std::move(correlation_id);
    const Outcome<ResponseBody> answer = co_await api.perform(std::move(call), budget);
    if (!answer) co_return answer.error();
    co_return Outcome<void>{};
}

}  // namespace

asio::awaitable<Outcome<void>> delete_sessions(ManagementApi& api, Auth0UserId id, RequestId request, TimeBudget budget)
{
    return revoke(api, "user_sessions", user_target(id) + "/sessions", request.str() + ".sessions", budget);
}

asio::awaitable<Outcome<void>> delete_refresh_tokens(
    ManagementApi& api, Auth0UserId id, RequestId request, TimeBudget budget)
{
    return revoke(api, "user_refresh_tokens", user_target(id) + "/refresh-tokens", request.str() + ".tokens", budget);
}

}  // namespace countersign::auth0
