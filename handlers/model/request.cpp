#include "handlers/model/request.hpp"

namespace countersign {

Request::Request(const Request&) = default;
Request::Request(Request&&) noexcept = default;
Request& Request::operator=(const Request&) = default;
Request& Request::operator=(Request&&) noexcept = default;
Request::~Request() = default;

std::string sign_in_address(const Request& request)
{
    return request.account ? request.account->sign_in(request.connection).address : request.email.str();
}

}  // namespace countersign
