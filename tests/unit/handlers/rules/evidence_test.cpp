#include "handlers/model/vault_context.hpp"
#include "handlers/rules/transitions.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::rules;

namespace {

const TimePoint now{std::chrono::hours{500'000}};

Request some_request()
{
    Request request{RequestId{"cs-abcdefghjkmn"}, SlackUserId{"U0AGENT"}, Email{"ada@acme.example"}, std::nullopt, now};
    request.connection = "Users";
    return request;
}

std::string detail(const AuditEvent& row, std::string_view name)
{
    for (const auto& [key, value] : row.details)
        if (key == name) return value;
    return {};
}

}  // namespace

TEST_CASE("what the approvers decide on stands in the audit log, whenever it was said", "[audit]")
{
    Request request = some_request();
    request.verification = Verification{"call_back", "the number in the contract"};
    request.case_number = "HD-4711";
    request.tier = "executives";
    request.names = GivenNames{"Ada", "Lovelace"};
    Transaction change{now};
    advance(change, request, Event::found, "countersign");
    REQUIRE(change.audit.size() == 1);
    const AuditEvent& row = change.audit.front();
    CHECK(detail(row, "verification") == "call_back");
    CHECK(detail(row, "verification_note") == "the number in the contract");
    CHECK(detail(row, "ticket") == "HD-4711");
    CHECK(detail(row, "tier") == "executives");
    CHECK(detail(row, "format") == "sop");
    CHECK(detail(row, "names") == "corrected");
}

TEST_CASE("the audit log says why a request was denied", "[audit]")
{
    Request request = some_request();
    request.state = State::pending;
    request.denial_reason = "the caller was not verified";
    Transaction change{now};
    advance(change, request, Event::deny, "U0LEAD");
    REQUIRE(change.audit.size() == 1);
    CHECK(detail(change.audit.front(), "why") == "the caller was not verified");
}

TEST_CASE("a sealed password is bound to its request, its requester and its account", "[handover]")
{
    const Request request = some_request();
    const std::string context = credential_context(request);
    Request other = request;
    other.requester = SlackUserId{"U0OTHER"};
    CHECK(credential_context(other) != context);
    other = request;
    other.email = Email{"eve@acme.example"};
    CHECK(credential_context(other) != context);
    other = request;
    other.connection = "Partners";
    CHECK(credential_context(other) != context);
    other = request;
    other.id = RequestId{"cs-nmkjhgfedcba"};
    CHECK(credential_context(other) != context);
}
