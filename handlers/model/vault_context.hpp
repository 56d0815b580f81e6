#pragma once

#include "handlers/model/request.hpp"

#include <string>

// What secrets are sealed for: their context in the vault. What was sealed for one opens for no other, so that no row
// can be put under another name. Never change one: what is sealed already could not be opened.
namespace countersign {

// What a request hands over: whose it is, and for whom.
std::string credential_context(const Request& request);
// The response_url of a note to this person.
std::string note_context(const SlackUserId& user);
// The response_url of a request's private line.
std::string reply_context(const RequestId& request);

}  // namespace countersign
