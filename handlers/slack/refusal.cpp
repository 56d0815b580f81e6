#include "handlers/slack/refusal.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace countersign::slack {

namespace {

// Sorted: looked up by binary search.
constexpr std::array<std::string_view, 29> about_message = {
    "attachment_payload_limit_exceeded",
    "block_mismatch",
    "duplicate_external_id",
    "invalid_arg_name",
    "invalid_arguments",
    "invalid_array_arg",
    "invalid_attachments",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_charset",
    "invalid_form_data",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "invalid_post_type",
    "json_not_object",
    "markdown_text_conflict",
    "metadata_too_large",
    "missing_argument",
    "missing_post_type",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_dual_broadcast_content_update",
    "no_text",
    "secret_view_broken",  // ours
    "too_many_attachments",
    "too_many_contact_cards",
    "unknown_method",
    "users_list_not_supplied",
    "view_too_large",
};
constexpr std::array<std::string_view, 9> about_person = {
    "bot_not_supported", "cannot_dm_bot",       "invalid_user_combination", "user_disabled",   "user_is_bot",
    "user_not_found",    "user_not_in_channel", "user_not_visible",         "users_not_found",
};
// edit_window_closed and cant_update_message: it stands there, and never again as it should.
constexpr std::array<std::string_view, 5> gone = {
    "cannot_reply_to_message", "cant_update_message", "edit_window_closed", "message_not_found", "thread_not_found",
};
constexpr std::array<std::string_view, 5> about_token = {
    "account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked",
};
static_assert(std::is_sorted(about_token.begin(), about_token.end()));
static_assert(std::is_sorted(about_message.begin(), about_message.end()));
static_assert(std::is_sorted(about_person.begin(), about_person.end()));
static_assert(std::is_sorted(gone.begin(), gone.end()));

bool contains(std::span<const std::string_view> sorted, std::string_view code)
{
    return std::binary_search(sorted.begin(), sorted.end(), code);
}

bool is_no(const Problem& problem) { return problem.code == Errc::refused || problem.code == Errc::forbidden; }

}  // namespace

Refusal kind_of(std::string_view code) noexcept
{
    if (contains(about_message, code)) return Refusal::about_message;
    if (contains(about_person, code)) return Refusal::about_person;
    if (contains(gone, code)) return Refusal::gone;
    return Refusal::mendable;
}

bool is_about_token(std::string_view code) noexcept { return contains(about_token, code); }

bool is_gone(const Problem& problem) noexcept { return is_no(problem) && kind_of(problem.reason) == Refusal::gone; }

bool is_final(const Problem& problem) noexcept
{
    return is_no(problem) && kind_of(problem.reason) != Refusal::mendable;
}

}  // namespace countersign::slack
