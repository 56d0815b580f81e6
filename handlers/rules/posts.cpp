#include "handlers/rules/posts.hpp"

namespace countersign::rules {

namespace {

// Whether there is, or may be, anything that the message has to say.
bool is_due(const Request& request, const Post& post)
{
    switch (post.kind)
    {
    case PostKind::card:
    {
        // What ended without ever having had a card leaves nothing to be kept true. A lost one is still looked for, and
        // one that was deleted comes again: its end can be read where it was asked for.
        const bool has_card = post.ts || post.sending_since || post.drawn_version == Post::was_there;
        return request.asked && (request.is_open() || has_card);
    }
    // It stays as it was posted.
    case PostKind::audit: return !request.is_open() && !post.ts;
    case PostKind::requester_dm: return !request.is_open();
    case PostKind::thread: return !request.after_change.empty();
    }
    return false;
}

}  // namespace

Drawing drawing_of(const Request& request, const Post& post, Redraw why)
{
    if (!is_due(request, post)) return Drawing::nothing;
    if (!post.ts) return post.sending_since ? Drawing::look_for : Drawing::send;
    const bool is_newer = post.drawn_version < request.version;
    return is_newer || why != Redraw::when_newer ? Drawing::edit : Drawing::nothing;
}

Post gone(Post post, std::string fresh_uuid)
{
    post.ts.reset();
    post.drawn_version = Post::was_there;
    post.uuid = std::move(fresh_uuid);
    return post;
}

bool is_told_otherwise(const std::optional<Post>& direct_message) noexcept
{
    return direct_message && !direct_message->ts && !direct_message->sending_since &&
        direct_message->drawn_version >= 0;
}

}  // namespace countersign::rules
