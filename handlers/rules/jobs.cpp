#include "handlers/rules/jobs.hpp"

namespace countersign::rules {

namespace {

// Of no request, in a lane of its own.
template <class Payload>
NewJob job_in(std::string lane, std::string_view kind, const Payload& payload, TimePoint due)
{
    NewJob job{std::string{kind}, std::move(lane), due};
    job.payload = to_payload(payload);
    return job;
}

NewJob coalescing(NewJob job)
{
    job.coalesce = true;
    return job;
}

}  // namespace

NewJob request_job(std::string_view kind, const RequestId& request, TimePoint due)
{
    return NewJob{std::string{kind}, request.str() + "/" + std::string{kind}, due, request};
}

NewJob redraw_job(std::string_view kind, const RequestId& request, Redraw why, TimePoint due)
{
    NewJob job = request_job(kind, request, due);
    job.payload = to_payload(why);
    return job;
}

NewJob card_check(const RequestId& request, TimePoint due)
{
    return coalescing(redraw_job(job_kind::card, request, Redraw::in_any_case, due));
}

NewJob still_waiting_job(const RequestId& request, TimePoint begun)
{
    return coalescing(request_job(job_kind::still_waiting, request, begun + said_to_wait_after));
}

NewJob note_job(const Note& note, TimePoint due)
{
    return job_in("note/" + note.user.str(), job_kind::note, note, due);
}

NewJob claim_job(const RequestId& request, const Note& by, TimePoint at)
{
    NewJob job = request_job(job_kind::claim, request, at);
    job.payload = to_payload(ClaimPress{by, at});
    return job;
}

NewJob release_job(const LastRelease& release, TimePoint due)
{
    return job_in("freeze/release", job_kind::release, release, due);
}

NewJob home_job(const SlackUserId& user, TimePoint due)
{
    return coalescing(job_in("home/" + user.str(), job_kind::home, HomeOf{user}, due));
}

NewJob slack_refusal_job(const SlackRefusal& refusal, TimePoint due)
{
    return coalescing(job_in("slack_refusal/" + refusal.what, job_kind::slack_refusal, refusal, due));
}

JobStep end_of(const Job& job, JobEnd end) { return JobStep{job.id, job.epoch, end, {}, {}}; }

}  // namespace countersign::rules
