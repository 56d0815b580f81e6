#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/slack/secret_view.hpp"

#include <string_view>

namespace countersign::slack {

// The form of a call that shows a secret view: `key`=`value`&view=..., with each secret in its place. It is put
// together in one buffer that never grows, so that no copy of a secret stays behind. Errc::malformed when the view has
// not exactly one place for each secret.
Result<Secret> secret_form(std::string_view key, std::string_view value, const SecretView& view);

}  // namespace countersign::slack
