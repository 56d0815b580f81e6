#pragma once

#include "handlers/ports/store.hpp"
#include "tests/support/noon.hpp"

#include <string>

namespace countersign::test {

// What tests of the store put into it.

inline Request some_request(const std::string& id, State state = State::looking_up)
{
    ReplyPath reply{Sealed{std::string{"\x00\x7f\xff", 3}}, noon + std::chrono::minutes{30}, ChannelId{"C1"}};
    Request request{RequestId{id}, SlackUserId{"U1"}, Email{"ann@example.com"}, std::move(reply), noon};
    request.state = state;
    return request;
}

inline Request with_account(Request request, const std::string& account)
{
    request.account.emplace(Auth0UserId{account});
    return request;
}

inline Transaction inserting(Request request)
{
    Transaction change{noon};
    change.insert.emplace(std::move(request));
    return change;
}

inline Transaction updating(Request request)
{
    Transaction change{noon};
    change.update.emplace(std::move(request));
    return change;
}

inline Transaction adding(NewJob job)
{
    Transaction change{noon};
    change.jobs.push_back(std::move(job));
    return change;
}

inline Transaction stepping(const Job& job, JobEnd end, std::optional<TimePoint> due = {}, std::string error = {})
{
    Transaction change{noon};
    change.job = JobStep{job.id, job.epoch, end, due, std::move(error)};
    return change;
}

}  // namespace countersign::test
