#include "handlers/model/account.hpp"
#include "handlers/model/member.hpp"

#include <catch2/catch.hpp>

using namespace countersign;

namespace {

// Of two databases, linked: each identity signs in with an address of its own.
Account linked_account()
{
    Account account{Auth0UserId{"auth0|1"}};
    account.email = "Ada@Acme.example";
    account.email_verified = true;
    account.database_connections = {"Main", "Legacy"};
    account.sign_ins = {SignIn{"ada@acme.example", true}, SignIn{"ada@old.example", false}};
    return account;
}

}  // namespace

TEST_CASE("somebody has signed in who has a count of log-ins or a time of the last", "[model]")
{
    Account account{Auth0UserId{"auth0|1"}};
    CHECK_FALSE(account.has_signed_in());
    account.logins_count = 1;
    CHECK(account.has_signed_in());
    account.logins_count = 0;
    account.last_login = TimePoint{};
    CHECK(account.has_signed_in());
}

TEST_CASE("a profile takes what fits to the last byte", "[model]")
{
    Account account{Auth0UserId{"auth0|1"}};
    account.profile_bytes = profile_bytes_max - 10;
    CHECK_FALSE(account.has_no_room_for(10));
    CHECK(account.has_no_room_for(11));
    account.profile_bytes = profile_bytes_max;
    CHECK_FALSE(account.has_no_room_for(0));
    CHECK(account.has_no_room_for(1));
}

TEST_CASE("each identity signs in with its own address, and what is not known with the account's", "[model]")
{
    const Account account = linked_account();
    CHECK(account.sign_in("Main") == SignIn{"ada@acme.example", true});
    CHECK(account.sign_in("Legacy") == SignIn{"ada@old.example", false});
    CHECK(account.sign_in("Another") == SignIn{"ada@acme.example", true});
}

TEST_CASE("an account is called by its own address in any case of letters, and reached by its identities'", "[model]")
{
    const Account account = linked_account();
    CHECK(account.is_called("ada@acme.example"));
    CHECK_FALSE(account.is_called("ada@acme.example.org"));
    CHECK_FALSE(account.is_called("ada@old.example"));
    CHECK(account.is_reached_by("ada@acme.example"));
    CHECK(account.is_reached_by("ada@old.example"));
    CHECK_FALSE(account.is_reached_by("lea@acme.example"));
}

TEST_CASE("who is no member of ours any more holds no role, whatever group names them", "[model]")
{
    const MemberStatus status =
        GENERATE(MemberStatus::deactivated, MemberStatus::guest, MemberStatus::bot, MemberStatus::outsider);
    CHECK_FALSE(Member{status, {Role::approver}, std::nullopt}.holds(Role::approver));
    const Member member{MemberStatus::member, {Role::approver}, std::nullopt};
    CHECK(member.holds(Role::approver));
    CHECK_FALSE(member.holds(Role::auditor));
}
