#pragma once

#include <string>
#include <string_view>

namespace countersign::actions {

// The first thing in a message that is one e-mail address, in any form that Slack delivers; empty when there is none.
std::string first_email_in(std::string_view text);

}  // namespace countersign::actions
