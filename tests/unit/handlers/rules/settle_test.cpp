#include "handlers/rules/settle.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::rules;
using namespace std::chrono_literals;

namespace {

using Kind = Settlement::Kind;

constexpr auto just_before = 10min - 1ms;  // of the end, ten minutes after the last send
constexpr auto log_end = 15min;            // the end of what a log that is away is waited for

struct Row
{
    const char* sentence;
    LostChange lost;
    Kind kind;
    Ending ending = Ending::none;
};

LostChange seen(
    Trace trace, std::chrono::milliseconds elapsed, LogWord log = LogWord::not_asked, bool may_send_again = false)
{
    return {trace, log, elapsed, may_send_again, true};
}

LostChange elsewhere(LostChange lost)
{
    lost.tells_of_changes = false;
    return lost;
}

const std::vector<Row> rows = {
    {"both signs prove it", seen(Trace::ours, 2s), Kind::proved},
    {"both signs prove it at whatever time", seen(Trace::ours, 24h), Kind::proved},
    {"both signs prove it where times tell nothing", elsewhere(seen(Trace::ours, 24h)), Kind::proved},
    {"an account that is gone proves nothing", seen(Trace::gone, 2s), Kind::given_up, Ending::account_gone},
    {"a new account of somebody else is theirs", seen(Trace::foreign, 2s), Kind::given_up, Ending::changed_by_someone},

    {"who cannot be read is looked at again", seen(Trace::unreadable, 0s), Kind::open},
    {"for ten minutes", seen(Trace::unreadable, just_before), Kind::open},
    {"and no longer", seen(Trace::unreadable, 10min), Kind::given_up, Ending::answer_lost},
    {"nobody sends again blindly", seen(Trace::unreadable, 2s, LogWord::not_asked, true), Kind::open},

    {"another block forbids the second send", seen(Trace::other_block, 2s, LogWord::not_asked, true), Kind::open},
    {"and is looked at again for ten minutes", seen(Trace::other_block, just_before), Kind::open},
    {"and no longer, without the log", seen(Trace::other_block, 10min), Kind::given_up, Ending::answer_lost},

    {"one sign alone: the log is asked", seen(Trace::only_moved, 0s), Kind::ask_the_log},
    {"our mark alone: the log is asked", seen(Trace::only_marked, 0s), Kind::ask_the_log},
    {"at the end, too", seen(Trace::only_moved, 10min), Kind::ask_the_log},
    {"where times tell nothing, too", elsewhere(seen(Trace::only_marked, 10min)), Kind::ask_the_log},
    {"one sign forbids the second send", seen(Trace::only_moved, 2s, LogWord::absent, true), Kind::open},
    {"one sign and the log prove it", seen(Trace::only_moved, 2s, LogWord::found), Kind::proved},
    {"our mark and the log prove it", seen(Trace::only_marked, 24h, LogWord::found), Kind::proved},
    {"a log that lags is asked again", seen(Trace::only_moved, just_before, LogWord::absent), Kind::open},
    {"a moved time without the log is somebody else's", seen(Trace::only_moved, 10min, LogWord::absent), Kind::given_up,
     Ending::changed_by_someone},
    {"whatever keeps the log from speaking", seen(Trace::only_moved, 10min, LogWord::no_answer_now), Kind::given_up,
     Ending::changed_by_someone},
    {"a log that rules it out proves no rejection of what was marked", seen(Trace::only_marked, 2s, LogWord::ruled_out),
     Kind::open},
    {"our mark alone is nobody else's change", seen(Trace::only_marked, 10min, LogWord::no_answer), Kind::given_up,
     Ending::answer_lost},

    {"untouched within a minute: the same password again", seen(Trace::none, 2s, LogWord::not_asked, true),
     Kind::send_again},
    {"untouched after that: looked at again", seen(Trace::none, just_before), Kind::open},
    {"the log is not asked before the end", seen(Trace::none, 2s), Kind::open},
    {"the log is asked at the end", seen(Trace::none, 10min), Kind::ask_the_log},
    {"it rules the change out", seen(Trace::none, 10min, LogWord::ruled_out), Kind::ruled_out, Ending::never_applied},
    {"it has nothing yet", seen(Trace::none, 10min, LogWord::absent), Kind::given_up, Ending::answer_lost},
    {"it has it, though the account does not show it", seen(Trace::none, 10min, LogWord::found), Kind::given_up,
     Ending::answer_lost},
    {"it may not be read", seen(Trace::none, 10min, LogWord::no_answer), Kind::given_up, Ending::answer_lost},
    {"it is away for a moment", seen(Trace::none, 10min, LogWord::no_answer_now), Kind::open},
    {"or for five minutes", seen(Trace::none, log_end - 1ms, LogWord::no_answer_now), Kind::open},
    {"and no longer", seen(Trace::none, log_end, LogWord::no_answer_now), Kind::given_up, Ending::answer_lost},
    {"where times tell nothing the log rules nothing out", elsewhere(seen(Trace::none, 10min, LogWord::ruled_out)),
     Kind::given_up, Ending::answer_lost},
    {"and is not asked", elsewhere(seen(Trace::none, 10min)), Kind::given_up, Ending::answer_lost},
    {"there the same password is sent again all the same", elsewhere(seen(Trace::none, 2s, LogWord::not_asked, true)),
     Kind::send_again},
};

Request sent_request()
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U1"}, Email{"ada@example.com"}, std::nullopt, TimePoint{}};
    request.connection = "Main";
    Intent& intent = request.intent.emplace();
    intent.reset_before = TimePoint{5s};
    return request;
}

