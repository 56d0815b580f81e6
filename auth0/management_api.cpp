#include "auth0/management_api.hpp"

#include "auth0/response_body.hpp"
#include "handlers/core/ascii.hpp"
#include "handlers/core/log.hpp"
#include "handlers/core/wiped_json.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <vector>

namespace countersign::auth0 {

namespace asio = boost::asio;

namespace {

// The telemetry of Auth0's SDKs, shown in the tenant's log as `auth0_client`: base64url of a JSON object.
std::string client_header()
{
    constexpr std::string_view plain = R"({"name":"countersign","version":")" COUNTERSIGN_VERSION R"("})";
    std::vector<unsigned char> encoded(4 * ((plain.size() + 2) / 3) + 1);
    const int size = EVP_EncodeBlock(
        encoded.data(), reinterpret_cast<const unsigned char*>(plain.data()), static_cast<int>(plain.size()));
    std::string text{encoded.begin(), encoded.begin() + size};
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    return text;
}

// Auth0's own id of the exchange, for its support (auth0/CONTRACT.md, "Hosts and headers").
std::string trace_id_in(const http::ClientResponse& response)
{
    for (const char* name : {"x-auth0-requestid", "ot-tracer-traceid"})
        if (const std::string_view id = response.header(name); !id.empty()) return ascii::word_of(id);
    return {};
}

// Without a token the call itself was not sent; for a change, `unreachable` says just that.
Problem no_token(const Problem& problem, Effect effect)
{
    if (effect == Effect::none || problem.code != Errc::unavailable) return problem;
    return Problem{Errc::unreachable, problem.reason};
}

Problem out_of_time(Effect effect)
{
    return Problem{effect == Effect::change ? Errc::unreachable : Errc::unavailable, "out_of_time"};
}

}  // namespace

ManagementApi::ManagementApi(const Auth0Settings& settings, http::Client& client, const Clock& clock, Sleeper& sleeper)
    : settings_{settings},
      client_{client},
      clock_{clock},
      sleeper_{sleeper},
      tokens_{settings, client, clock}
{}

asio::awaitable<Outcome<ResponseBody>> ManagementApi::get(std::string operation, std::string target, TimeBudget& budget)
{
    Call call{http::Method::get, std::move(operation), std::move(target)};
    co_return co_await perform(std::move(call), budget);
}

asio::awaitable<Outcome<ResponseBody>> ManagementApi::perform(Call call, TimeBudget& budget)
{
    for (bool token_was_refused = false;;)
    {
        const Progress progress = budget.has_answers() ? Progress::has_answers : Progress::begins;
        Pacing::Turn turn = pacing_.queue(call.priority, group_of(call.method, call.target), progress);
        const std::optional<Problem> refusal = co_await wait_for(turn, call, budget);
        if (refusal) co_return *refusal;
        if (budget.left(clock_.steady()) < TimeBudget::least) co_return out_of_time(call.effect);

        const SteadyTime began = clock_.steady();
        const Outcome<Secret> token = co_await tokens_.get();
        if (!token)
        {
            note_reach(token.error().code, began);
            co_return no_token(token.error(), call.effect);
        }
        const Milliseconds left = budget.left(clock_.steady());
        if (left <= Milliseconds{0}) co_return out_of_time(call.effect);

        http::ClientRequest request = request_for(call, *token, left);
        Outcome<http::ClientResponse> response = co_await client_.send(std::move(request));
        if (!response)
        {
            note_reach(response.error().code, began);
            const Problem problem = exchange_problem(response.error(), call.effect);
            log::warn(
                "auth0_call_unanswered",
                {{"operation", call.operation},
                 {"code", name_of(problem.code)},
                 {"correlation_id", call.correlation_id}});
            co_return problem;
        }
        if (response->status >= 500)
            reach_.failed(began, clock_.steady());
        else
            reach_.answered();
        turn.answered(*response, clock_.now(), clock_.steady());
        const bool is_new_refusal = refuses_token(*response) && !token_was_refused;
        if (!is_new_refusal && response->status != 429)
        {
            budget.answered();
            co_return read_answer(call, *response);
        }
        if (is_new_refusal) tokens_.invalidate(*token);
        token_was_refused = token_was_refused || is_new_refusal;
        wipe(response->body);
    }
}

asio::awaitable<void> ManagementApi::prepare()
{
    const auto token = co_await tokens_.get();
    static_cast<void>(token);  // the next call will see
}

// Of a call that failed: Auth0's own no is an answer.
void ManagementApi::note_reach(Errc code, SteadyTime began)
{
    const bool is_silent = code == Errc::unreachable || code == Errc::answer_lost || code == Errc::unavailable;
    if (is_silent)
        reach_.failed(began, clock_.steady());
    else
        reach_.answered();
}

// Until the tenant is thought to admit the call: nothing, or rate_limited when that would take too long.
asio::awaitable<std::optional<Problem>> ManagementApi::wait_for(
    Pacing::Turn& turn, const Call& call, TimeBudget& budget)
{
    const SteadyTime began = clock_.steady();
    for (;;)
    {
        const SteadyTime now = clock_.steady();
        const std::optional<SteadyTime> until = turn.take(now);
        if (!until) break;
        const Milliseconds wait = *until - now;
        if (wait > budget.patience_left())
        {
            Problem crowded{Errc::rate_limited, "own_pacing"};
            crowded.retry_after = std::chrono::ceil<std::chrono::seconds>(wait);
            log::warn("auth0_gives_no_room", {{"operation", call.operation}, {"correlation_id", call.correlation_id}});
            co_return crowded;
        }
        co_await sleeper_.sleep_until(*until);
        budget.waited(clock_.steady() - now);
    }
    const Milliseconds waited = clock_.steady() - began;
    if (waited >= std::chrono::seconds{1})
        log::info(
            "auth0_call_waited",
            {{"operation", call.operation}, {"ms", waited.count()}, {"correlation_id", call.correlation_id}});
    co_return std::nullopt;
}

http::ClientRequest ManagementApi::request_for(const Call& call, const Secret& token, Milliseconds left) const
{
    const bool is_read = call.method == http::Method::get;
    const Milliseconds deadline = std::min(left, is_read ? read_deadline : write_deadline);
    http::ClientRequest request{call.method, settings_.origin, call.target, deadline};
    request.headers.emplace_back("Accept", "application/json");
    request.headers.emplace_back("Auth0-Client", client_header());
    if (!call.correlation_id.empty()) request.headers.emplace_back("X-Correlation-ID", call.correlation_id);
    request.bearer = token.duplicate();
    if (call.body)
    {
        request.content_type = "application/json";
        request.body = call.body->duplicate();
    }
    return request;
}

Outcome<ResponseBody> ManagementApi::read_answer(const Call& call, http::ClientResponse& response) const
{
    if (response.status >= 200 && response.status <= 299)
    {
        Result<boost::json::value> body{boost::json::value{}};
        if (call.wants_body) body = parse_wiped(response.body);
        wipe(response.body);
        if (body) return ResponseBody{*std::move(body)};
        log::warn(
            "auth0_answer_unreadable",
            {{"operation", call.operation}, {"status", response.status}, {"correlation_id", call.correlation_id}});
        return unreadable_answer(call.effect);
    }
    Problem problem = management_problem(response, call.effect, clock_.now());
    log::warn(
        "auth0_call_refused",
        {{"operation", call.operation},
         {"status", response.status},
         {"reason", problem.reason},
         {"code", error_code_in(response)},
         {"trace_id", trace_id_in(response)},
         {"correlation_id", call.correlation_id}});
    wipe(response.body);
    return problem;
}

}  // namespace countersign::auth0
