#pragma once

#include "handlers/core/secret.hpp"
#include "handlers/ports/http_client.hpp"

#include <string>

namespace countersign {

// One tenant and the machine-to-machine application that acts in it.
struct Auth0Settings
{
    // The tenant's canonical host ("acme.eu.auth0.com"): names the audience of tokens, whatever host is called.
    std::string domain;
    http::Origin origin;  // where calls go: https://<domain>/ but for tests and proxies
    std::string client_id;
    Secret client_secret;
};

}  // namespace countersign
