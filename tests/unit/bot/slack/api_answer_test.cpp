#include "bot/slack/api_answer.hpp"
#include "bot/slack/message_pacing.hpp"
#include "bot/slack/response_url.hpp"

#include <boost/json/value.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::slack;

namespace {

const TimePoint now = TimePoint{std::chrono::seconds{1763800000}};

http::ClientResponse response(int status, std::string body)
{
    http::ClientResponse made;
    made.status = status;
    made.body = std::move(body);
    return made;
}

Problem problem_of(const http::ClientResponse& answer, Idempotency idempotency)
{
    const auto verdict = judge(answer, idempotency, now);
    REQUIRE_FALSE(verdict.has_value());
    return verdict.error();
}

std::string error_body(const std::string& code) { return R"({"ok":false,"error":")" + code + "\"}"; }

http::Origin origin(const char* url)
{
    const auto parsed = http::parse_origin(url);
    REQUIRE(parsed.has_value());
    return *parsed;
}

const char* const slack_api = "https://slack.com/api/";

}  // namespace

TEST_CASE("a rate limit is one with any status and either spelling", "[slack]")
{
    for (const auto idempotency : {Idempotency::once, Idempotency::idempotent})
    {
        CHECK(problem_of(response(429, ""), idempotency).code == Errc::rate_limited);
        CHECK(problem_of(response(429, "<html>"), idempotency).code == Errc::rate_limited);
        CHECK(problem_of(response(200, error_body("ratelimited")), idempotency).code == Errc::rate_limited);
        CHECK(problem_of(response(200, error_body("rate_limited")), idempotency).code == Errc::rate_limited);
    }
}

TEST_CASE("a rate limit always says how long", "[slack]")
{
    auto answer = response(429, "");
    CHECK(problem_of(answer, Idempotency::once).retry_after == std::chrono::seconds{10});
    answer.headers = {{"retry-after", "30"}};
    CHECK(problem_of(answer, Idempotency::once).retry_after == std::chrono::seconds{30});
    answer.headers = {{"retry-after", "soon"}};
    CHECK(problem_of(answer, Idempotency::once).retry_after == std::chrono::seconds{10});
}

TEST_CASE("a token or scope that does not do is forbidden", "[slack]")
{
    const std::string code = GENERATE(
        "invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed", "missing_scope",
        "not_allowed_token_type", "plan_upgrade_required", "access_denied", "two_factor_setup_required",
        "accesslimited", "ekm_access_denied", "enterprise_is_restricted", "no_permission", "org_login_required",
        "team_access_not_granted");
    const Problem problem = problem_of(response(200, error_body(code)), Idempotency::once);
    CHECK(problem.code == Errc::forbidden);
    CHECK(problem.reason == code);
}

TEST_CASE("what may have been done is lost for a post and unavailable for the rest", "[slack]")
{
    const auto answer = GENERATE(
        response(500, ""), response(503, "<html>"), response(200, ""), response(200, "<html>"),
        response(200, "{\"ok\":true"), response(200, "[]"), response(200, "{}"), response(200, R"({"ok":"true"})"),
        response(200, R"({"ok":null})"), response(404, "not found"), response(302, ""),
        response(200, error_body("fatal_error")), response(200, error_body("internal_error")),
        response(200, error_body("request_timeout")));
    CAPTURE(answer.status, answer.body);
    CHECK(problem_of(answer, Idempotency::once).code == Errc::answer_lost);
    CHECK(problem_of(answer, Idempotency::idempotent).code == Errc::unavailable);
}

TEST_CASE("an answer over our limit is too large to be read again, but a post is lost with it", "[slack]")
{
    const Problem too_large{Errc::answer_lost, "response_too_large"};
    CHECK(judge_failure(too_large, Idempotency::idempotent).code == Errc::too_large);
    CHECK(judge_failure(too_large, Idempotency::once).code == Errc::answer_lost);
}

TEST_CASE("what Slack did not do is unavailable, for a post too", "[slack]")
{
    CHECK(problem_of(response(200, error_body("service_unavailable")), Idempotency::once).code == Errc::unavailable);
    CHECK(problem_of(response(200, error_body("team_added_to_org")), Idempotency::once).code == Errc::unavailable);
}

TEST_CASE("every other code is a refusal", "[slack]")
{
    const Problem problem = problem_of(response(200, error_body("channel_not_found")), Idempotency::once);
    CHECK(problem.code == Errc::refused);
    CHECK(problem.reason == "channel_not_found");
    CHECK(problem_of(response(200, R"({"ok":false})"), Idempotency::once).reason == "unknown_error");
    CHECK(problem_of(response(200, R"({"ok":false,"error":7})"), Idempotency::once).reason == "unknown_error");
}

