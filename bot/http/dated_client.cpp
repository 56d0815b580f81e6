#include "bot/http/dated_client.hpp"

#include "handlers/core/http_date.hpp"

#include <string>
#include <utility>

namespace countersign::http {

DatedClient::DatedClient(Client& client, std::function<void(std::optional<TimePoint>)> tell)
    : client_{client},
      tell_{std::move(tell)}
{}

boost::asio::awaitable<Outcome<ClientResponse>> DatedClient::send(ClientRequest request)
{
    auto answer = co_await client_.send(std::move(request));
    if (answer) tell_(parse_date(std::string{answer->header("date")}));
    co_return std::move(answer);
}

}  // namespace countersign::http