Account account_with(std::optional<TimePoint> reset, const std::string& marker, bool blocked = false)
{
    Account account{Auth0UserId{"auth0|1"}};
    account.last_password_reset = reset;
    account.marker = marker;
    account.blocked = blocked;
    account.database_connections = {"Other", "Main"};
    return account;
}

}  // namespace

TEST_CASE("a lost answer is settled by what is seen, by the log, and by how long ago it was sent", "[rules][settle]")
{
    for (const Row& row : rows)
    {
        INFO(row.sentence);
        const Settlement verdict = settle(row.lost);
        CHECK(static_cast<int>(verdict.kind) == static_cast<int>(row.kind));
        CHECK(name_of(verdict.ending) == name_of(row.ending));
    }
}

TEST_CASE("once the log has spoken it is not asked again", "[rules][settle]")
{
    for (int trace = 0; trace <= static_cast<int>(Trace::foreign); ++trace)
        for (int log = static_cast<int>(LogWord::found); log <= static_cast<int>(LogWord::no_answer); ++log)
            for (const auto elapsed : {std::chrono::milliseconds{0}, std::chrono::milliseconds{24h}})
                CHECK(
                    settle(seen(static_cast<Trace>(trace), elapsed, static_cast<LogWord>(log))).kind !=
                    Kind::ask_the_log);
}

TEST_CASE("the two signs of a change are the moved time and our mark", "[rules][settle]")
{
    const Request request = sent_request();
    CHECK(trace_of_change(request, account_with(TimePoint{6s}, "cs-1")) == Trace::ours);
    CHECK(trace_of_change(request, account_with(TimePoint{6s}, "cs-2")) == Trace::only_moved);
    CHECK(trace_of_change(request, account_with(TimePoint{5s}, "cs-1")) == Trace::only_marked);
    CHECK(trace_of_change(request, account_with(TimePoint{4s}, "cs-1")) == Trace::only_marked);
    CHECK(trace_of_change(request, account_with(std::nullopt, "cs-1")) == Trace::only_marked);
    CHECK(trace_of_change(request, account_with(TimePoint{5s}, "")) == Trace::none);
    CHECK(trace_of_change(request, account_with(TimePoint{5s}, "", true)) == Trace::other_block);
    CHECK(trace_of_change(request, account_with(TimePoint{6s}, "cs-1", true)) == Trace::ours);

    Request first = sent_request();
    first.intent->reset_before.reset();
    first.intent->blocked_before = true;
    CHECK(trace_of_change(first, account_with(TimePoint{1s}, "cs-1")) == Trace::ours);
    CHECK(trace_of_change(first, account_with(std::nullopt, "", true)) == Trace::none);
    CHECK(trace_of_change(first, account_with(std::nullopt, "")) == Trace::other_block);
}

