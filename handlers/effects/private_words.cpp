#include "handlers/effects/private_words.hpp"

#include "handlers/core/log.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/model/vault_context.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/posts.hpp"
#include "handlers/rules/still_waiting.hpp"
#include "handlers/views/choose_form.hpp"
#include "handlers/views/outcome.hpp"
#include "handlers/views/requester_line.hpp"
#include "handlers/views/still_waiting_words.hpp"
#include "handlers/views/waiting_view.hpp"

#include <boost/json/object.hpp>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// Through the response_url as long as it lives. refused: it does not.
asio::awaitable<Outcome<void>> through_url(
    const Services& services, ReplyPath reply, RequestId id, slack::Message message)
{
    if (services.clock.now() >= reply.expires_at) co_return Problem{Errc::refused, "response_url_expired"};
    auto url = services.vault.open(reply.response_url, reply_context(id));
    if (!url) co_return Problem{Errc::refused, "response_url_corrupt"};
    co_return co_await services.slack.respond(std::move(*url), std::move(message), true);
}

template <class T>
bool is_final_no(const Outcome<T>& sent)
{
    return !sent && (sent.error().code == Errc::refused || sent.error().code == Errc::forbidden);
}

}  // namespace

asio::awaitable<Outcome<void>> tell_privately(const Services& services, Request request, slack::Message message)
{
    if (!request.reply) co_return Problem{Errc::refused, "no_reply_path"};
    auto replaced = co_await through_url(services, *request.reply, request.id, message);
    if (replaced || !is_final_no(replaced)) co_return replaced;
    co_return co_await services.slack.post_ephemeral(request.reply->channel, request.requester, std::move(message));
}

namespace {

// A modal that is not there may still be opening; after this time it was closed.
constexpr std::chrono::seconds modal_patience{8};

boost::json::object modal_of(const Request& request, const Settings& settings)
{
    if (request.state == State::choosing) return views::choose_form(request, settings);
    return views::result_view(request, settings);
}

asio::awaitable<JobResult> answer_by_dm(Running running, slack::Message message)
{
    const Services& services = running.services;
    const auto dm = co_await services.slack.open_dm(running.request.requester);
    if (!dm) co_return JobResult::of_slack(dm.error());
    Spot conversation{*dm};
    std::string uuid = "answer-" + std::to_string(running.job.id);
    const auto posted =
        co_await say(services, running.job, std::move(conversation), std::move(message), std::move(uuid));
    if (!posted) co_return JobResult::of_slack(posted.error());
    co_return co_await finish(std::move(running));
}

// The private line. Where no direct message can be sent it is what that would be, with its button.
asio::awaitable<slack::Message> line_of(const Services& services, Request request)
{
    const auto message = co_await services.store.find_post(request.id, PostKind::requester_dm);
    if (!request.is_open() && rules::is_told_otherwise(message)) co_return views::outcome_for_requester(request);
    co_return views::requester_line(request, services.settings);
}

// A request that was asked for in a line and went on in a modal has both: the line keeps no button of a moment ago.
asio::awaitable<JobResult> finish_with_line(Running running)
{
    const Request& request = running.request;
    if (request.reply)
    {
        slack::Message message = co_await line_of(running.services, request);
        const auto replaced = co_await through_url(running.services, *request.reply, request.id, std::move(message));
        // A line that cannot be reached any more says so when it is pressed; any other is not left untrue.
        if (!replaced && !is_final_no(replaced)) co_return JobResult::of_slack(replaced.error());
        if (!replaced) log::info("line_not_replaced", {{"request_id", request.id}, {"error", replaced.error().reason}});
    }
    co_return co_await finish(std::move(running));
}

asio::awaitable<JobResult> answer_in_line(Running running)
{
    slack::Message message = co_await line_of(running.services, running.request);
    if (!running.request.reply) co_return co_await answer_by_dm(std::move(running), std::move(message));
    // A repeated line does no harm, so a lost answer is simply tried again.
    const auto told = co_await tell_privately(running.services, running.request, message);
    if (told) co_return co_await finish(std::move(running));
    if (!is_final_no(told)) co_return JobResult::of_slack(told.error());
    co_return co_await answer_by_dm(std::move(running), std::move(message));
}

// That Auth0 keeps them waiting. What cannot be said in the place where they look is not worth another.
asio::awaitable<JobResult> answer_waiting(Running running)
{
    const Services& services = running.services;
    const Request& request = running.request;
    if (!rules::waits_since(request, running.now())) co_return co_await finish(std::move(running));
    const bool in_modal = request.in_modal && request.state == State::looking_up;
    Outcome<void> said;
    if (in_modal)
    {
        boost::json::object view = views::waiting_view(request);
        views::add_still_waiting(view, request);
        said = co_await services.slack.update_view(request.id.str(), std::move(view));
    }
    if (request.reply && (!in_modal || !said))
    {
        slack::Message message = views::requester_line(request, services.settings);
        views::add_still_waiting(message, request);
        said = co_await through_url(services, *request.reply, request.id, std::move(message));
    }
    if (!said && said.error().code == Errc::rate_limited) co_return JobResult::of_slack(said.error());
    if (!said) log::info("waiting_not_said", {{"request_id", request.id}, {"reason", said.error().reason}});
    co_return co_await finish(std::move(running));
}

// The direct message, or the press itself, says how it ended: the line, or the modal, only ceases to say what is over.
bool is_told_anyway(const Request& request)
{
    if (request.is_open()) return false;
    return request.asked || request.state == State::expired || request.state == State::cancelled;
}

asio::awaitable<JobResult> answer_in_modal(Running running)
{
    const Request& request = running.request;
    boost::json::object view = modal_of(request, running.services.settings);
    const auto filled = co_await running.services.slack.update_view(request.id.str(), std::move(view));
    if (filled) co_return co_await finish_with_line(std::move(running));
    if (filled.error().code != Errc::not_found) co_return JobResult::of_slack(filled.error());
    if (running.now() - request.updated_at < modal_patience)
        co_return JobResult::postpone(std::chrono::seconds{1}, "view_not_open");
    if (is_told_anyway(request)) co_return co_await finish_with_line(std::move(running));
    co_return co_await answer_in_line(std::move(running));
}

}  // namespace

