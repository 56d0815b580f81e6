#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include "handlers/core/hex.hpp"
#include "handlers/core/log.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <catch2/catch.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// What the program writes to standard output, which is where its log goes.
class Output
{
public:
    Output() : path_{std::filesystem::temp_directory_path() / ("countersign-log-" + std::to_string(::getpid()))}
    {
        std::fflush(stdout);
        saved_ = ::dup(STDOUT_FILENO);
        std::FILE* file = std::fopen(path_.c_str(), "w");
        if (saved_ < 0 || file == nullptr) throw std::runtime_error{"the output cannot be kept"};
        ::dup2(::fileno(file), STDOUT_FILENO);
        std::fclose(file);
        log::start("debug");
    }
    ~Output()
    {
        static_cast<void>(text());
        std::filesystem::remove(path_);
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    // All of it; ends the keeping.
    std::string text()
    {
        if (saved_ >= 0)
        {
            log::start("off");
            std::fflush(stdout);
            ::dup2(saved_, STDOUT_FILENO);
            ::close(saved_);
            saved_ = -1;
        }
        std::ostringstream bytes;
        bytes << std::ifstream{path_, std::ios::binary}.rdbuf();
        return bytes.str();
    }

private:
    std::filesystem::path path_;
    int saved_ = -1;
};

std::string base64(const std::string& bytes)
{
    constexpr const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i + 2 < bytes.size(); i += 3)
    {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[at])); };
        const unsigned group = (byte(i) << 16U) | (byte(i + 1) << 8U) | byte(i + 2);
        for (int shift = 18; shift >= 0; shift -= 6) out += digits[(group >> static_cast<unsigned>(shift)) & 63U];
    }
    return out;
}

std::string escaped(const std::string& text)
{
    const std::string quoted = boost::json::serialize(boost::json::string{text});
    return quoted.substr(1, quoted.size() - 2);
}

// The secret in every form in which it could leave.
std::vector<std::string> forms_of(const std::string& secret)
{
    std::string upper = to_hex(secret);
    std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) { return c >= 'a' ? c - 32 : c; });
    std::vector<std::string> forms = {
        secret,
        http::encode(secret),
        escaped(secret),
        http::encode(escaped(secret)),
        to_hex(secret),
        upper,
        std::string{secret.rbegin(), secret.rend()}};
    // Wherever in a longer text it stands.
    for (std::size_t skipped = 0; skipped < 3; ++skipped) forms.push_back(base64(secret.substr(skipped)));
    return forms;
}

bool holds(const std::string& bytes, const std::string& secret)
{
    const auto forms = forms_of(secret);
    return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) { return has(bytes, form); });
}

struct Departure
{
    std::string what;   // "PATCH /api/v2/users/..."
    std::string bytes;  // target, headers and body
};

Departure departure_of(const standins::Request& request)
{
    Departure left{request.method + " " + std::string{request.path()}, request.target + "\n"};
    for (const auto& [name, value] : request.headers) left.bytes += name + ": " + value + "\n";
    left.bytes += request.body;
    return left;
}

struct Story
{
    std::vector<Departure> departures;
    std::string answers;  // what Slack got as answers
    std::string disk;     // at every point of rest
    std::string secret;
    std::string log;
};

Story tell(PasswordFormat format, bool creates)
{
    Output output;
    Story story;
    {
        World world{470};
        world.network.tap = [&story](const std::string&, const standins::Request& request) {
            story.departures.push_back(departure_of(request));
        };
        const std::string user = creates ? cast::implementer : cast::agent;
        Request request =
            creates ? approved_creation(world, "cs-leaksleaks22", format) : approved(world, "cs-leaksleaks22", format);
        REQUIRE(carry_out(world, std::move(request)));
        story.disk += world.everything_on_disk();
        story.answers += world.press_in_dm(user, "handover.show").body;
        world.run_for(10s);
        const auto secrets = shown_secrets(world, user);
        REQUIRE(secrets.size() == 1);
        story.secret = secrets.front();
        story.disk += world.everything_on_disk();
        if (format != PasswordFormat::link) story.answers += world.press_in_modal(user, "handover.spell").body;
        world.run_for(10s);
        story.disk += world.everything_on_disk();
        story.answers += world.submit(user, {}).body;
        REQUIRE(world.settle());
        story.disk += world.everything_on_disk();
        CHECK(broken_promise(world) == "");
    }
    story.log = output.text();
    return story;
}

}  // namespace

TEST_CASE("a password leaves the process to Auth0 and in its one window, and in no other byte", "[scenario][leak]")
{
    struct Case
    {
        PasswordFormat format;
        bool creates;
    };
    for (const Case& each :
         {Case{PasswordFormat::sop, false}, Case{PasswordFormat::passphrase, false}, Case{PasswordFormat::link, false},
          Case{PasswordFormat::sop, true}, Case{PasswordFormat::passphrase, true}})
    {
        const Story story = tell(each.format, each.creates);
        INFO(name_of(each.format) << (each.creates ? ", new account" : ""));
        REQUIRE(story.secret.size() >= 12);
        CHECK(has(story.log, "request_moved"));
        CHECK_FALSE(holds(story.log, story.secret));
        CHECK_FALSE(holds(story.disk, story.secret));
        CHECK_FALSE(holds(story.answers, story.secret));

        std::vector<std::string> carriers;
        for (const Departure& left : story.departures)
            if (holds(left.bytes, story.secret)) carriers.push_back(left.what.substr(0, left.what.find("/auth0%7C")));
        std::vector<std::string> expected = {"POST /api/views.update"};
        if (each.format != PasswordFormat::link)
        {
            expected.insert(expected.begin(), each.creates ? "POST /api/v2/users" : "PATCH /api/v2/users");
            expected.emplace_back("POST /api/views.update");
        }
        CHECK(carriers == expected);
    }
}
