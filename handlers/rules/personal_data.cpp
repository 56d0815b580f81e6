#include "handlers/rules/personal_data.hpp"

namespace countersign::rules {

passwords::PersonalData personal_data_of(const Request& request)
{
    Account account = request.account ? *request.account : Account{Auth0UserId{std::string{}}};
    if (account.email.empty()) account.email = request.email.str();
    if (!request.account)
    {
        account.given_name = request.given_name();
        account.family_name = request.family_name();
    }
    return passwords::personal_data_of(account);
}

}  // namespace countersign::rules
