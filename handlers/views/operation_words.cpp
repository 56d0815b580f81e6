#include "handlers/views/operation_words.hpp"

namespace countersign::views {

namespace {

PurposeWords reset_words()
{
    PurposeWords words;
    words.command = "/reset-password";
    words.usage = "Type `/reset-password ada@example.com` and, if you like, a reason after the address.";
    words.help =
        "`/reset-password ada@example.com why` asks for a new password; without an address it opens a form. So do the "
        "shortcut \"Reset a password\" and, on a message, \"Reset password\".";
    words.kind = "password reset";
    words.kind_of_new = words.kind;
    words.kinds = "password resets";
    words.approve_title = "Approve this reset?";
    words.approve = "Approve reset";
    words.form_title = "Reset a password";
    words.option = "Reset the password";
    words.option_about = "of somebody who signed in before";
    return words;
}

PurposeWords first_password_words()
{
    PurposeWords words;
    words.command = "/create-password";
    words.usage =
        "Type `/create-password ada@example.com` and, for a new account, the first and the last name after the "
        "address.";
    words.help = "`/create-password ada@example.com Ada Lovelace` asks for a first password (implementation group).";
    words.kind = "first password";
    words.kind_of_new = "new account";
    words.kinds = "first passwords";
    words.approve_title = "Approve this first password?";
    words.approve = "Approve password";
    words.form_title = "Create a password";
    words.option = "Set a first password";
    words.option_about = "for somebody new";
    return words;
}

// Of whatever ends in a password.
OperationWords password_words()
{
    OperationWords words;
    words.begins = "about to change the password in Auth0";
    words.runs = "changing the password in Auth0";
    words.settles = "finding out whether the password was changed";
    words.sets = "{}";
    words.blocked = "*Yes*, by an administrator; it stays blocked";
    words.not_yet = "the password is not changed yet";
    words.not_known = "whether the password is changed is not known yet";
    words.at_present = "the password is being changed";
    return words;
}

OperationWords set_password_words()
{
    OperationWords words = password_words();
    words.effect = "The password is set to {} in Auth0";
    words.done = " · password set to {}";
    words.sentence = "The password is set to {}.";
    return words;
}

OperationWords create_account_words()
{
    OperationWords words = set_password_words();
    words.effect = "An account is created, and its password is set to {} in Auth0";
    return words;
}

OperationWords make_link_words()
{
    OperationWords words = password_words();
    words.effect = "A link for a new password is made";
    words.done = " · password-change link made";
    words.sentence = "A link for setting a new password was made. Nothing was changed yet.";
    words.asked_for = "password-change link";
    return words;
}

}  // namespace

PurposeWords words_of(Purpose purpose)
{
    switch (purpose)
    {
    case Purpose::reset: return reset_words();
    case Purpose::first_password: return first_password_words();
    }
    return {};
}

OperationWords words_of(Operation operation)
{
    switch (operation)
    {
    case Operation::set_password: return set_password_words();
    case Operation::create_account: return create_account_words();
    case Operation::make_link: return make_link_words();
    }
    return {};
}

std::optional<Purpose> purpose_of_command(std::string_view command)
{
    for (const Purpose purpose : purposes)
        if (words_of(purpose).command == command) return purpose;
    return std::nullopt;
}

std::string with_format(std::string_view words, std::string_view what)
{
    std::string filled{words};
    const auto at = filled.find("{}");
    if (at != std::string::npos) filled.replace(at, 2, what);
    return filled;
}

}  // namespace countersign::views
