#pragma once

#include "tests/standins/http.hpp"
#include "tests/standins/slack/options.hpp"
#include "tests/standins/slack/signing.hpp"
#include "tests/standins/time.hpp"

#include <optional>
#include <string>

namespace standins::slack {

enum class DeliveryKind
{
    command,
    block_actions,
    view_submission,
    view_closed,
    shortcut,
    message_action,
    event,
    url_verification,
    ssl_check,
};

// A request on its way to the bot, and what the workspace needs to take the answer. Sending one twice is a redelivery.
struct Delivery
{
    DeliveryKind kind = DeliveryKind::command;
    Request request;  // without Host and Content-Length: those are the host's
    TimeMs sent_at = 0;
    std::string user;
    std::string channel;
    std::string typed;  // of a command: "/name text"
    std::string view_id;
    std::string trigger_id;
    std::string response_url;
    std::string challenge;
};

// How a delivery deviates from the honest one: what an attacker, another workspace or an org-wide install would send.
struct Variant
{
    Forgery forgery = Forgery::none;
    std::optional<std::string> team_id;  // the workspace it claims to come from
    std::optional<std::string> app_id;   // the app it claims to be for
    bool without_user_team_id = false;
    bool org_install = false;  // team null, enterprise named, is_enterprise_install true
};

// A POST to the bot, signed at `now` or forged.
Request signed_request(
    const WorkspaceOptions& options, const std::string& path, const std::string& content_type, std::string body,
    TimeMs now, Forgery forgery);

// The same event once more: `number` from 1, reason such as "http_timeout". Freshly signed.
Delivery retry_of(
    const WorkspaceOptions& options, const Delivery& event, int number, const std::string& reason, TimeMs now);

}  // namespace standins::slack
