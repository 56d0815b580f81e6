#include "bot/slack/secret_form.hpp"
#include "bot/slack/web_api.hpp"
#include "handlers/slack/payload.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

// The calls about modals, the Home and channels (handlers/slack/CONTRACT.md, "Triggers").
namespace countersign::slack {

namespace json = boost::json;
using boost::asio::awaitable;

namespace {

// A trigger lives for three seconds: a later answer is of no use.
constexpr Milliseconds open_deadline{3'000};
constexpr Milliseconds view_deadline{10'000};

}  // namespace

awaitable<Outcome<std::string>> WebApi::open_view(Secret trigger_id, json::object view)
{
    Fields fields = form({{"trigger_id", trigger_id.expose()}, {"view", json::serialize(view)}});
    // Not idempotent: a second try would be refused (exchanged_trigger_id) while the first view stands there.
    const auto answer = co_await call("views.open", std::move(fields), Idempotency::once, open_deadline);
    if (!answer) co_return answer.error();
    auto id = PayloadReader{*answer}.id_text("/view/id");
    if (!id) co_return lost(Idempotency::once, "no_view");
    co_return std::move(*id);
}

awaitable<Outcome<void>> WebApi::update_view(std::string external_id, json::object view)
{
    Fields fields = form({{"external_id", external_id}, {"view", json::serialize(view)}});
    const auto answer = co_await call("views.update", std::move(fields), Idempotency::idempotent, view_deadline);
    if (!answer && answer.error().reason == "not_found") co_return Problem{Errc::not_found, "view_not_open"};
    co_return done(answer);
}

awaitable<Outcome<void>> WebApi::open_secret_view(Secret trigger_id, SecretView view)
{
    std::string trigger{trigger_id.expose()};
    co_return co_await show_secrets(
        "views.open", "trigger_id", std::move(trigger), std::move(view), Idempotency::once, open_deadline);
}

awaitable<Outcome<void>> WebApi::update_secret_view(std::string external_id, SecretView view)
{
    const auto updated = co_await show_secrets(
        "views.update", "external_id", std::move(external_id), std::move(view), Idempotency::idempotent, view_deadline);
    if (!updated && updated.error().reason == "not_found") co_return Problem{Errc::not_found, "view_not_open"};
    co_return updated;
}

awaitable<Outcome<void>> WebApi::show_secrets(
    std::string method, std::string key, std::string value, SecretView view, Idempotency idempotency,
    Milliseconds deadline)
{
    auto form = secret_form(key, value, view);
    if (!form) co_return Problem{Errc::refused, "secret_view_broken"};
    const auto answer = co_await call_with(
        std::move(method), std::move(*form), idempotency, deadline, Answers::outlined, json_bytes_max);
    co_return done(answer);
}

awaitable<Outcome<void>> WebApi::publish_home(SlackUserId user, json::object view)
{
    Fields fields = form({{"user_id", user.str()}, {"view", json::serialize(view)}});
    const auto answer = co_await call("views.publish", std::move(fields), Idempotency::idempotent, view_deadline);
    note(std::string{home_prefix} + user.str(), answer);
    co_return done(answer);
}

awaitable<Outcome<ChannelFacts>> WebApi::channel_facts(ChannelId channel)
{
    Fields fields = form({{"channel", channel.str()}});
    const auto answer = co_await call("conversations.info", std::move(fields), Idempotency::idempotent, view_deadline);
    if (!answer && answer.error().reason == "channel_not_found")
        co_return Problem{Errc::not_found, "channel_not_found"};
    if (!answer) co_return answer.error();
    const PayloadReader reader{*answer};
    ChannelFacts facts;
    facts.is_private = reader.flag("/channel/is_private");
    facts.is_shared_outside = reader.flag("/channel/is_ext_shared") || reader.flag("/channel/is_pending_ext_shared");
    facts.is_archived = reader.flag("/channel/is_archived");
    const json::value* found = reader.find("/channel/id");
    if (found == nullptr || !reader.is_sound()) co_return lost(Idempotency::idempotent, "bad_channel");
    co_return facts;
}

}  // namespace countersign::slack
