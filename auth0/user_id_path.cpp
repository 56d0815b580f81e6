#include "auth0/user_id_path.hpp"

#include "handlers/ports/http_client.hpp"

#include <boost/url/pct_string_view.hpp>

namespace countersign::auth0 {

std::string user_target(const Auth0UserId& id) { return "api/v2/users/" + http::encode(id.str()); }

bool is_path_of(std::string_view path, const Auth0UserId& id)
{
    constexpr std::string_view users = "/api/v2/users/";
    if (!path.starts_with(users)) return false;
    const std::string_view last = path.substr(users.size());
    if (last.find('/') != std::string_view::npos) return false;
    const auto encoded = boost::urls::make_pct_string_view(boost::urls::string_view{last.data(), last.size()});
    return encoded && encoded->decode() == id.str();
}

}  // namespace countersign::auth0
