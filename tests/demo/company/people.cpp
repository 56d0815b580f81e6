#include "tests/demo/company/people.hpp"

namespace demo {

namespace {

using slack::ChannelKind;
using slack::Standing;

slack::User person(const std::string& id, const std::string& name, Standing standing = Standing::member)
{
    for (const Role& role : roles())
        if (role.user == id) return {id, name, role.title, name + "@acme.com", standing, {}, false};
    throw std::logic_error{"nobody has the id " + id};
}

slack::Channel channel(const std::string& id, const std::string& name, ChannelKind kind, std::vector<std::string> in)
{
    slack::Channel made;
    made.id = id;
    made.name = name;
    made.kind = kind;
    made.members = std::move(in);
    return made;
}

std::vector<std::string> with(std::vector<std::string> staff, const std::vector<std::string>& more)
{
    staff.insert(staff.end(), more.begin(), more.end());
    return staff;
}

void add_people(slack::Workspace& slack)
{
    slack.add_user(person(people::agent, "agent"));
    slack.add_user(person(people::implementer, "implementer"));
    slack.add_user(person(people::lead, "lead"));
    slack.add_user(person(people::second_lead, "second.lead"));
    slack.add_user(person(people::auditor, "auditor"));
    slack.add_user(person(people::colleague, "colleague"));
    slack.add_user(person(people::guest, "guest", Standing::guest));
    slack::User outsider = person(people::outsider, "outsider", Standing::outsider);
    outsider.email = "outsider@example.com";
    outsider.team_id = "T0PARTNER1";
    slack.add_user(outsider);
}

}  // namespace

const std::vector<Role>& roles()
{
    static const std::vector<Role> all = {
        {people::agent, "Support agent"},
        {people::lead, "Team lead"},
        {people::second_lead, "Second team lead"},
        {people::implementer, "Implementer"},
        {people::auditor, "Auditor"},
        {people::colleague, "Colleague in no group"},
        {people::guest, "Guest"},
        {people::outsider, "Outsider from a partner"},
    };
    return all;
}

void populate(slack::Workspace& slack)
{
    add_people(slack);
    slack.add_group({groups::support, "support", {people::agent}, false, false});
    // The second team lead may ask as well as decide, so that one can try to approve a request of one's own.
    slack.add_group(
        {groups::implementation, "implementation", {people::implementer, people::second_lead}, false, false});
    slack.add_group({groups::approvers, "team-leads", {people::lead, people::second_lead}, false, false});
    slack.add_group({groups::auditors, "auditors", {people::auditor}, false, false});

    const std::vector<std::string> staff = {people::agent,       people::implementer, people::lead,
                                            people::second_lead, people::auditor,     slack.options().bot_user_id};
    slack.add_channel(
        channel(channels::approvals, "password-approvals", ChannelKind::closed, with(staff, {people::guest})));
    slack.add_channel(channel(channels::audit, "password-audit", ChannelKind::closed, staff));
    slack.add_channel(
        channel(channels::helpdesk, "helpdesk", ChannelKind::open, with(staff, {people::colleague, people::guest})));
    slack::Channel shared = channel(
        channels::shared, "shared-with-partner", ChannelKind::open, with(staff, {people::colleague, people::outsider}));
    shared.is_ext_shared = true;
    slack.add_channel(shared);
}

}  // namespace demo
