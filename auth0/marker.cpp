#include "auth0/marker.hpp"

namespace countersign::auth0 {

void append_marker(
    SecretBuilder& body, const RequestId& request, TimePoint reset_at, std::optional<TimePoint> admin_lpr)
{
    body.raw(R"({"countersign":{"request_id":)").json_string(request.str());
    body.raw(R"(,"reset_at":)").json_string(to_iso8601(reset_at));
    body.raw(R"(,"must_change":true)");
    if (admin_lpr) body.raw(R"(,"admin_lpr":)").json_string(to_iso8601(*admin_lpr));
    body.raw("}}");
}

}  // namespace countersign::auth0
