#pragma once

#include "tests/standins/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace standins::auth0 {

// What an access token for the Management API says.
struct Claims
{
    std::string issuer;    // "https://DOMAIN/"
    std::string audience;  // "https://DOMAIN/api/v2/"
    std::string client_id;
    std::string jti;
    std::vector<std::string> scopes;
    TimeMs issued_at = 0;
    TimeMs expires_at = 0;
};

// A compact JWS, HS256. A real tenant signs with RS256; clients do not look inside.
std::string sign_token(const Claims& claims, std::string_view key);

enum class TokenFault
{
    none,
    not_a_jwt,
    bad_signature,
    wrong_issuer,
    wrong_audience,
    expired,
};

struct TokenCheck
{
    TokenFault fault = TokenFault::not_a_jwt;
    Claims claims;
};

TokenCheck check_token(
    std::string_view token, std::string_view key, std::string_view issuer, std::string_view audience, TimeMs now);

}  // namespace standins::auth0
