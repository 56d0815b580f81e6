#include "handlers/checks/people.hpp"

namespace countersign::checks {

void remember(People& people, const Directory& directory, const SlackUserId& user)
{
    people.add(user, directory.identity(user), directory.cached(user));
}

void remember(People& people, const Directory& directory, const std::vector<Decision>& decisions)
{
    for (const Decision& each : decisions) remember(people, directory, each.by);
}

}  // namespace countersign::checks
