#pragma once

#include "handlers/model/settings.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/directory.hpp"
#include "handlers/ports/identity_provider.hpp"
#include "handlers/ports/random.hpp"
#include "handlers/ports/slack_api.hpp"
#include "handlers/ports/sleeper.hpp"
#include "handlers/ports/store.hpp"
#include "handlers/ports/vault.hpp"

namespace countersign {

// Everything that the handlers and effects need from outside. Made once, by the composition root; outlives them.
struct Services
{
    Store& store;
    Directory& directory;
    SlackApi& slack;
    IdentityProvider& accounts;
    const Clock& clock;
    Random& random;
    const Vault& vault;
    const Settings& settings;
    Sleeper& sleeper;
};

}  // namespace countersign
