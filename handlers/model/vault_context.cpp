#include "handlers/model/vault_context.hpp"

namespace countersign {

std::string credential_context(const Request& request)
{
    // Nothing of this holds a line break. The account's id is not known before an account is made.
    return "credential:" + request.id.str() + "\n" + request.requester.str() + "\n" + request.email.str() + "\n" +
        request.connection;
}

std::string note_context(const SlackUserId& user) { return "note:" + user.str(); }

std::string reply_context(const RequestId& request) { return "reply:" + request.str(); }

}  // namespace countersign
