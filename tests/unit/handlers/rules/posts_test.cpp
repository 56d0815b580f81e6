#include "handlers/rules/posts.hpp"

#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;

namespace {

const TimePoint noon = from_unix_ms(1'700'000'000'000);

Post told_otherwise()
{
    Post post{RequestId{"cs-1"}, PostKind::requester_dm, "uuid"};
    post.drawn_version = 3;
    return post;
}

}  // namespace

TEST_CASE("told otherwise is who was, and has no direct message since", "[posts]")
{
    CHECK_FALSE(is_told_otherwise(std::nullopt));
    CHECK(is_told_otherwise(told_otherwise()));
    Post sent = told_otherwise();
    sent.ts = MessageTs{"1.2"};
    CHECK_FALSE(is_told_otherwise(sent));
    Post under_way = told_otherwise();
    under_way.sending_since = noon;
    CHECK_FALSE(is_told_otherwise(under_way));
    Post fresh = told_otherwise();
    fresh.drawn_version = GENERATE(std::int64_t{-1}, Post::was_there);
    CHECK_FALSE(is_told_otherwise(fresh));
}

TEST_CASE(
    "a message is sent once, looked for when its answer was lost, and edited when there is something new", "[posts]")
{
    Request request = sample_request(State::changed);
    request.version = 5;
    request.after_change["end_sessions"] = AfterChange::waiting;
    for (const PostKind kind : {PostKind::card, PostKind::requester_dm, PostKind::thread, PostKind::audit})
    {
        CAPTURE(static_cast<int>(kind));
        const bool is_card = kind == PostKind::card;
        Post post{request.id, kind, "uuid"};
        if (is_card) post.drawn_version = Post::was_there;
        CHECK((drawing_of(request, post, Redraw::when_newer) == Drawing::send));
        post.sending_since = noon;
        CHECK((drawing_of(request, post, Redraw::when_newer) == Drawing::look_for));
        post.sending_since.reset();
        post.ts = MessageTs{"1.2"};
        post.drawn_version = 4;
        // What the audit channel was told stays as it was posted.
        const Drawing edited = kind == PostKind::audit ? Drawing::nothing : Drawing::edit;
        CHECK((drawing_of(request, post, Redraw::when_newer) == edited));
        post.drawn_version = 5;
        CHECK((drawing_of(request, post, Redraw::when_newer) == Drawing::nothing));
        CHECK((drawing_of(request, post, Redraw::in_any_case) == edited));
        CHECK((drawing_of(request, post, Redraw::as_waiting) == edited));
    }
}

TEST_CASE("a card is kept true to the end, but none is made for what has ended", "[posts]")
{
    Post card{RequestId{"cs-1"}, PostKind::card, "uuid"};
    CHECK((drawing_of(sample_request(State::pending), card, Redraw::when_newer) == Drawing::send));
    CHECK((drawing_of(sample_request(State::denied), card, Redraw::in_any_case) == Drawing::nothing));
    Request unasked = sample_request(State::pending);
    unasked.asked = false;
    CHECK((drawing_of(unasked, card, Redraw::in_any_case) == Drawing::nothing));
    card.sending_since = noon;
    CHECK((drawing_of(sample_request(State::denied), card, Redraw::when_newer) == Drawing::look_for));
    card.sending_since.reset();
    card.drawn_version = Post::was_there;
    CHECK((drawing_of(sample_request(State::denied), card, Redraw::when_newer) == Drawing::send));
}

TEST_CASE("the end is told when there is one, the steps after a change when there are some", "[posts]")
{
    const Request open = sample_request(State::pending);
    for (const PostKind kind : {PostKind::audit, PostKind::requester_dm, PostKind::thread})
    {
        const Post post{open.id, kind, "uuid"};
        CHECK((drawing_of(open, post, Redraw::in_any_case) == Drawing::nothing));
    }
}

TEST_CASE("a message that is gone is sent anew as another one, and known to have been there", "[posts]")
{
    Post post{RequestId{"cs-1"}, PostKind::card, "old"};
    post.ts = MessageTs{"1.2"};
    post.channel = ChannelId{"C1"};
    post.drawn_version = 7;
    const Post again = gone(post, "fresh");
    CHECK_FALSE(again.ts);
    CHECK(again.uuid == "fresh");
    CHECK(again.channel == ChannelId{"C1"});
    CHECK(again.drawn_version == Post::was_there);
}
