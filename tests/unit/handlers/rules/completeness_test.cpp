#include "handlers/rules/demands.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;

namespace {

Settings settings_with(bool reason, bool case_number, bool verification)
{
    Settings settings{{SlackTeamId{"T1"}}, ChannelId{"C1"}, ChannelId{"C2"}};
    settings.fields.reason_required = reason;
    settings.fields.case_number_required = case_number;
    settings.verification.required = verification;
    return settings;
}

}  // namespace

TEST_CASE("a request lacks what the operator demands and its author did not say, and nothing else", "[rules]")
{
    Request bare{RequestId{"cs-1"}, SlackUserId{"U1"}, Email{"a@b.example"}, std::nullopt, TimePoint{}};
    CHECK_FALSE(is_incomplete(bare, settings_with(false, false, false)));
    CHECK(is_incomplete(bare, settings_with(true, false, false)));
    CHECK(is_incomplete(bare, settings_with(false, true, false)));
    CHECK(is_incomplete(bare, settings_with(false, false, true)));
    Request full = bare;
    full.reason = "r";
    full.case_number = "t";
    full.verification = Verification{"call_back", ""};
    CHECK_FALSE(is_incomplete(full, settings_with(true, true, true)));
}
