#pragma once

#include <string>
#include <string_view>

namespace standins::slack {

// X-Slack-Signature over `<version>:<timestamp>:<body>`. The secret is text, not hex.
std::string sign(
    std::string_view secret, std::string_view timestamp, std::string_view body, std::string_view version = "v0");

// What is wrong with a delivery's authentication: the cases of tests/data/slack/signing_vectors.json. Everything else
// about it is genuine.
enum class Forgery
{
    none,
    wrong_secret,
    signature_missing,
    timestamp_missing,
    both_missing,
    stale,                 // 301 s old, rightly signed
    future,                // 301 s ahead, rightly signed
    far_future,            // a year ahead, rightly signed
    timestamp_word,        // "Infinity"
    timestamp_fraction,    // "123.5"
    timestamp_hex,         // "0x...", signed over the decimal number
    timestamp_zero_first,  // "0123", signed over the text as sent
    upper_case_digest,
    upper_case_version,  // "V0="
    version_missing,
    version_one,  // "v1=" over a "v1:" base string
    digest_short,
    digest_long,
    trailing_junk,  // "v0=<good>=junk"
    signature_twice,
    timestamp_twice,
    signature_not_ascii,
    body_changed,  // signed, then one byte appended
};

}  // namespace standins::slack
