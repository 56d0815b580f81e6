#include "handlers/effects/perform.hpp"

#include "handlers/core/log.hpp"
#include "handlers/effects/after_change.hpp"
#include "handlers/effects/change_password.hpp"
#include "handlers/effects/claim.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/dead_letters.hpp"
#include "handlers/effects/deliver.hpp"
#include "handlers/effects/expire.hpp"
#include "handlers/effects/freeze_notice.hpp"
#include "handlers/effects/handover_jobs.hpp"
#include "handlers/effects/home_tabs.hpp"
#include "handlers/effects/look_up.hpp"
#include "handlers/effects/private_words.hpp"
#include "handlers/effects/reblock.hpp"
#include "handlers/effects/release.hpp"
#include "handlers/effects/reminders.hpp"
#include "handlers/effects/slack_refusal.hpp"
#include "handlers/effects/still_waiting.hpp"
#include "handlers/rules/jobs.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <array>

namespace countersign::effects {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// With these numbers a look-up is tried for about ten minutes, an approved change for about an hour, a message for
// about half a day, a block or a step after the change for about ten minutes. A change ends by the age of its approval,
// a press of Approve by that of the press.
constexpr std::array effects = {
    Effect{job_kind::look_up, look_up, 14, 1s, 60s, 1h},
    Effect{job_kind::card, draw_card, 80, 1s, 600s, 24h},
    Effect{job_kind::answer, answer_requester, 12, 1s, 300s, 1h},
    Effect{job_kind::note, send_note, 5, 1s, 30s, 1h},
    Effect{job_kind::claim, settle_claim, 10, 1s, 5s, 1h},
    Effect{job_kind::change, change_password, 64, 1s, 60s, 720h},
    Effect{job_kind::reblock, reblock, 14, 1s, 60s, 1h},
    Effect{job_kind::requester_dm, tell_requester, 80, 1s, 600s, 24h},
    Effect{after_change::mark_must_change, take_care, 14, 1s, 60s, 1h},
    Effect{after_change::revoke_tokens, take_care, 14, 1s, 60s, 1h},
    Effect{after_change::end_sessions, take_care, 14, 1s, 60s, 1h},
    Effect{after_change::tell_owner, take_care, 14, 1s, 60s, 1h},
    Effect{job_kind::thread, report_after_care, 80, 1s, 600s, 24h},
    Effect{job_kind::handover_expire, expire_handover, 80, 1s, 60s, 720h},
    Effect{job_kind::handover_settle, settle_handover, 80, 1s, 60s, 720h},
    Effect{job_kind::handover_spell, spell_handover, 4, 1s, 5s, 1h},
    Effect{job_kind::handover_close, close_handover, 14, 1s, 60s, 24h},
    Effect{job_kind::announce, announce, 80, 1s, 600s, 24h},
    Effect{job_kind::expire, expire, 80, 1s, 600s, 720h},
    Effect{job_kind::begin_change, begin_change, 80, 1s, 600s, 720h},
    Effect{job_kind::remind, remind, 80, 1s, 600s, 720h},
    Effect{job_kind::escalate, escalate, 80, 1s, 600s, 720h},
    Effect{job_kind::thread_line, say_in_thread, 40, 1s, 300s, 4h},
    Effect{job_kind::redraw_cards, redraw_cards, 80, 1s, 60s, 24h},
    Effect{job_kind::freeze_notice, announce_freeze, 300, 1s, 300s, 24h},
    Effect{job_kind::release, finish_release, 80, 1s, 60s, 1h},
    Effect{job_kind::home, publish_home, 12, 1s, 300s, 1h},
    Effect{job_kind::homes, refresh_homes, 40, 1s, 60s, 1h},
    Effect{job_kind::still_waiting, say_still_waiting, 14, 1s, 60s, 720h},
    Effect{job_kind::slack_refusal, tell_refusal, 40, 1s, 300s, 4h},
    Effect{job_kind::trouble, tell_trouble, 80, 1s, 600s, 24h},
};

// Our own mistakes (an exception that is not the store's) count as failures, so that they end as dead letters.
asio::awaitable<JobResult> guarded(const Services& services, const Effect& effect, Job job)
{
    try
    {
        co_return co_await effect.perform(services, std::move(job));
    }
    catch (const StoreUnavailable&)
    {
        throw;
    }
    catch (const boost::system::system_error& failure)
    {
        // Cancelled by the shutdown: nobody's mistake, and what was not committed did not happen.
        if (failure.code() == asio::error::operation_aborted) throw;
        log::error("job_threw", {{"kind", effect.kind}, {"error", failure.what()}});
    }
    catch (const std::exception& mistake)
    {
        log::error("job_threw", {{"kind", effect.kind}, {"error", mistake.what()}});
    }
    co_return JobResult::retry(Problem{Errc::corrupt, "internal_error"});
}

asio::awaitable<JobResult> run_again(const Services& services, const Effect& effect, Job job, JobResult result)
{
    Transaction change{services.clock.now()};
    const bool counted = result.kind == JobResult::Kind::retry;
    change.job = rules::end_of(job, counted ? JobEnd::retry : JobEnd::postpone);
    Milliseconds wait = result.wait.value_or(0s);
    if (counted) wait = std::max(wait, back_off(effect, job.attempts, services.random));
    change.job->due = change.at + wait;
    change.job->error = std::move(result.why);
    co_return co_await commit(services, std::move(change));
}

// A burial that meets a change of the same request at the same moment is read and committed again.
asio::awaitable<void> bury_surely(const Services& services, Job job, std::string why)
{
    for (int tries = 0; tries < 4; ++tries)
    {
        const JobResult result = co_await bury(services, job, why);
        if (result.kind == JobResult::Kind::committed) co_return;
    }
    log::error("job_not_buried", {{"job", job.id}, {"kind", job.kind}});
}

}  // namespace