TEST_CASE("a reason holds nothing but small letters, digits and underscores", "[slack]")
{
    CHECK(reason_of("Expired url") == "expired_url");
    CHECK(reason_of("<!channel>\n") == "__channel__");
    CHECK(reason_of(std::string(100, 'x')).size() == 64);
    CHECK(reason_of("") == "unknown_error");
}

TEST_CASE("a good answer is the object itself", "[slack]")
{
    const auto answer = judge(response(200, R"({"ok":true,"ts":"1.2","warning":"x"})"), Idempotency::once, now);
    REQUIRE(answer.has_value());
    CHECK(answer->at("ts") == "1.2");
}

TEST_CASE("failures of the connection keep what they mean", "[slack]")
{
    CHECK(judge_failure(Problem{Errc::unreachable}, Idempotency::once).code == Errc::unreachable);
    CHECK(judge_failure(Problem{Errc::answer_lost}, Idempotency::once).code == Errc::answer_lost);
    CHECK(judge_failure(Problem{Errc::answer_lost}, Idempotency::idempotent).code == Errc::unavailable);
}

// --- response_url ---

TEST_CASE("a response_url is spent when it is not 2xx or says ok:false", "[slack]")
{
    const auto answer = GENERATE(
        response(404, "used_url"), response(410, ""), response(500, ""), response(302, ""),
        response(200, error_body("Expired url")), response(200, R"({"ok":false})"));
    CAPTURE(answer.status, answer.body);
    const auto verdict = judge_response_url(answer, now);
    REQUIRE_FALSE(verdict.has_value());
    CHECK(verdict.error().code == Errc::refused);
    CHECK(verdict.error().reason == "response_url_spent");
}

TEST_CASE("a response_url that worked says ok in one way or another", "[slack]")
{
    const auto answer =
        GENERATE(response(200, "ok"), response(200, ""), response(200, R"({"ok":true})"), response(200, "{}"));
    CHECK(judge_response_url(answer, now).has_value());
}

TEST_CASE("a rate limit does not spend a response_url", "[slack]")
{
    CHECK(judge_response_url(response(429, ""), now).error().code == Errc::rate_limited);
    CHECK(judge_response_url(response(200, error_body("rate_limited")), now).error().code == Errc::rate_limited);
}

TEST_CASE("only Slack's hosts are posted to", "[slack]")
{
    const std::string url = GENERATE(
        "https://evil.example/x", "https://hooks.slack.com.evil.example/x", "https://evil-hooks.slack.com/x",
        "https://slack.com/x", "https://hooks.slack.com:444/x", "http://hooks.slack.com/x", "https://127.0.0.1/x",
        "http://127.0.0.1:8080/x", "http://localhost/x", "https://169.254.169.254/x", "https://[::1]/x",
        "ftp://hooks.slack.com/x");
    CAPTURE(url);
    const auto target = response_target(Secret{url}, origin(slack_api));
    REQUIRE_FALSE(target.has_value());
    CHECK(target.error().code == Errc::refused);
    CHECK(target.error().reason == "response_url_host");
}

TEST_CASE("a response_url with a user, a fragment or no path is invalid", "[slack]")
{
    const std::string url = GENERATE(
        "https://u:p@hooks.slack.com/x", "https://hooks.slack.com@evil.example/x", "https://hooks.slack.com/x#y",
        "https://hooks.slack.com", "https://hooks.slack.com/", "hooks.slack.com/x", "//hooks.slack.com/x", "/x", "",
        "https://hooks.slack.com/\r\nHost: evil.example", "mailto:a@b.c");
    CAPTURE(url);
    const auto target = response_target(Secret{url}, origin(slack_api));
    REQUIRE_FALSE(target.has_value());
    CHECK(target.error().reason == "response_url_invalid");
}

TEST_CASE("a response_url of Slack's keeps its path and query secret", "[slack]")
{
    const auto target = response_target(Secret{"https://HOOKS.slack.com/commands/T1/2/Abc%2F?x=1"}, origin(slack_api));
    REQUIRE(target.has_value());
    CHECK(target->first.host == "hooks.slack.com");
    CHECK(target->first.path == "/");
    CHECK(target->second.expose() == "commands/T1/2/Abc%2F?x=1");
    CHECK(response_target(Secret{"https://hooks.slack-gov.com/x"}, origin(slack_api)).has_value());
}

