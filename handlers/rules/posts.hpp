#pragma once

#include "handlers/model/job_payload.hpp"
#include "handlers/model/post.hpp"
#include "handlers/model/request.hpp"

#include <optional>

// What the row of a message that must exist once tells.
namespace countersign::rules {

// How a message comes to show the request as it stands.
enum class Drawing
{
    nothing,   // it does already, or there is nothing to be shown
    edit,      // the one that was sent
    look_for,  // one that may have been sent: its answer was lost. If it is not there, it is sent
    send,
};
Drawing drawing_of(const Request& request, const Post& post, Redraw why);

// The row of a message that was deleted: it is sent anew, as another one.
Post gone(Post post, std::string fresh_uuid);

// Slack refused the direct message, the requester was told by other ways, and no direct message came since: then the
// button counts where else it stands.
bool is_told_otherwise(const std::optional<Post>& direct_message) noexcept;

}  // namespace countersign::rules
