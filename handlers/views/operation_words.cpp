#include "handlers/views/operation_words.hpp"

namespace countersign::views {

PurposeWords words_of(Purpose purpose)
{
    switch (purpose)
    {
    case Purpose::reset:
        return {"password reset",
                "password reset",
                "Approve this reset?",
                "Approve reset",
                "Reset a password",
                "Type `/reset-password ada@example.com` and, if you like, a reason after the address."};
    case Purpose::first_password:
        return {
            "first password",
            "new account",
            "Approve this first password?",
            "Approve password",
            "Create a password",
            "Type `/create-password ada@example.com` and, for a new account, the first and the last name after the "
            "address."};
    }
    return {};
}

OperationWords words_of(Operation operation)
{
    constexpr std::string_view begins = "about to change the password in Auth0";
    constexpr std::string_view runs = "changing the password in Auth0";
    switch (operation)
    {
    case Operation::set_password:
        return {"The password is set to {} in Auth0", begins, runs, " · password set to {}",
                "The password is set to {}.",         ""};
    case Operation::create_account:
        return {
            "An account is created, and its password is set to {} in Auth0",
            begins,
            runs,
            " · password set to {}",
            "The password is set to {}.",
            ""};
    case Operation::make_link:
        return {
            "A link for a new password is made",
            begins,
            runs,
            " · password-change link made",
            "A link for setting a new password was made. Nothing was changed yet.",
            "password-change link"};
    }
    return {};
}

std::string with_format(std::string_view words, std::string_view what)
{
    std::string filled{words};
    const auto at = filled.find("{}");
    if (at != std::string::npos) filled.replace(at, 2, what);
    return filled;
}

}  // namespace countersign::views
