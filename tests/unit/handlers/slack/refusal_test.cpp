// Which noes of Slack are final, and what that means for the job that met one.
#include "handlers/effects/job_result.hpp"
#include "handlers/slack/refusal.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::effects;
using slack::kind_of;
using slack::Refusal;

namespace {

JobResult::Kind result_of(Errc code, const std::string& reason)
{
    return JobResult::of_slack(Problem{code, reason}).kind;
}

}  // namespace

TEST_CASE("what is refused for the message itself is refused for ever", "[slack][refusal]")
{
    const std::string code = GENERATE(
        "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "no_text",
        "too_many_attachments", "metadata_too_large", "invalid_metadata_format", "invalid_metadata_schema",
        "invalid_arguments", "view_too_large", "invalid_attachments", "secret_view_broken", "unknown_method");
    INFO(code);
    CHECK(kind_of(code) == Refusal::about_message);
    CHECK(result_of(Errc::refused, code) == JobResult::Kind::bury);
}

TEST_CASE("what is refused for a person who is gone is refused for ever", "[slack][refusal]")
{
    const std::string code = GENERATE(
        "user_disabled", "user_not_found", "user_not_visible", "cannot_dm_bot", "user_not_in_channel",
        "invalid_user_combination", "users_not_found");
    INFO(code);
    CHECK(kind_of(code) == Refusal::about_person);
    CHECK(result_of(Errc::refused, code) == JobResult::Kind::bury);
}

TEST_CASE("a message that cannot be edited or replied to any more is gone", "[slack][refusal]")
{
    const std::string code = GENERATE(
        "message_not_found", "thread_not_found", "cannot_reply_to_message", "cant_update_message",
        "edit_window_closed");
    INFO(code);
    CHECK(kind_of(code) == Refusal::gone);
    CHECK(slack::is_gone(Problem{Errc::refused, code}));
    CHECK_FALSE(slack::is_gone(Problem{Errc::unavailable, code}));
    CHECK(result_of(Errc::refused, code) == JobResult::Kind::bury);
}

TEST_CASE("what somebody can mend is tried again, and not said at each try", "[slack][refusal]")
{
    const std::string code = GENERATE(
        "not_in_channel", "channel_not_found", "is_archived", "restricted_action",
        "restricted_action_read_only_channel", "restricted_action_thread_locked", "messages_tab_disabled",
        "not_enabled", "a_code_of_next_year", "");
    INFO(code);
    CHECK(kind_of(code) == Refusal::mendable);
    const JobResult result = JobResult::of_slack(Problem{Errc::refused, code});
    CHECK(result.kind == JobResult::Kind::retry);
    CHECK(result.is_said);
}

TEST_CASE("a token or a right that is refused is tried again", "[slack][refusal]")
{
    const std::string code = GENERATE(
        "missing_scope", "not_allowed_token_type", "account_inactive", "token_revoked", "invalid_auth",
        "org_login_required", "ekm_access_denied", "team_access_not_granted", "no_permission", "access_denied");
    INFO(code);
    CHECK(kind_of(code) == Refusal::mendable);
    CHECK(result_of(Errc::forbidden, code) == JobResult::Kind::retry);
}

TEST_CASE("only what is about the token itself is called so", "[slack][refusal]")
{
    for (const char* code : {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})
        CHECK(slack::is_about_token(code));
    for (const char* code : {"missing_scope", "not_in_channel", ""}) CHECK_FALSE(slack::is_about_token(code));
}

TEST_CASE("what is no refusal is read as ever", "[slack][refusal]")
{
    CHECK(result_of(Errc::rate_limited, "ratelimited") == JobResult::Kind::postpone);
    CHECK(result_of(Errc::too_large, "response_too_large") == JobResult::Kind::bury);
    CHECK(result_of(Errc::unavailable, "http_503") == JobResult::Kind::retry);
    CHECK(result_of(Errc::not_found, "parent_gone") == JobResult::Kind::retry);
    CHECK_FALSE(JobResult::of_slack(Problem{Errc::unavailable, "http_503"}).is_said);
    // Of Auth0 a no stays a no.
    CHECK(JobResult::of(Problem{Errc::refused, "not_in_channel"}).kind == JobResult::Kind::bury);
    CHECK(JobResult::of(Problem{Errc::too_large, "response_too_large"}).kind == JobResult::Kind::bury);
}
