#include "tests/integration/support/bot_stage.hpp"
#include "tests/support/ordinary_memory.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

// Where the running program has its secrets.

using namespace countersign::test;
namespace people = demo::people;

namespace {

std::vector<std::pair<std::string, std::string>> secrets_turned(BotStage& stage)
{
    std::vector<std::pair<std::string, std::string>> secrets;
    for (const char* name : {"slack-signing-secret", "slack-bot-token", "auth0-client-secret", "vault-key"})
    {
        std::ifstream in{stage.company.folder() / name, std::ios::binary};
        std::string text{std::istreambuf_iterator<char>{in}, {}};
        if (text.ends_with('\n')) text.pop_back();
        secrets.emplace_back(name, turned(std::move(text)));
    }
    return secrets;
}

}  // namespace

TEST_CASE("the running bot has its secrets in locked memory alone, also after their use", "[process]")
{
    // Reading the memory of a process that forbids it takes the superuser.
    if (::geteuid() != 0 || !can_search_memory()) return;
    BotStage stage;
    REQUIRE(stage.start_ready());
    if (stage.writes("secrets_not_locked_in_memory")) return;
    REQUIRE(stage.type_command(people::agent, "/reset-password", "ada.lovelace@example.com") == 200);
    REQUIRE(stage.until([&stage] { return !stage.company.slack.messages(demo::channels::approvals).empty(); }));
    for (const auto& [name, text] : secrets_turned(stage))
    {
        CAPTURE(name);
        REQUIRE(text.size() >= 16);
        CHECK(copies_in_ordinary_memory(stage.company.bot().pid(), text) == 0);
    }
}
