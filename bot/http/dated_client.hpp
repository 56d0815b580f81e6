#pragma once

#include "handlers/core/time.hpp"
#include "handlers/ports/http_client.hpp"

#include <functional>
#include <optional>

namespace countersign::http {

// A client that tells of each answer's Date; what it sends and answers is the other client's.
class DatedClient final : public Client
{
public:
    // `tell` is called as an answer arrives, whatever its status: with its date (to a second), or with nothing when it
    // has none that can be read. `client` outlives this.
    DatedClient(Client& client, std::function<void(std::optional<TimePoint>)> tell);

    boost::asio::awaitable<Outcome<ClientResponse>> send(ClientRequest request) override;

private:
    Client& client_;
    std::function<void(std::optional<TimePoint>)> tell_;
};

}  // namespace countersign::http