std::span<const Effect> all_effects() noexcept { return effects; }

const Effect* effect_named(std::string_view kind) noexcept
{
    for (const Effect& effect : effects)
        if (effect.kind == kind) return &effect;
    return nullptr;
}

Milliseconds back_off(const Effect& effect, int attempts, Random& random)
{
    const int doublings = std::clamp(attempts, 0, 20);
    const Milliseconds delay = std::min<Milliseconds>(effect.delay_max, effect.first_delay * (1LL << doublings));
    std::array<std::byte, 1> byte{};
    random.fill(byte);
    // 0.8 to 1.2 of it.
    return delay * (800 + std::to_integer<long long>(byte[0]) * 400 / 255) / 1000;
}

asio::awaitable<void> perform(const Services& services, Job job)
{
    const Effect* effect = effect_named(job.kind);
    if (effect == nullptr)
    {
        co_await bury_surely(services, std::move(job), "unknown_kind");
        co_return;
    }
    JobResult result = co_await guarded(services, *effect, job);
    // Judged after a try, never before: what waited while the process was down is tried at least once.
    const bool too_old = services.clock.now() - job.created_at > effect->age_max;
    switch (result.kind)
    {
    case JobResult::Kind::committed: co_return;
    case JobResult::Kind::retry:
        if (too_old || job.attempts + 1 >= effect->attempts_max) break;
        if (!result.is_said)
            log::warn(
                "job_retried",
                {{"job", job.id}, {"kind", job.kind}, {"attempts", job.attempts + 1}, {"error", result.why}});
        [[fallthrough]];
    case JobResult::Kind::postpone:
        if (too_old) break;
        co_await run_again(services, *effect, std::move(job), std::move(result));
        co_return;
    case JobResult::Kind::bury: break;
    }
    co_await bury_surely(services, std::move(job), std::move(result.why));
}

}  // namespace countersign::effects
