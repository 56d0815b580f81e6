#include "handlers/effects/credential_context.hpp"

namespace countersign::effects {

std::string credential_context(const Request& request)
{
    // Nothing of this holds a line break. The account's id is not known before an account is made.
    return "credential:" + request.id.str() + "\n" + request.requester.str() + "\n" + request.email.str() + "\n" +
        request.connection;
}

}  // namespace countersign::effects
