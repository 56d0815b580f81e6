#include "bot/app/health.hpp"

#include "bot/http/replies.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace countersign {

namespace json = boost::json;

namespace {

http::ServerReply ready_reply(const Readiness& readiness)
{
    if (!readiness.is_ready()) return http::error_reply(503, readiness.fault);
    json::object body;
    body["ok"] = true;
    json::array degraded;
    for (const std::string& each : readiness.degraded) degraded.emplace_back(json::string_view{each});
    if (!degraded.empty()) body["degraded"] = std::move(degraded);
    return http::ok_reply("application/json", json::serialize(body));
}

}  // namespace

bool asks_for_health(const http::ServerRequest& request)
{
    return std::find(health_paths.begin(), health_paths.end(), request.path()) != health_paths.end();
}

http::ServerReply health_reply(const http::ServerRequest& request, const Readiness& readiness)
{
    if (request.method != "GET" && request.method != "HEAD") return http::not_allowed("GET, HEAD");
    return ready_reply(request.path() == "/readyz" ? readiness : Readiness{});
}

}  // namespace countersign
