#include "tests/demo/page/workspace.hpp"

#include "tests/demo/page/troubles.hpp"

#include <boost/json/array.hpp>

namespace json = boost::json;

namespace demo::page {

namespace {

const char* word_for(slack::Standing standing)
{
    switch (standing)
    {
    case slack::Standing::member: return "member";
    case slack::Standing::guest: return "guest";
    case slack::Standing::ultra_guest: return "ultra_guest";
    case slack::Standing::deactivated: return "deactivated";
    case slack::Standing::bot: return "bot";
    case slack::Standing::outsider: return "outsider";
    case slack::Standing::stranger: return "stranger";
    }
    return "";
}

json::array people(const slack::State& state)
{
    json::array out;
    for (const Role& role : roles())
    {
        const slack::User& user = *state.find_user(role.user);
        json::array groups;
        for (const auto& [id, group] : state.groups)
            for (const std::string& member : group.users)
                if (member == user.id) groups.emplace_back(group.handle);
        out.push_back(json::object{
            {"id", user.id},
            {"name", user.name},
            {"real_name", user.real_name},
            {"title", role.title},
            {"standing", word_for(user.standing)},
            {"groups", std::move(groups)},
            {"may_use_app", user.standing != slack::Standing::outsider}});
    }
    return out;
}

json::array user_groups(const slack::State& state)
{
    json::array out;
    for (const auto& [id, group] : state.groups) out.push_back(json::object{{"id", id}, {"handle", group.handle}});
    return out;
}

json::array commands(const slack::WorkspaceOptions& options)
{
    json::array out;
    for (const slack::SlashCommand& each : options.commands)
        out.push_back(json::object{
            {"command", each.command}, {"usage_hint", each.usage_hint}, {"description", each.description}});
    return out;
}

json::array shortcuts(const slack::WorkspaceOptions& options)
{
    json::array out;
    for (const slack::Shortcut& each : options.shortcuts)
        out.push_back(json::object{
            {"type", each.kind == slack::ShortcutKind::global ? "global" : "message"},
            {"callback_id", each.callback_id},
            {"name", each.name},
            {"description", each.description}});
    return out;
}

json::array examples()
{
    const auto example = [](const char* title, const char* email, const char* says) {
        return json::value(json::object{{"title", title}, {"email", email}, {"says", says}});
    };
    return {
        example("An ordinary customer", "ada.lovelace@example.com", "Found; a team lead is asked."),
        example("A plus in the address", "alan.turing+billing@example.com", "Found; the plus reaches Auth0 as it is."),
        example("Never signed in", "grace.hopper@example.com", "Found; the card says so."),
        example(
            "Blocked by an administrator", "charles.babbage@example.com",
            "Two have to approve; the card says that it stays blocked."),
        example("Signs in with Google", "emmy.noether@example.com", "Refused: there is no password to reset."),
        example(
            "Two accounts with one address", "max.planck@example.com",
            "Two databases know this address: the agent chooses."),
        example("Without names", "info@acme.com", "The agent is asked for the names before a team lead is."),
        example("Nobody", "nobody@example.com", "No such account."),
    };
}

}  // namespace

json::object describe_workspace(Company& company)
{
    const slack::State& state = company.slack.state();
    const slack::WorkspaceOptions& options = state.options;
    return {
        {"team", json::object{{"id", options.team_id}, {"domain", options.team_domain}, {"name", "Acme"}}},
        {"app",
         json::object{
             {"id", options.app_id},
             {"name", options.bot_name},
             {"bot_user_id", options.bot_user_id},
             {"home_tab_enabled", options.home_tab_enabled},
             {"messages_tab_enabled", options.messages_tab_enabled},
             {"messages_tab_read_only", options.messages_tab_read_only}}},
        {"channels",
         json::object{
             {"approvals", channels::approvals}, {"audit", channels::audit}, {"helpdesk", channels::helpdesk}}},
        {"people", people(state)},
        {"groups", user_groups(state)},
        {"commands", commands(options)},
        {"shortcuts", shortcuts(options)},
        {"urls",
         json::object{
             {"bot", company.bot().base_url()},
             {"slack", company.slack_host().base_url() + "/api/"},
             {"auth0", company.auth0_host().base_url() + "/"},
             {"files", company.folder().string()}}},
        {"troubles", Troubles::kinds()},
        {"examples", examples()}};
}

}  // namespace demo::page
