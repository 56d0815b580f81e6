#include "handlers/commands/reset_password.hpp"

#include "handlers/core/email.hpp"
#include "handlers/effects/private_words.hpp"
#include "handlers/requests/admission.hpp"
#include "handlers/requests/ids.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/requests/policy.hpp"
#include "handlers/requests/steps.hpp"
#include "handlers/views/notes.hpp"

namespace countersign {

namespace asio = boost::asio;

namespace {

// Slack lets a response_url live for 30 minutes; a little less allows for the way there.
constexpr std::chrono::minutes response_url_life{29};

asio::awaitable<Handled> answer_after(const Services& services, Change change, slack::Message message)
{
    const auto moved = moved_request(change);
    const auto receipt = co_await services.store.commit(std::move(change));
    if (receipt && moved) log_move(*moved);
    if (!receipt && receipt.error() == make_error_code(Errc::replayed)) co_return slack::Rejected{Errc::replayed};
    if (!receipt) co_return slack::Rejected{Errc::unavailable};
    co_return slack::PrivateReply{std::move(message)};
}

Change change_with(ReplayMark replay, TimePoint now)
{
    Change change{now};
    change.replay.emplace(std::move(replay));
    return change;
}

asio::awaitable<Handled> refuse(const Services& services, slack::SlashCommand command, ReplayMark replay, Denial denial)
{
    Change change = change_with(std::move(replay), services.clock.now());
    AuditEvent row{"request_not_allowed", command.actor.id.str()};
    row.details.emplace_back("why", std::string{name_of(denial)});
    change.audit.push_back(std::move(row));
    slack::Message message = views::not_allowed_to_ask(denial);
    co_return co_await answer_after(services, std::move(change), std::move(message));
}

Request request_of(const Services& services, const slack::SlashCommand& command, Email email, std::string reason)
{
    const TimePoint now = services.clock.now();
    const RequestId id = new_request_id(services.random);
    ReplyPath reply{
        services.vault.seal(command.response_url, reply_context(id)), now + response_url_life, command.channel};
    Request request{id, command.actor.id, std::move(email), std::move(reply), now};
    request.reason = std::move(reason);
    return request;
}

}  // namespace

asio::awaitable<Handled> reset_password(const Services& services, slack::SlashCommand command, ReplayMark replay)
{
    const TimePoint now = services.clock.now();
    if (!command.origin.team || !services.settings.teams.contains(*command.origin.team))
        co_return co_await refuse(services, std::move(command), std::move(replay), Denial::other_workspace);
    const auto denial = may_ask(services.directory.recall(command.actor.id, now), Purpose::reset);
    if (denial) co_return co_await refuse(services, std::move(command), std::move(replay), *denial);

    const auto refusal = co_await admission(services, command.actor.id, Purpose::reset);
    if (refusal)
    {
        Change not_now = change_with(std::move(replay), now);
        AuditEvent row{"request_not_admitted", command.actor.id.str()};
        row.details.emplace_back("why", refusal->code);
        not_now.audit.push_back(std::move(row));
        slack::Message message{"Nothing was requested. " + refusal->words};
        co_return co_await answer_after(services, std::move(not_now), std::move(message));
    }
    auto words = split_command_text(command.text);
    Change change = change_with(std::move(replay), now);
    if (!words.email)
    {
        slack::Message message = views::how_to_ask(words.email.error());
        co_return co_await answer_after(services, std::move(change), std::move(message));
    }
    Request request = request_of(services, command, *words.email, std::move(words.reason));
    slack::Message message = views::looking_up(request);

    AuditEvent row{"request_received", request.requester.str(), request.id};
    row.details.emplace_back("email", mask_email(request.email));
    row.details.emplace_back("account", services.vault.pseudonym(request.email.str()));
    row.details.emplace_back("channel", command.channel.str());
    change.audit.push_back(std::move(row));
    change.jobs.push_back(request_job(job_kind::look_up, request.id, now));
    change.insert.emplace(std::move(request));
    co_return co_await answer_after(services, std::move(change), std::move(message));
}

}  // namespace countersign
