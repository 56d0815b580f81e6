#pragma once

#include <string>
#include <string_view>

namespace countersign::slack {

// Of an answer that repeats a secret to us (Slack shows the view that it has opened) only what says whether the call
// succeeded: a JSON object with its `ok` and `error`, as far as they are there. Nothing else of it is kept. Empty when
// it is no JSON object.
std::string outline_of(std::string_view body);

}  // namespace countersign::slack