asio::awaitable<JobResult> answer_requester(Running running, Redraw why)
{
    if (why == Redraw::as_waiting) co_return co_await answer_waiting(std::move(running));
    const Request& request = running.request;
    // Looked up once more: that look-up brings an answer of its own.
    if (request.state == State::looking_up) co_return co_await finish(std::move(running));
    if (request.in_modal) co_return co_await answer_in_modal(std::move(running));
    if (is_told_anyway(request)) co_return co_await finish_with_line(std::move(running));
    // Whose window was closed is told by what comes of it, unless they have to do something.
    const bool must_know = !request.is_open() || request.state == State::choosing;
    if (!request.reply && !must_know) co_return co_await finish(std::move(running));
    co_return co_await answer_in_line(std::move(running));
}

namespace {

asio::awaitable<JobResult> drop(const Services& services, Job job, SlackUserId user, Problem problem)
{
    log::warn("note_undelivered", {{"user", user}, {"error", problem.reason}});
    co_return co_await finish(services, std::move(job));
}

asio::awaitable<JobResult> note_by_dm(const Services& services, Job job, SlackUserId user, slack::Message message)
{
    const auto dm = co_await services.slack.open_dm(user);
    if (!dm && slack::is_final(dm.error()))
        co_return co_await drop(services, std::move(job), std::move(user), dm.error());
    if (!dm) co_return JobResult::of_slack(dm.error());
    Spot conversation{*dm};
    std::string uuid = "note-" + std::to_string(job.id);
    const auto posted = co_await say(services, job, std::move(conversation), std::move(message), std::move(uuid));
    if (!posted && slack::is_final(posted.error()))
        co_return co_await drop(services, std::move(job), std::move(user), posted.error());
    if (!posted) co_return JobResult::of_slack(posted.error());
    co_return co_await finish(services, std::move(job));
}

}  // namespace

asio::awaitable<JobResult> send_note(const Services& services, Job job, Note note)
{
    const slack::Message message{note.text};
    if (note.response_url)
    {
        auto url = services.vault.open(*note.response_url, note_context(note.user));
        if (!url) co_return JobResult::bury(Problem{Errc::corrupt, "response_url_corrupt"});
        const auto sent = co_await services.slack.respond(std::move(*url), message, false);
        if (sent) co_return co_await finish(services, std::move(job));
        if (!is_final_no(sent)) co_return JobResult::of_slack(sent.error());
    }
    if (note.channel)
    {
        const auto sent = co_await services.slack.post_ephemeral(*note.channel, note.user, message);
        if (sent) co_return co_await finish(services, std::move(job));
        if (!is_final_no(sent)) co_return JobResult::of_slack(sent.error());
    }
    // The press was in no conversation, in the Home or a shortcut; or in one where nothing can be whispered.
    co_return co_await note_by_dm(services, std::move(job), note.user, message);
}

}  // namespace countersign::effects
