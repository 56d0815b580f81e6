#include "auth0/user_id_path.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::auth0;

TEST_CASE("all but unreserved characters of an id are encoded in its path", "[auth0]")
{
    CHECK(user_target(Auth0UserId{"auth0|63d1"}) == "api/v2/users/auth0%7C63d1");
    CHECK(
        user_target(Auth0UserId{"samlp|conn|a b+c@x.y/z?#%"}) ==
        "api/v2/users/samlp%7Cconn%7Ca%20b%2Bc%40x.y%2Fz%3F%23%25");
}

TEST_CASE("a path of the log is that of one user only", "[auth0]")
{
    const Auth0UserId id{"auth0|63d1"};
    CHECK(is_path_of("/api/v2/users/auth0%7C63d1", id));
    CHECK(is_path_of("/api/v2/users/auth0%7c63d1", id));
    CHECK(is_path_of("/api/v2/users/auth0|63d1", id));

    const char* other = GENERATE(
        "", "/", "/api/v2/users/", "/api/v2/users/auth0%7C63d", "/api/v2/users/auth0%7C63d12",
        "/api/v2/users/auth0%7C63d1/sessions", "/api/v2/users/x/auth0%7C63d1", "/api/v2/organizations/auth0%7C63d1",
        "/api/v2/users/auth0%7", "/api/v2/users/auth0%ZZ63d1", "auth0%7C63d1");
    CHECK_FALSE(is_path_of(other, id));
}

TEST_CASE("a path that goes on below a user is not that of a user whose id has a slash", "[auth0]")
{
    const Auth0UserId id{"samlp|acme/ada"};
    CHECK(is_path_of("/api/v2/users/samlp%7Cacme%2Fada", id));
    CHECK_FALSE(is_path_of("/api/v2/users/samlp%7Cacme/ada", id));
}
