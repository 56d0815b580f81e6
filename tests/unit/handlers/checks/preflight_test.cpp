#include "handlers/checks/preflight.hpp"

#include "handlers/passwords/standard_format.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::checks;
using namespace countersign::passwords;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

ConnectionPolicy lenient() { return ConnectionPolicy{"Users"}; }

ConnectionPolicy strict()
{
    ConnectionPolicy policy{"Users"};
    policy.level = StrengthLevel::good;
    policy.length_min = 40;
    return policy;
}

Request request_with(PasswordFormat format)
{
    Request request = Desk::request_of("U0AGENT", State::looking_up);
    request.format = format;
    return request;
}

struct Tenant : Desk
{
    explicit Tenant(Outcome<ConnectionPolicy> answer) : Tenant(answer, answer) {}
    Tenant(Outcome<ConnectionPolicy> recent, Outcome<ConnectionPolicy> now)
    {
        tenant.recent.push_back(std::move(recent));
        tenant.now.push_back(std::move(now));
    }

    Outcome<Preflight> judge(const Request& request) { return run(context, preflight(services, request)); }
    Outcome<Preflight> judge(PasswordFormat format) { return judge(request_with(format)); }
};

std::string signals_text(const Preflight& verdict)
{
    std::string text;
    for (const RiskNote& risk : verdict.risk_notes) text += risk.code + ";";
    return text;
}

}  // namespace

TEST_CASE("a password that nothing speaks against goes on, asked for once", "[requests]")
{
    const auto format = GENERATE(PasswordFormat::sop, PasswordFormat::passphrase, PasswordFormat::link);
    Tenant desk{lenient()};
    const auto verdict = desk.judge(format);
    REQUIRE(verdict.has_value());
    CHECK(verdict->ending.is_none());
    CHECK(verdict->detail.empty());
    CHECK_FALSE(verdict->wants_names);
    CHECK(verdict->risk_notes.empty());
    CHECK(desk.tenant.asked == std::vector<std::string>{"recent Users"});
}

TEST_CASE("a remembered policy refuses nothing: it is asked for anew", "[requests]")
{
    Tenant desk{strict(), lenient()};
    const auto verdict = desk.judge(PasswordFormat::sop);
    REQUIRE(verdict.has_value());
    CHECK(verdict->ending.is_none());
    CHECK(desk.tenant.asked == std::vector<std::string>{"recent Users", "now Users"});
}

TEST_CASE("a standard password that breaks a rule is refused with the rule, and without the password", "[requests]")
{
    Tenant desk{strict()};
    const auto verdict = desk.judge(PasswordFormat::sop);
    REQUIRE(verdict.has_value());
    CHECK(verdict->ending == Ending::policy_refuses);
    CHECK(has(verdict->detail, "where 40 are needed"));
    CHECK(verdict->detail.ends_with("."));
    CHECK_FALSE(has(verdict->detail, "Byron"));
}

TEST_CASE("names that lack nothing but capitals are offered back with them, and no others are", "[requests]")
{
    ConnectionPolicy policy{"Users"};
    policy.level = StrengthLevel::good;
    policy.length_min = 8;
    Tenant desk{policy};
    Request request = request_with(PasswordFormat::sop);
    request.account->given_name = "ada";
    request.account->family_name = "byron";
    const auto lower = desk.judge(request);
    REQUIRE(lower.has_value());
    const bool lacks_capitals = lower->wants_names;
    request.names = GivenNames{"Ada", "Byron"};
    Tenant again{policy};
    const auto written = again.judge(request);
    REQUIRE(written.has_value());
    CHECK(written->ending.is_none());
    CHECK_FALSE(written->wants_names);
    // A rule that capitals do not meet is told as it is.
    request.names = GivenNames{"ada", "byron"};
    policy.length_min = 40;
    Tenant longer{policy};
    const auto refused = longer.judge(request);
    REQUIRE(refused.has_value());
    CHECK(refused->ending == Ending::policy_refuses);
    CHECK_FALSE(refused->wants_names);
    CHECK(lacks_capitals);
}

TEST_CASE("names that make no standard password end it, or are asked for, before Auth0 is asked", "[requests]")
{
    Tenant desk{lenient()};
    Request request = request_with(PasswordFormat::sop);
    request.account->family_name.clear();
    const auto missing = desk.judge(request);
    REQUIRE(missing.has_value());
    CHECK(missing->wants_names);
    CHECK(missing->ending.is_none());
    request.names = GivenNames{"Ada", "Byron"};
    CHECK_FALSE(desk.judge(request)->wants_names);
    desk.tenant.asked.clear();
    request.names = GivenNames{std::string(standard_password_bytes_max, 'x'), "Byron"};
    const auto overlong = desk.judge(request);
    REQUIRE(overlong.has_value());
    CHECK(overlong->ending == Ending::password_too_long);
    CHECK_FALSE(overlong->wants_names);
    CHECK(desk.tenant.asked.empty());
    // No other format is made of names.
    request = request_with(PasswordFormat::passphrase);
    request.account->family_name.clear();
    CHECK_FALSE(desk.judge(request)->wants_names);
}

TEST_CASE("a passphrase that no policy takes is refused, and a link needs none", "[requests]")
{
    ConnectionPolicy overlong{"Users"};
    overlong.level = StrengthLevel::good;
    overlong.length_min = 100;
    Tenant desk{overlong};
    CHECK(desk.judge(PasswordFormat::passphrase)->ending == Ending::no_passphrase_fits);
    CHECK(desk.judge(PasswordFormat::link)->ending.is_none());
}

