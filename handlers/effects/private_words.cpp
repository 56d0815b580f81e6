#include "handlers/effects/private_words.hpp"

#include "handlers/core/hex.hpp"
#include "handlers/core/log.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/views/outcome.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace countersign {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

std::optional<std::string> text_of(const json::object& object, std::string_view key)
{
    const json::value* value = object.if_contains({key.data(), key.size()});
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string{value->get_string()};
}

// Through the response_url as long as it lives. refused: it does not.
asio::awaitable<Outcome<void>> through_url(
    const Services& services, ReplyPath reply, RequestId id, slack::Message message)
{
    if (services.clock.now() >= reply.expires_at) co_return Problem{Errc::refused, "response_url_expired"};
    auto url = services.vault.open(reply.response_url, reply_context(id));
    if (!url) co_return Problem{Errc::refused, "response_url_corrupt"};
    co_return co_await services.slack.respond(std::move(*url), std::move(message), true);
}

bool is_final_no(const Outcome<void>& sent)
{
    return !sent && (sent.error().code == Errc::refused || sent.error().code == Errc::forbidden);
}

}  // namespace

std::string note_context(const SlackUserId& user) { return "note:" + user.str(); }
std::string reply_context(const RequestId& request) { return "reply:" + request.str(); }

NewJob note_job(const Note& note, TimePoint due)
{
    json::object payload;
    payload["user"] = note.user.str();
    payload["text"] = note.text;
    if (note.channel) payload["channel"] = note.channel->str();
    if (note.response_url) payload["response_url"] = to_hex(note.response_url->bytes);
    NewJob job{std::string{job_kind::note}, "note/" + note.user.str(), due};
    job.payload = json::serialize(payload);
    return job;
}

Result<Note> note_from(const Job& job)
{
    boost::system::error_code ec;
    const json::value payload = json::parse(job.payload, ec);
    if (ec || !payload.is_object()) return Errc::corrupt;
    const auto user = text_of(payload.get_object(), "user");
    const auto text = text_of(payload.get_object(), "text");
    if (!user || !text) return Errc::corrupt;
    Note note{SlackUserId{*user}, *text};
    if (const auto channel = text_of(payload.get_object(), "channel")) note.channel.emplace(*channel);
    if (const auto url = text_of(payload.get_object(), "response_url"))
    {
        auto bytes = from_hex(*url);
        if (!bytes) return bytes.error();
        note.response_url = Sealed{std::move(*bytes)};
    }
    return note;
}

asio::awaitable<JobResult> answer_requester(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request) co_return co_await finish(services, std::move(job));
    const slack::Message message = views::found_for_requester(*request, services.settings);

    if (!request->reply) co_return co_await finish(services, std::move(job));
    const auto replaced = co_await through_url(services, *request->reply, request->id, message);
    if (replaced) co_return co_await finish(services, std::move(job));
    // A repeated line does no harm, so a lost answer is simply tried again.
    if (!is_final_no(replaced)) co_return JobResult::of(replaced.error());

    const auto whispered = co_await services.slack.post_ephemeral(request->reply->channel, request->requester, message);
    if (whispered) co_return co_await finish(services, std::move(job));
    if (!is_final_no(whispered)) co_return JobResult::of(whispered.error());

    const auto dm = co_await services.slack.open_dm(request->requester);
    if (!dm) co_return JobResult::of(dm.error());
    const auto posted = co_await services.slack.post_message(*dm, message, "answer-" + request->id.str());
    if (!posted) co_return JobResult::of(posted.error());
    co_return co_await finish(services, std::move(job));
}

asio::awaitable<JobResult> send_note(const Services& services, Job job)
{
    const auto note = note_from(job);
    if (!note) co_return JobResult::bury(Problem{Errc::corrupt, "payload_corrupt"});
    const slack::Message message{note->text};
    if (note->response_url)
    {
        auto url = services.vault.open(*note->response_url, note_context(note->user));
        if (!url) co_return JobResult::bury(Problem{Errc::corrupt, "response_url_corrupt"});
        const auto sent = co_await services.slack.respond(std::move(*url), message, false);
        if (sent) co_return co_await finish(services, std::move(job));
        if (!is_final_no(sent)) co_return JobResult::of(sent.error());
    }
    if (note->channel)
    {
        const auto sent = co_await services.slack.post_ephemeral(*note->channel, note->user, message);
        if (!sent && !is_final_no(sent)) co_return JobResult::of(sent.error());
        if (!sent) log::warn("note_undelivered", {{"user", note->user}, {"error", sent.error().reason}});
    }
    co_return co_await finish(services, std::move(job));
}

}  // namespace countersign
