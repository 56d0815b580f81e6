#pragma once

#include "handlers/model/post.hpp"

#include <string_view>

namespace countersign::store {

// The names under which kinds of posts are stored: never change one.
constexpr std::string_view name_of(PostKind kind) noexcept
{
    switch (kind)
    {
    case PostKind::card: return "card";
    case PostKind::audit: return "audit";
    case PostKind::requester_dm: return "requester_dm";
    case PostKind::thread: return "thread";
    }
    return "corrupt";
}

}  // namespace countersign::store