TEST_CASE("a connection without passwords refuses all formats", "[requests]")
{
    const auto format = GENERATE(PasswordFormat::sop, PasswordFormat::passphrase, PasswordFormat::link);
    ConnectionPolicy none = lenient();
    none.password_enabled = false;
    Tenant desk{none};
    CHECK(desk.judge(format)->ending == Ending::password_disabled);
}

TEST_CASE("that the company's own database keeps the passwords is told, unless it moves them to Auth0", "[requests]")
{
    const auto format = GENERATE(PasswordFormat::sop, PasswordFormat::passphrase, PasswordFormat::link);
    const auto [is_custom, imports, risk_notes] = GENERATE(table<bool, bool, std::string>(
        {{true, false, "custom_database;"}, {true, true, ""}, {false, true, ""}, {false, false, ""}}));
    ConnectionPolicy connection = lenient();
    connection.is_custom_database = is_custom;
    connection.imports_users = imports;
    Tenant desk{connection};
    CHECK(signals_text(*desk.judge(format)) == risk_notes);
}

TEST_CASE("where passwords are remembered, the standard password that we set last is refused", "[requests]")
{
    ConnectionPolicy remembering = lenient();
    remembering.history = PasswordHistory{true, 5};
    Tenant desk{remembering};
    Request last = Desk::request_of("U0AGENT", State::changed);
    last.id = RequestId{"cs-0"};
    last.format = PasswordFormat::sop;
    std::string ending = "policy_refuses";
    SECTION("the very same") {}
    SECTION("with the same names as given then") { last.names = GivenNames{" Ada", "Byron\u200b"}; }
    SECTION("of another first name")
    {
        last.account->given_name = "Augusta";
        ending = "";
    }
    SECTION("of another family name")
    {
        last.account->family_name = "King";
        ending = "";
    }
    SECTION("a passphrase")
    {
        last.format = PasswordFormat::passphrase;
        ending = "";
    }
    SECTION("of another account")
    {
        last.account->id = Auth0UserId{"auth0|2"};
        ending = "";
    }
    SECTION("which failed")
    {
        last.state = State::failed;
        ending = "";
    }
    desk.put(last);
    CHECK(desk.judge(PasswordFormat::sop)->ending.name() == ending);
}

TEST_CASE("a policy that cannot be known stops only what needs it", "[requests]")
{
    const auto [problem, format, ending, risk_notes] =
        GENERATE(table<Problem, PasswordFormat, std::string, std::string>(
            {{Problem{Errc::unsupported, "policy_unknown"}, PasswordFormat::sop, "", "policy_unknown;"},
             {Problem{Errc::unsupported, "policy_unknown"}, PasswordFormat::passphrase, "policy_unknown", ""},
             {Problem{Errc::unsupported, "policy_unknown"}, PasswordFormat::link, "", ""},
             {Problem{Errc::forbidden, "auth0_options_scope_missing"}, PasswordFormat::sop, "", "policy_unknown;"},
             {Problem{Errc::forbidden, "auth0_options_scope_missing"}, PasswordFormat::passphrase,
              "auth0_options_scope_missing", ""},
             {Problem{Errc::forbidden, "auth0_options_scope_missing"}, PasswordFormat::link, "", ""},
             {Problem{Errc::not_found, "connection_unknown"}, PasswordFormat::sop, "connection_unknown", ""},
             {Problem{Errc::refused, "not_a_database_account"}, PasswordFormat::sop, "not_a_database_account", ""}}));
    const bool is_remembered = GENERATE(false, true);
    // Either at the first look, or at the second, because what is remembered speaks against it.
    ConnectionPolicy remembered = lenient();
    remembered.password_enabled = false;
    Tenant desk{is_remembered ? Outcome<ConnectionPolicy>{remembered} : Outcome<ConnectionPolicy>{problem}, problem};
    const auto verdict = desk.judge(format);
    REQUIRE(verdict.has_value());
    CHECK(verdict->ending.name() == ending);
    CHECK(signals_text(*verdict) == risk_notes);
}

TEST_CASE("while Auth0 cannot be asked for a policy nothing is judged", "[requests]")
{
    const bool is_remembered = GENERATE(false, true);
    const auto fault = GENERATE(Errc::unavailable, Errc::rate_limited, Errc::unreachable, Errc::forbidden);
    const Problem problem{fault, "down"};
    Tenant desk{is_remembered ? Outcome<ConnectionPolicy>{strict()} : Outcome<ConnectionPolicy>{problem}, problem};
    const auto verdict = desk.judge(PasswordFormat::sop);
    REQUIRE_FALSE(verdict.has_value());
    CHECK(verdict.error().code == fault);
    CHECK(verdict.error().reason == "down");
}

TEST_CASE("a profile that Auth0 would not write any more is refused before its policy is asked for", "[requests]")
{
    const auto format = GENERATE(PasswordFormat::sop, PasswordFormat::passphrase, PasswordFormat::link);
    Tenant desk{lenient()};
    Request request = request_with(format);
    request.account->profile_bytes = profile_bytes_max + 1;
    CHECK(desk.judge(request)->ending == Ending::profile_full);
    // Our mark needs room, a link does not.
    request.account->profile_bytes = profile_bytes_max;
    CHECK(desk.judge(request)->ending == (format == PasswordFormat::link ? Ending::none : Ending::profile_full));
    request.account->profile_bytes = profile_bytes_max - mark_bytes_max;
    CHECK(desk.judge(request)->ending.is_none());
}
