#pragma once

#include "bot/http/message.hpp"

#include <string>
#include <string_view>

namespace countersign::http {

// {"error":"..."} with this word.
ServerReply error_reply(int status, std::string_view word);
// The same with a fixed lower-case word a status: "bad_request", "unauthorized", ...
ServerReply error_reply(int status);
ServerReply not_allowed(std::string_view allowed);  // 405; `allowed`: "GET, HEAD"
ServerReply ok_reply(std::string content_type, std::string body);

}  // namespace countersign::http
