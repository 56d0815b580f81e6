#include "auth0/marker.hpp"

namespace countersign::auth0 {

void append_marker(
    SecretText& body, const RequestId& request, TimePoint reset_at, bool must_change,
    std::optional<TimePoint> admin_lpr)
{
    body.put(R"({"countersign":{"request_id":)").json_string(request.str());
    body.put(R"(,"reset_at":)").json_string(to_iso8601(reset_at));
    body.put(R"(,"must_change":)").put(must_change ? "true" : "false");
    if (admin_lpr) body.put(R"(,"admin_lpr":)").json_string(to_iso8601(*admin_lpr));
    body.put("}}");
}

}  // namespace countersign::auth0
