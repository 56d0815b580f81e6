#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/model/transaction.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/slack/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace countersign::views {

// The direct message once a request has ended, and as long as its password can be shown. Never holds a password.
slack::Message outcome_for_requester(const Request& request);

// How it ended, as sentences for the one who asked.
std::string outcome_words(const Request& request);

// The button that shows the password, or the link, once.
slack::Element show_button(const Request& request);

// Whether people are offered a link instead: what was made was not seen, or may not have been; or none could be made.
bool offers_link(const Request& request);
// For a person who presses a button whose password is gone.
std::string no_link_offered();

// The one message of the audit channel once a request has ended: who, what, when, how the caller was verified, and the
// place in the audit log. The account is masked, and what the requester noted about the caller is not shown. It stays
// as it was posted: whether the password was shown later stands in the audit log.
slack::Message outcome_for_audit(const Request& request, const AuditMark& mark, const Settings& settings);

}  // namespace countersign::views
