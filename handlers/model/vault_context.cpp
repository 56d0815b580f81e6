#include "handlers/model/vault_context.hpp"

namespace countersign {

std::string note_context(const SlackUserId& user) { return "note:" + user.str(); }

std::string reply_context(const RequestId& request) { return "reply:" + request.str(); }

}  // namespace countersign
