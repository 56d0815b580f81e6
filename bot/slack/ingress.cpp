#include "bot/slack/ingress.hpp"

#include "bot/crypto/digest.hpp"
#include "bot/http/replies.hpp"
#include "bot/slack/bodies.hpp"
#include "handlers/actions/identify.hpp"
#include "handlers/core/ascii.hpp"
#include "handlers/core/log.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>

namespace countersign::slack {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

// Signatures count for five minutes before and after their time stamp: past ten a copy is stale by itself. Another ten,
// since the clock that forgets may be five minutes ahead, and that of a later process five minutes behind.
constexpr std::chrono::minutes replay_memory{21};

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::string_view json_type = "application/json";

using Parser = Result<Interaction> (*)(const std::string& body);

struct Endpoint
{
    std::string_view path;
    std::string_view media_type;
    Parser parse;
};

constexpr std::array endpoints = {
    Endpoint{"/slack/commands", form_type, command_in},
    Endpoint{"/slack/interactions", form_type, interaction_in},
    Endpoint{"/slack/events", json_type, event_in},
};

int status_of(Errc why)
{
    switch (why)
    {
    case Errc::bad_signature:
    case Errc::stale:
    case Errc::replayed:
    case Errc::forbidden: return 401;
    case Errc::too_large: return 413;
    case Errc::malformed:
    case Errc::unsupported: return 400;
    default: return 503;
    }
}

// The media type without its parameters, in lower case.
std::string media_type(const http::ServerRequest& request)
{
    std::string type{request.header("content-type")};
    type.resize(std::min(type.find(';'), type.size()));
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.pop_back();
    return ascii::lower(type);
}

// nullptr or empty where the payload names no app (url_verification, shortcuts).
const std::string* app_of(const Interaction& interaction)
{
    return std::visit(
        [](const auto& value) -> const std::string* {
            if constexpr (requires { value.source.app_id; })
                return &value.source.app_id;
            else
                return nullptr;
        },
        interaction);
}

http::ServerReply json_reply(const json::object& body)
{
    return http::ok_reply("application/json; charset=utf-8", json::serialize(body));
}

json::object body_of(const FieldErrors& refusal)
{
    json::object errors;
    for (const auto& [block, words] : refusal.errors) errors[block] = words;
    json::object body;
    body["response_action"] = "errors";
    body["errors"] = std::move(errors);
    return body;
}

json::object body_of(const ViewReplaced& replaced)
{
    json::object body;
    body["response_action"] = "update";
    body["view"] = replaced.view;
    return body;
}

http::ServerReply reply_to(const Answer& answer)
{
    if (const auto* reply = std::get_if<PrivateReply>(&answer))
    {
        json::object body;
        body["response_type"] = "ephemeral";
        body["text"] = reply->message.text;
        if (!reply->message.blocks.empty()) body["blocks"] = reply->message.blocks;
        return json_reply(body);
    }
    if (const auto* refusal = std::get_if<FieldErrors>(&answer)) return json_reply(body_of(*refusal));
    if (const auto* replaced = std::get_if<ViewReplaced>(&answer)) return json_reply(body_of(*replaced));
    if (const auto* challenge = std::get_if<Challenge>(&answer)) return http::ok_reply("text/plain", challenge->value);
    if (const auto* rejected = std::get_if<Rejected>(&answer))
        return http::error_reply(status_of(rejected->why), name_of(rejected->why));
    return http::ok_reply("text/plain", "");
}

}  // namespace

Ingress::Ingress(
    const Services& services, const AnchoredClock& clock, const std::vector<Secret>& signing_secrets,
    std::string app_id, std::function<void(FollowUp)> follow)
    : services_{services},
      clock_{clock},
      verifier_{signing_secrets},
      app_id_{std::move(app_id)},
      follow_{std::move(follow)}
{}

asio::awaitable<http::ServerReply> Ingress::handle(http::ServerRequest request)
{
    try
    {
        co_return co_await from_slack(std::move(request));
    }
    catch (const StoreUnavailable& gone)
    {
        log::error("request_not_stored", {{"error", gone.what()}});
    }
    co_return http::error_reply(503, "unavailable");
}

// While the clock is off, stale requests cannot be told from fresh ones.
Result<void> Ingress::judge(const http::ServerRequest& request, TimePoint now) const
{
    if (clock_.is_off()) return Errc::stale;
    return verifier_.verify(request.headers, request.body, now);
}

asio::awaitable<http::ServerReply> Ingress::from_slack(http::ServerRequest request)
{
    const std::string path{request.path()};
    const Endpoint* endpoint = nullptr;
    for (const Endpoint& known : endpoints)
        if (known.path == path) endpoint = &known;
    if (endpoint == nullptr) co_return http::error_reply(404, "not_found");
    if (request.method != "POST") co_return http::not_allowed("POST");

    const TimePoint now = clock_.now();
    const auto proof = judge(request, now);
    if (!proof)
    {
        log::warn("signature_refused", {{"why", proof.error().message()}, {"path", endpoint->path}});
        co_return http::error_reply(401, "unauthorized");
    }
    if (media_type(request) != endpoint->media_type) co_return http::error_reply(415, "unsupported_media_type");

    auto interaction = endpoint->parse(request.body);
    // Slack sends events that we did not subscribe to ("app_rate_limited"), and repeats what is not acknowledged.
    if (!interaction && endpoint->media_type == json_type && interaction.error() == Errc::unsupported)
    {
        log::warn("event_unknown", {{"bytes", request.body.size()}});
        co_return http::ok_reply("text/plain", "");
    }
    if (!interaction)
    {
        log::warn("request_malformed", {{"why", interaction.error().message()}, {"path", endpoint->path}});
        co_return http::error_reply(400, "bad_request");
    }
    const std::string* app = app_of(*interaction);
    if (app != nullptr && !app->empty() && *app != app_id_)
    {
        log::warn("app_id_refused", {{"path", endpoint->path}});
        co_return http::error_reply(401, "unauthorized");
    }
    // The body holds the trigger_id, which Slack uses once: the same body again, however freshly signed, is the same
    // command or click (handlers/slack/CONTRACT.md, "Slash commands").
    ReplayMark replay{sha256_hex(request.body), now + replay_memory};
    HandlerResult handled = co_await actions::receive(services_, std::move(*interaction), std::move(replay));
    if (handled.then) follow_(std::move(*handled.then));
    co_return reply_to(handled.answer);
}

}  // namespace countersign::slack
