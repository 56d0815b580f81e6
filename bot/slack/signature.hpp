#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/core/time.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::slack {

// A signature counts for this long before and after its time stamp (handlers/slack/CONTRACT.md, "Signatures").
inline constexpr std::chrono::seconds signature_window{300};

// Verifies that a request is from Slack: HMAC-SHA256 over the raw body (handlers/slack/CONTRACT.md, "Signatures").
// Holds several signing secrets while one is being replaced. May be called from any thread.
class SignatureVerifier
{
public:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    // Throws std::invalid_argument without any secret, or with an empty one: that would accept anybody.
    explicit SignatureVerifier(const std::vector<Secret>& signing_secrets);
    SignatureVerifier(const SignatureVerifier&) = delete;
    SignatureVerifier& operator=(const SignatureVerifier&) = delete;

    // Errors: bad_signature (a header missing, twice or of the wrong form, or no secret matches); stale (well-formed,
    // but outside the window; then nothing was computed). Header names in any case; `body` as received, before any
    // decoding.
    Result<void> verify(const Headers& headers, std::string_view body, TimePoint now) const;

private:
    std::vector<Secret> secrets_;
};

}  // namespace countersign::slack
