#include "handlers/model/request.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <tuple>

using namespace countersign;

namespace {

Request request_for(Purpose purpose, bool has_account, PasswordFormat format)
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U1"}, Email{"ada@example.com"}, std::nullopt, TimePoint{}};
    request.purpose = purpose;
    request.format = format;
    if (has_account) request.account.emplace(Auth0UserId{"auth0|1"});
    return request;
}

}  // namespace

TEST_CASE("what a request does follows from what was asked for, the account and the format", "[model]")
{
    const auto [purpose, has_account, format, operation] = GENERATE(table<Purpose, bool, PasswordFormat, Operation>({
        {Purpose::reset, true, PasswordFormat::sop, Operation::set_password},
        {Purpose::reset, true, PasswordFormat::passphrase, Operation::set_password},
        {Purpose::reset, true, PasswordFormat::link, Operation::make_link},
        {Purpose::reset, false, PasswordFormat::sop, Operation::set_password},  // before the look-up
        {Purpose::first_password, true, PasswordFormat::sop, Operation::set_password},
        {Purpose::first_password, true, PasswordFormat::link, Operation::make_link},
        {Purpose::first_password, false, PasswordFormat::sop, Operation::create_account},
        {Purpose::first_password, false, PasswordFormat::passphrase, Operation::create_account},
        {Purpose::first_password, false, PasswordFormat::link, Operation::create_account},
    }));
    INFO(name_of(purpose) << " " << has_account << " " << name_of(format));
    CHECK(operation_of(request_for(purpose, has_account, format)) == operation);
}

TEST_CASE("a password is handed over by what sets one, and a link by what makes one", "[model]")
{
    CHECK(row_of(Operation::set_password).handed_over == HandedOver::password);
    CHECK(row_of(Operation::create_account).handed_over == HandedOver::password);
    CHECK(row_of(Operation::make_link).handed_over == HandedOver::link);
}

TEST_CASE("a link leaves Auth0's record of the account as it is", "[model]")
{
    CHECK(row_of(Operation::set_password).marks_account);
    CHECK(row_of(Operation::create_account).marks_account);
    CHECK_FALSE(row_of(Operation::make_link).marks_account);
}

TEST_CASE("every operation so far sets a password, and leaves an administrator's block", "[model]")
{
    const auto operation = GENERATE(Operation::set_password, Operation::create_account, Operation::make_link);
    CHECK(row_of(operation).sets_password);
    CHECK(row_of(operation).keeps_block);
}

TEST_CASE("a request has the format that it holds, and no other", "[model]")
{
    const auto format = GENERATE(PasswordFormat::sop, PasswordFormat::passphrase, PasswordFormat::link);
    const auto other = GENERATE(PasswordFormat::sop, PasswordFormat::passphrase, PasswordFormat::link);
    const Request request = request_for(Purpose::reset, true, format);
    CHECK(has_format(request, other) == (format == other));
}

TEST_CASE("support asks for resets, and only a first password makes an account", "[model]")
{
    CHECK(row_of(Purpose::reset).support_may_ask);
    CHECK_FALSE(row_of(Purpose::first_password).support_may_ask);
    CHECK_FALSE(row_of(Purpose::reset).may_create);
    CHECK(row_of(Purpose::first_password).may_create);
    CHECK_FALSE(row_of(Purpose::reset).is_first);
    CHECK(row_of(Purpose::first_password).is_first);
}

TEST_CASE("the list of purposes has each of them once, in their order", "[model]")
{
    REQUIRE(purposes.size() == 2);
    CHECK(purposes[0] == Purpose::reset);
    CHECK(purposes[1] == Purpose::first_password);
}

TEST_CASE("a purpose is found again by the name under which it is stored", "[model]")
{
    CHECK(purpose_named("reset") == Purpose::reset);
    CHECK(purpose_named("first_password") == Purpose::first_password);
    CHECK_FALSE(purpose_named("firstpassword").has_value());
    CHECK_FALSE(purpose_named("").has_value());
}
