#include "handlers/model/request.hpp"

namespace countersign {

Request::Request(const Request&) = default;
Request::Request(Request&&) noexcept = default;
Request& Request::operator=(const Request&) = default;
Request& Request::operator=(Request&&) noexcept = default;
Request::~Request() = default;

Operation operation_of(const Request& request) noexcept
{
    if (const auto fixed = row_of(request.purpose).operation) return *fixed;
    if (request.creates_account()) return Operation::create_account;
    return request.format == PasswordFormat::link ? Operation::make_link : Operation::set_password;
}

std::string sign_in_address(const Request& request)
{
    return request.account ? request.account->sign_in(request.connection).address : request.email.str();
}

}  // namespace countersign
