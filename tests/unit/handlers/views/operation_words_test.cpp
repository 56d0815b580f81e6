#include "handlers/views/operation_words.hpp"

#include "tests/support/text.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>

using namespace countersign;
using namespace countersign::test;
using namespace countersign::views;

namespace {

std::string manifest()
{
    std::ifstream file{std::string{COUNTERSIGN_SOURCE_DIR} + "/deploy/slack-manifest.yaml"};
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

TEST_CASE("whatever can be asked for has words for each place that speaks of it", "[views]")
{
    for (const Purpose purpose : purposes)
    {
        INFO(name_of(purpose));
        const PurposeWords words = words_of(purpose);
        for (const std::string_view each :
             {words.kind, words.kind_of_new, words.kinds, words.approve_title, words.approve, words.form_title,
              words.option, words.option_about})
            CHECK_FALSE(each.empty());
    }
}

TEST_CASE("each purpose has a command of its own, which its usage, the help and the app's manifest name", "[views]")
{
    const std::string app = manifest();
    for (const Purpose purpose : purposes)
    {
        INFO(name_of(purpose));
        const PurposeWords words = words_of(purpose);
        CHECK(purpose_of_command(words.command) == purpose);
        CHECK(has(std::string{words.usage}, "`" + std::string{words.command} + " "));
        CHECK(has(std::string{words.help}, "`" + std::string{words.command} + " "));
        CHECK(has(app, "- command: " + std::string{words.command} + "\n"));
    }
    CHECK_FALSE(purpose_of_command("/password-freeze"));
    CHECK_FALSE(purpose_of_command("reset-password"));
    CHECK_FALSE(purpose_of_command(""));
}

TEST_CASE("each operation has words for what it does, and those that set a password name its format", "[views]")
{
    const auto operation = GENERATE(Operation::set_password, Operation::create_account, Operation::make_link);
    const OperationWords words = words_of(operation);
    for (const std::string_view each :
         {words.effect, words.begins, words.runs, words.settles, words.done, words.sentence, words.sets, words.blocked,
          words.not_yet, words.not_known, words.at_present})
        CHECK_FALSE(each.empty());
    CHECK(with_format(words.sets, "a passphrase") == "a passphrase");
}

TEST_CASE("words take the place of the braces, once", "[views]")
{
    CHECK(with_format("set to {}.", "a") == "set to a.");
    CHECK(with_format("{} {}", "{}") == "{} {}");
    CHECK(with_format("nothing", "a") == "nothing");
}
