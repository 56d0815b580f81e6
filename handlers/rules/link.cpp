#include "handlers/rules/link.hpp"

namespace countersign::rules {

bool link_serves(const Request& request)
{
    // In the place of a password alone.
    if (!request.account || handed_over_by(request) != HandedOver::password || request.wants_link) return false;
    if (request.state == State::choosing) return request.asks(question::names);
    if (request.state != State::refused && request.state != State::failed) return false;
    return remedy_of(request.ending.value()) == Remedy::ask_a_link;
}

}  // namespace countersign::rules
