#include "bot/slack/member_status.hpp"

#include "handlers/core/email.hpp"
#include "handlers/slack/payload.hpp"

#include <boost/json/value.hpp>

#include <algorithm>

namespace countersign::slack {

namespace json = boost::json;

namespace {

constexpr std::size_t address_units_max = 1'000;  // as read; whether it is an address is asked later

// On an Enterprise organization a person has a home, and is a member of other workspaces too.
bool is_in_team(const PayloadReader& answer, const std::set<SlackTeamId>& our_teams)
{
    const auto home = answer.id<SlackTeamId>("/user/team_id");
    if (home && our_teams.contains(*home)) return true;
    const json::value* teams = answer.find("/user/enterprise_user/teams");
    if (teams == nullptr) return false;
    if (!teams->is_array())
    {
        answer.refuse();
        return false;
    }
    return std::any_of(teams->get_array().begin(), teams->get_array().end(), [&our_teams](const json::value& team) {
        const json::string* id = team.if_string();
        return id != nullptr && our_teams.contains(SlackTeamId{std::string{id->data(), id->size()}});
    });
}

// Whoever may act at all is a member.
MemberStatus status_in(const PayloadReader& answer, const SlackUserId& user, const std::set<SlackTeamId>& our_teams)
{
    const bool is_deleted = answer.flag("/user/deleted");
    // Slackbot says that it is no bot.
    const bool is_bot = answer.flag("/user/is_bot") || user.str() == "USLACKBOT";
    const bool is_guest = answer.flag("/user/is_restricted") || answer.flag("/user/is_ultra_restricted");
    const bool is_stranger = answer.flag("/user/is_stranger");
    const bool is_member = is_in_team(answer, our_teams);
    if (is_deleted) return MemberStatus::deactivated;
    if (is_bot) return MemberStatus::bot;
    if (is_stranger || !is_member) return MemberStatus::outsider;
    if (is_guest) return MemberStatus::guest;
    return MemberStatus::member;
}

}  // namespace

Result<PersonFacts> person_of(
    const json::value& document, const SlackUserId& user, const std::set<SlackTeamId>& our_teams)
{
    const PayloadReader answer{document};
    auto identity = answer.id<SlackUserId>("/user/enterprise_user/id");
    const bool is_asked = answer.id<SlackUserId>("/user/id") == user || identity == user;
    PersonFacts facts;
    facts.status = status_in(answer, user, our_teams);
    // Of another organization's person it would say nothing here.
    if (facts.status != MemberStatus::outsider) facts.identity = std::move(identity);
    const std::string address = answer.text("/user/profile/email", address_units_max);
    if (!answer.is_sound() || !is_asked) return Errc::malformed;
    // Requests are for plain addresses alone: any other is no account of theirs.
    if (auto email = parse_email(address)) facts.email = std::move(*email);
    return facts;
}

}  // namespace countersign::slack