TEST_CASE("a created account is the one in our connection, and ours by its mark", "[rules][settle]")
{
    const Request request = sent_request();
    const std::vector<Account> ours{account_with(std::nullopt, "cs-1")};
    CHECK(trace_of_creation(request, created_account(request, ours)) == Trace::ours);
    const std::vector<Account> foreign{account_with(std::nullopt, "cs-2")};
    CHECK(trace_of_creation(request, created_account(request, foreign)) == Trace::foreign);
    std::vector<Account> elsewhere_only = ours;
    elsewhere_only.front().database_connections = {"Other"};
    CHECK(trace_of_creation(request, created_account(request, elsewhere_only)) == Trace::none);
    CHECK(trace_of_creation(request, created_account(request, {})) == Trace::none);
}

TEST_CASE("a log that is away for a moment is told from one that does not answer", "[rules][settle]")
{
    CHECK(word_of(LogEvidence::found) == LogWord::found);
    CHECK(word_of(LogEvidence::absent) == LogWord::absent);
    CHECK(word_of(LogEvidence::ruled_out) == LogWord::ruled_out);
    for (const Errc code : {Errc::unavailable, Errc::rate_limited, Errc::unreachable})
        CHECK(word_of(Problem{code}) == LogWord::no_answer_now);
    for (const Errc code : {Errc::forbidden, Errc::refused, Errc::answer_lost, Errc::too_large})
        CHECK(word_of(Problem{code}) == LogWord::no_answer);
}

TEST_CASE("the times of an account tell of its password unless it is kept elsewhere, or may be", "[rules][settle]")
{
    Request request = sent_request();
    CHECK(tells_of_changes(request));
    request.risk_notes = {RiskNote{"blocked", ""}};
    CHECK(tells_of_changes(request));
    for (const char* code : {"custom_database", "policy_unknown"})
    {
        request.risk_notes = {RiskNote{"blocked", ""}, RiskNote{code, ""}};
        CHECK_FALSE(tells_of_changes(request));
    }
}

TEST_CASE("the first look comes two seconds after a lost answer, and later after failures", "[rules][settle]")
{
    Intent intent;
    for (const auto& [answered, wait] : {std::pair{0, 2s}, {1, 2s}, {2, 4s}, {3, 8s}, {4, 16s}, {5, 16s}, {8, 16s}})
    {
        intent.answered = answered;
        CHECK(look_after(intent) == wait);
    }
}

TEST_CASE("a yes is proved by what it says, or by what is read back behind it", "[rules][settle]")
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U1"}, Email{"ada@example.com"}, std::nullopt, TimePoint{}};
    request.intent.emplace().reset_before = TimePoint{1h};
    const auto account = [](std::optional<TimePoint> reset, std::string marker) {
        Account read{Auth0UserId{"auth0|1"}};
        read.last_password_reset = reset;
        read.marker = std::move(marker);
        return read;
    };
    const Account none = account(TimePoint{1h}, "cs-0");
    const Account moved_one = account(TimePoint{2h}, "cs-0");
    const Account marked_one = account(TimePoint{1h}, "cs-1");
    const Account later = account(TimePoint{3h}, "cs-1");

    CHECK_FALSE(confirmed(request, none, &none));
    CHECK_FALSE(confirmed(request, none, nullptr));
    CHECK(confirmed(request, moved_one, &none) == moved_one);
    CHECK(confirmed(request, marked_one, &none) == marked_one);
    CHECK(confirmed(request, moved_one, nullptr) == moved_one);
    CHECK(confirmed(request, none, &moved_one) == moved_one);
    CHECK(confirmed(request, none, &marked_one) == marked_one);
    // A later change is the owner's: the time of ours is kept.
    CHECK(confirmed(request, moved_one, &later)->last_password_reset == TimePoint{2h});
    CHECK(confirmed(request, marked_one, &later)->last_password_reset == TimePoint{3h});
    CHECK(confirmed(request, moved_one, &later)->marker == "cs-1");
}
