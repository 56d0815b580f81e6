#pragma once

#include "auth0/config.hpp"
#include "auth0/identity_provider.hpp"
#include "tests/support/fake_http_client.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/noon.hpp"
#include "tests/support/run_coroutine.hpp"

#include <boost/asio/io_context.hpp>

#include <string>
#include <utility>

namespace countersign::test {

inline Auth0Settings tenant_settings()
{
    return Auth0Settings{
        "acme.eu.auth0.com", *http::parse_origin("http://127.0.0.1:9000/proxy"), "client-1", Secret{"s3cr&t+=%"}};
}

// A provider whose tenant answers by script.
struct Tenant
{
    Tenant();
    ~Tenant();  // elsewhere, as the constructor: each file would else make all that it is made of

    boost::asio::io_context context{1};
    ManualClock clock{noon};
    FakeHttpClient client{context};
    Auth0IdentityProvider provider{tenant_settings(), client, clock, clock};

    void expect_token(std::string token = "token-1")
    {
        client.expect(
            http::Method::post, "oauth/token",
            answer(200, R"({"access_token":")" + token + R"(","expires_in":86400,"token_type":"Bearer"})"));
    }

    template <class T>
    T run(boost::asio::awaitable<T> work)
    {
        return test::run(context, std::move(work));
    }
};

// A user of one database, as the Management API shows it.
inline std::string user_json(std::string id, std::string email = "john.doe@example.com")
{
    return R"({"user_id":")" + id + R"(","email":")" + email +
        R"(","email_verified":true,"name":"John Doe","given_name":"John","family_name":"Doe","identities":[)"
        R"({"connection":"Main","user_id":"1","provider":"auth0","isSocial":false}],)"
        R"("last_password_reset":"2026-11-22T12:00:01.000Z","created_at":"2023-01-25T19:00:27.084Z"})";
}

}  // namespace countersign::test
