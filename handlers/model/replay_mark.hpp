#pragma once

#include "handlers/core/time.hpp"

#include <string>

namespace countersign {

// A signed request that was accepted. It is remembered so that it is accepted once.
struct ReplayMark
{
    std::string digest;    // SHA-256 over the raw body, hex: it holds Slack's single-use trigger_id
    TimePoint expires_at;  // when a copy's signature is stale anyway
};

}  // namespace countersign
