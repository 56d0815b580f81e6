#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

// What can be asked for, and what carrying it out does. Here is what both are; their words, and the command with which
// a purpose is asked for, are in views/operation_words, and how an operation is carried out and proved is in
// effects/operations. The tables are switches without a default, so that the compiler finds a row that is missing.
namespace countersign {

// What a requester asks for.
enum class Purpose
{
    reset,           // a new password for somebody who has one
    first_password,  // for somebody who never signed in, or has no account yet
};

// What carrying a request out does in Auth0: operation_of(request).
enum class Operation
{
    set_password,
    create_account,  // with a password
    make_link,       // with which the owner sets a password: nobody else learns one
};

// What the requester is shown once it is done.
enum class HandedOver
{
    nothing,
    password,
    link,
};

struct PurposeRow
{
    std::string_view name;  // stored, and a value in forms: never change one
    bool support_may_ask;   // else implementers alone, who may ask for everything
    bool is_first;          // only of an account that nobody has signed in to
    bool may_create;        // the account, where the address has none
    // What it comes to in any case; absent: that depends on the format, and on whether there is an account.
    std::optional<Operation> operation = {};
};

struct OperationRow
{
    HandedOver handed_over;
    // A password comes of it, ours or the owner's: it has a format, and the connection's policy counts. Else the format
    // that its request holds says nothing.
    bool sets_password;
    bool marks_account;           // Auth0's record of the account grows by our marker
    bool keeps_block;             // an administrator's block stays
    std::string_view audit_word;  // of the row which says that it is done: never change one
};

constexpr PurposeRow row_of(Purpose purpose)
{
    switch (purpose)
    {
    case Purpose::reset: return {"reset", true, false, false};
    case Purpose::first_password: return {"first_password", false, true, true};
    }
    return {{}, false, false, false};
}

constexpr OperationRow row_of(Operation operation)
{
    switch (operation)
    {
    // NOLINTNEXTLINE(bugprone-branch-clone): each has a row of its own
    case Operation::set_password: return {HandedOver::password, true, true, true, "password_changed"};
    case Operation::create_account: return {HandedOver::password, true, true, true, "password_changed"};
    case Operation::make_link: return {HandedOver::link, true, false, true, "password_changed"};
    }
    return {HandedOver::nothing, false, false, true, {}};
}

constexpr std::string_view name_of(Purpose purpose) { return row_of(purpose).name; }

constexpr std::size_t count_purposes()
{
    std::size_t count = 0;
    while (!name_of(static_cast<Purpose>(count)).empty()) ++count;
    return count;
}

// Every purpose, in the order in which people are offered them.
inline constexpr auto purposes = [] {
    std::array<Purpose, count_purposes()> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Purpose>(i);
    return all;
}();

// nullopt: this version knows no such purpose.
constexpr std::optional<Purpose> purpose_named(std::string_view name)
{
    for (const Purpose purpose : purposes)
        if (name_of(purpose) == name) return purpose;
    return std::nullopt;
}

static_assert(purpose_named("reset") == Purpose::reset && !purpose_named("") && !purpose_named("other"));

}  // namespace countersign
