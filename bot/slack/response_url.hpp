#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/ports/http_client.hpp"

#include <utility>

namespace countersign::slack {

// Where a response_url points to: its path is a credential.
using ResponseTarget = std::pair<http::Origin, Secret>;

// Takes a response_url apart. Payloads are not trusted with the choice of a host (handlers/slack/CONTRACT.md, "Response
// URLs"): only https towards hooks.slack.com and hooks.slack-gov.com; when the API itself is on this machine (a local
// stand-in), also any port of this machine. Refused: response_url_host, response_url_invalid.
Outcome<ResponseTarget> response_target(const Secret& response_url, const http::Origin& api);

}  // namespace countersign::slack
