#include "bot/config/keys.hpp"
#include "bot/config/load.hpp"
#include "tests/support/config_sample.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace countersign;

namespace {

std::string sample_text()
{
    std::ifstream file{COUNTERSIGN_SOURCE_DIR "/deploy/countersign.sample.toml"};
    REQUIRE(file.good());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// The lines below [section], up to the next section. The one that may be repeated is there as an example only.
std::string part_of(const std::string& text, std::string_view section)
{
    const std::string name{section};
    const std::string heading = section == config::repeated_section ? "\n#[[" + name + "]]\n" : "\n[" + name + "]\n";
    const auto begin = text.find(heading);
    if (begin == std::string::npos) return {};
    return text.substr(begin + 1, text.find("\n[", begin + 1) - begin);
}

}  // namespace

TEST_CASE("the sample is accepted as it stands, once its secrets are there", "[config]")
{
    test::FakeMachine machine;
    machine.put("etc/countersign.toml", sample_text());
    machine.put("etc/secrets/slack-signing-secret", "0123456789abcdef");
    machine.put("etc/secrets/slack-bot-token", "xoxb-1");
    machine.put("etc/secrets/auth0-client-secret", "secret");
    machine.put("etc/secrets/vault-key", std::string(44, 'k'));
    const LoadedConfig loaded = load_config("etc/countersign.toml", machine.surroundings());
    CHECK(loaded.report.text() == "");
    CHECK(loaded.config.has_value());
}

TEST_CASE("the sample names every key, in its section, as it is or in a comment", "[config]")
{
    const std::string text = '\n' + sample_text();
    for (const config::Key& key : config::keys)
    {
        const std::string part = part_of(text, key.section);
        const std::string name{key.name};
        INFO(key.section << ' ' << name);
        CHECK((part.find('\n' + name + " = ") != part.npos || part.find("\n#" + name + " = ") != part.npos));
    }
}
