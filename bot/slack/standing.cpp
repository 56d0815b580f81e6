#include "bot/slack/standing.hpp"

#include "handlers/slack/payload.hpp"

#include <boost/json/value.hpp>

#include <algorithm>

namespace countersign::slack {

namespace json = boost::json;

namespace {

// On an Enterprise organization a person has a home, and is a member of other workspaces too.
bool is_in_team(Reader& answer, const std::set<SlackTeamId>& our_teams)
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

}  // namespace

Result<Standing> standing_of(
    const json::value& document, const SlackUserId& user, const std::set<SlackTeamId>& our_teams)
{
    Reader answer{document};
    const bool is_asked = answer.id<SlackUserId>("/user/id") == user;
    const bool is_deleted = answer.flag("/user/deleted");
    // Slackbot says that it is no bot.
    const bool is_bot = answer.flag("/user/is_bot") || user.str() == "USLACKBOT";
    const bool is_guest = answer.flag("/user/is_restricted") || answer.flag("/user/is_ultra_restricted");
    const bool is_stranger = answer.flag("/user/is_stranger");
    const bool is_member = is_in_team(answer, our_teams);
    if (answer.broken() || !is_asked) return Errc::malformed;

    if (is_deleted) return Standing::deactivated;
    if (is_bot) return Standing::bot;
    if (is_stranger || !is_member) return Standing::outsider;
    if (is_guest) return Standing::guest;
    return Standing::member;
}

}  // namespace countersign::slack
