#include "handlers/actions/press.hpp"

#include "tests/unit/handlers/actions/scene.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::actions;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// Of U0AGENT, with a private line.
Request with_line(const Press& in_line)
{
    Request request = agents_request(State::pending);
    request.reply = ReplyPath{Sealed{"as it was"}, noon + 1min, *in_line.channel};
    return request;
}

}  // namespace

TEST_CASE("the private line is followed where its requester presses in it, and by nobody else", "[actions]")
{
    Scene scene;
    const Press mine = press_in_line("U0AGENT", "request.cancel");
    Press theirs = mine;
    theirs.by = SlackUserId{"U0LEAD"};
    Press elsewhere = mine;
    elsewhere.channel = ChannelId{"C0OTHER"};
    Press without_address = mine;
    without_address.line_url.reset();
    const Request request = with_line(mine);
    CHECK(is_in_line(mine, request, scene.seen.people));
    CHECK_FALSE(is_in_line(theirs, request, scene.seen.people));
    CHECK_FALSE(is_in_line(elsewhere, request, scene.seen.people));
    CHECK_FALSE(is_in_line(without_address, request, scene.seen.people));

    Request followed = request;
    follow_line(followed, theirs, scene.seen.people, noon);
    CHECK(followed.reply->response_url.bytes == "as it was");
    follow_line(followed, mine, scene.seen.people, noon);
    CHECK(followed.reply->response_url.bytes == mine.line_url->bytes);
    CHECK(followed.reply->expires_at == noon + response_url_life);
}

TEST_CASE("a note is left where it reaches the person who pressed, and not from the Home", "[actions]")
{
    Transaction heard{noon};
    add_note(heard, press("U0LEAD", "request.approve"), "words");
    CHECK(heard.jobs.size() == 1);
    Transaction unheard{noon};
    add_note(unheard, press_in_home("U0LEAD", "request.approve"), "words");
    CHECK(unheard.jobs.empty());
}
