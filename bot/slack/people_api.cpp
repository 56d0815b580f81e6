#include "bot/slack/web_api.hpp"
#include "handlers/slack/payload.hpp"

#include <boost/json/value.hpp>

// The calls that say who is who: ourselves, the groups, a person.
namespace countersign::slack {

namespace json = boost::json;
using boost::asio::awaitable;

namespace {

constexpr Milliseconds call_deadline{10'000};
constexpr int group_pages_max = 10;
constexpr std::size_t group_bytes_max = 16'777'216;  // 20 groups of 5,000 people are 1.4 MiB
constexpr std::size_t cursor_units_max = 1000;

// Nothing when one of them is no id.
std::optional<std::vector<SlackUserId>> people_in(const json::value& users)
{
    std::vector<SlackUserId> people;
    for (const json::value& user : users.get_array())
    {
        auto id = PayloadReader{user}.id<SlackUserId>("");
        if (!id) return std::nullopt;
        people.push_back(std::move(*id));
    }
    return people;
}

// One page of usergroups.list. False when it is not to be understood: then nothing is known of any group.
bool add_groups(std::map<SlackGroupId, GroupList>& lists, const PayloadReader& answer)
{
    const json::value* groups = answer.find("/usergroups");
    if (groups == nullptr || !groups->is_array()) return false;
    for (const json::value& each : groups->get_array())
    {
        const PayloadReader group{each};
        auto id = group.id<SlackGroupId>("/id");
        GroupList list;
        list.is_external = group.flag("/is_external");
        const json::value* users = group.find("/users");
        if (!id || !group.is_sound() || (users != nullptr && !users->is_array())) return false;
        if (users != nullptr)
        {
            list.members = people_in(*users);
            if (!list.members) return false;
        }
        lists.insert_or_assign(std::move(*id), std::move(list));
    }
    return true;
}

}  // namespace

awaitable<Outcome<Identity>> WebApi::auth_test()
{
    Fields nothing;
    const auto answer = co_await call("auth.test", std::move(nothing), Idempotency::idempotent, call_deadline);
    if (!answer) co_return answer.error();
    const PayloadReader reader{*answer};
    auto team = reader.id<SlackTeamId>("/team_id");
    auto user = reader.id<SlackUserId>("/user_id");
    auto bot_id = reader.id_text("/bot_id");
    if (!team || !user || !reader.is_sound()) co_return lost(Idempotency::idempotent, "no_identity");
    Identity identity{std::move(*team), std::move(*user), std::move(bot_id).value_or("")};
    identity_ = identity;
    co_return identity;
}

awaitable<Outcome<std::map<SlackGroupId, GroupList>>> WebApi::group_lists()
{
    std::map<SlackGroupId, GroupList> lists;
    std::string cursor;
    for (int page = 0; page < group_pages_max; ++page)
    {
        Fields fields = form({{"include_users", "true"}});
        if (!cursor.empty()) fields.emplace_back("cursor", cursor);
        std::string form = http::encode_form(fields);
        const auto answer = co_await call_with(
            "usergroups.list", Secret::take(form), Idempotency::idempotent, call_deadline, Answers::whole,
            group_bytes_max);
        if (!answer) co_return answer.error();
        const PayloadReader reader{*answer};
        if (!add_groups(lists, reader)) co_return lost(Idempotency::idempotent, "bad_groups");
        cursor = reader.text("/response_metadata/next_cursor", cursor_units_max);
        if (!reader.is_sound()) co_return lost(Idempotency::idempotent, "bad_cursor");
        if (cursor.empty()) co_return lists;
    }
    co_return lost(Idempotency::idempotent, "response_too_large");
}

awaitable<Outcome<std::vector<SlackUserId>>> WebApi::group_members(SlackGroupId group)
{
    Fields fields = form({{"usergroup", group.str()}});
    const auto answer =
        co_await call("usergroups.users.list", std::move(fields), Idempotency::idempotent, call_deadline);
    if (!answer) co_return answer.error();
    const json::value* users = PayloadReader{*answer}.find("/users");
    if (users == nullptr || !users->is_array()) co_return lost(Idempotency::idempotent, "no_users");
    auto members = people_in(*users);
    if (!members) co_return lost(Idempotency::idempotent, "bad_user_id");
    co_return std::move(*members);
}

awaitable<Outcome<PersonFacts>> WebApi::user_info(SlackUserId user, std::set<SlackTeamId> our_teams)
{
    Fields fields = form({{"user", user.str()}});
    const auto answer = co_await call("users.info", std::move(fields), Idempotency::idempotent, call_deadline);
    if (!answer) co_return answer.error();
    const auto person = person_of(*answer, user, our_teams);
    if (!person) co_return lost(Idempotency::idempotent, "bad_user");
    co_return *person;
}

}  // namespace countersign::slack