TEST_CASE("this machine is posted to only when the API is on it", "[slack]")
{
    const auto api = origin("http://127.0.0.1:9000/api/");
    const auto target = response_target(Secret{"http://localhost:9001/x"}, api);
    REQUIRE(target.has_value());
    CHECK(target->first.port == "9001");
    CHECK(response_target(Secret{"http://[::1]:9001/x"}, api).has_value());
    CHECK(response_target(Secret{"https://hooks.slack.com/x"}, api).has_value());
    CHECK_FALSE(response_target(Secret{"https://evil.example/x"}, api).has_value());
    CHECK_FALSE(response_target(Secret{"https://10.0.0.1/x"}, api).has_value());
}

// --- pacing ---

const SteadyTime moment{std::chrono::hours{1}};

TEST_CASE("a wait is rounded up to whole seconds and ends", "[slack]")
{
    Pacing pacing;
    CHECK_FALSE(pacing.wait_for("a", moment));
    pacing.hold("a", moment + Milliseconds{1500}, moment);
    CHECK(pacing.wait_for("a", moment) == std::chrono::seconds{2});
    CHECK(pacing.wait_for("a", moment + Milliseconds{1499}) == std::chrono::seconds{1});
    CHECK_FALSE(pacing.wait_for("a", moment + Milliseconds{1500}));
    CHECK_FALSE(pacing.wait_for("b", moment));
}

TEST_CASE("a wait is never shortened", "[slack]")
{
    Pacing pacing;
    pacing.hold("a", moment + std::chrono::seconds{30}, moment);
    pacing.hold("a", moment + std::chrono::seconds{1}, moment);
    CHECK(pacing.wait_for("a", moment) == std::chrono::seconds{30});
}

TEST_CASE("names that are free again are forgotten", "[slack]")
{
    Pacing pacing;
    for (int i = 0; i < 1000; ++i) pacing.hold(std::to_string(i), moment + Milliseconds{1}, moment);
    pacing.hold("late", moment + std::chrono::seconds{9}, moment + Milliseconds{5});
    CHECK(pacing.size() == 1);
}

TEST_CASE("what went wrong is named by the status or by what was missing", "[slack]")
{
    CHECK(problem_of(response(502, R"({"ok":true})"), Idempotency::once).reason == "http_502");
    CHECK(problem_of(response(500, R"({"ok":true})"), Idempotency::once).reason == "http_500");
    CHECK(
        problem_of(response(499, R"({"ok":false,"error":"invalid_auth"})"), Idempotency::once).code == Errc::forbidden);
    CHECK(problem_of(response(200, "[]"), Idempotency::once).reason == "no_json");
    CHECK(problem_of(response(200, "{}"), Idempotency::once).reason == "no_ok");
    CHECK(problem_of(response(429, ""), Idempotency::once).reason == "ratelimited");
    CHECK(problem_of(response(200, error_body("fatal_error")), Idempotency::once).reason == "fatal_error");
    CHECK(judge_failure(Problem{Errc::answer_lost, "deadline"}, Idempotency::once).reason == "deadline");
}

TEST_CASE("a limit of our own is passed on as it is", "[slack]")
{
    const Problem paced{Errc::rate_limited, "paced", std::chrono::seconds{7}};
    for (const auto idempotency : {Idempotency::once, Idempotency::idempotent})
    {
        CHECK(judge_failure(paced, idempotency).code == Errc::rate_limited);
        CHECK(judge_failure(paced, idempotency).retry_after == std::chrono::seconds{7});
    }
}

TEST_CASE("every 2xx of a response_url is success, its neighbours are not", "[slack]")
{
    CHECK(judge_response_url(response(200, "ok"), now).has_value());
    CHECK(judge_response_url(response(299, "ok"), now).has_value());
    CHECK_FALSE(judge_response_url(response(199, "ok"), now).has_value());
    CHECK_FALSE(judge_response_url(response(300, "ok"), now).has_value());
    CHECK(judge_response_url(response(200, R"({"ok":"no"})"), now).has_value());
}

TEST_CASE("what is still held is not forgotten, however many there are", "[slack]")
{
    Pacing pacing;
    for (int i = 0; i < 999; ++i) pacing.hold(std::to_string(i), moment + Milliseconds{1}, moment);
    pacing.hold("held", moment + std::chrono::seconds{9}, moment);
    CHECK(pacing.size() == 1000);
    pacing.hold("late", moment + std::chrono::seconds{9}, moment + Milliseconds{1});
    CHECK(pacing.size() == 2);
    CHECK(pacing.wait_for("held", moment) == std::chrono::seconds{9});
}
