#include "tests/standins/auth0/tokens.hpp"

#include "tests/standins/auth0/fields.hpp"
#include "tests/standins/auth0/text.hpp"

#include <boost/json.hpp>

namespace standins::auth0 {

namespace json = boost::json;

namespace {

std::string join(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

TimeMs seconds_at(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? value->get_int64() * 1000 : 0;
}

// The decoded part as an object; empty when it is none.
json::object decoded(const std::string& part)
{
    const auto text = from_base64url(part);
    if (!text) return {};
    json::error_code failure;
    json::value value = json::parse(*text, failure);
    return !failure && value.is_object() ? value.get_object() : json::object{};
}

}  // namespace

std::string sign_token(const Claims& claims, std::string_view key)
{
    const json::object header{{"alg", "HS256"}, {"typ", "JWT"}, {"kid", "standin"}};
    const json::object payload{
        {"iss", claims.issuer},
        {"sub", claims.client_id + "@clients"},
        {"aud", claims.audience},
        {"iat", claims.issued_at / 1000},
        {"exp", claims.expires_at / 1000},
        {"scope", join(claims.scopes)},
        {"gty", "client-credentials"},
        {"azp", claims.client_id},
        {"jti", claims.jti}};
    const std::string signed_part = base64url(json::serialize(header)) + '.' + base64url(json::serialize(payload));
    return signed_part + '.' + base64url(hmac_sha256(key, signed_part));
}

TokenCheck check_token(
    std::string_view token, std::string_view key, std::string_view issuer, std::string_view audience, TimeMs now)
{
    TokenCheck check;
    const auto parts = split(token, '.');
    if (parts.size() != 3 || text_at(decoded(parts[0]), "alg").empty()) return check;
    const json::object payload = decoded(parts[1]);
    if (payload.empty()) return check;

    check.claims.issuer = text_at(payload, "iss");
    check.claims.audience = text_at(payload, "aud");
    check.claims.client_id = text_at(payload, "azp");
    check.claims.jti = text_at(payload, "jti");
    check.claims.scopes = split(text_at(payload, "scope"), ' ');
    check.claims.issued_at = seconds_at(payload, "iat");
    check.claims.expires_at = seconds_at(payload, "exp");

    if (base64url(hmac_sha256(key, parts[0] + '.' + parts[1])) != parts[2])
        check.fault = TokenFault::bad_signature;
    else if (check.claims.audience != audience)
        check.fault = TokenFault::wrong_audience;
    else if (check.claims.issuer != issuer)
        check.fault = TokenFault::wrong_issuer;
    else if (check.claims.expires_at <= now)
        check.fault = TokenFault::expired;
    else
        check.fault = TokenFault::none;
    return check;
}

}  // namespace standins::auth0
