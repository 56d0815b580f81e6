#include "auth0/token_cache.hpp"

#include "auth0/error_answer.hpp"
#include "auth0/response_body.hpp"
#include "auth0/time_budget.hpp"
#include "handlers/core/log.hpp"
#include "handlers/core/secret_text.hpp"
#include "handlers/core/wiped_json.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>

namespace countersign::auth0 {

namespace asio = boost::asio;

namespace {

using std::chrono::seconds;

constexpr seconds refusal_remembered{30};
constexpr seconds margin_max{60};
constexpr std::int64_t lifetime_max_s = 2'592'000;  // the most that a tenant can configure
// For an answer without `expires_in`, which RFC 6749 section 5.1 only recommends.
constexpr std::int64_t lifetime_unstated_s = 600;

Milliseconds lifetime_in(const boost::json::value& answer)
{
    const std::int64_t lifetime = JsonReader{answer}.integer("expires_in").value_or(lifetime_unstated_s);
    return seconds{std::clamp<std::int64_t>(lifetime, 0, lifetime_max_s)};
}

}  // namespace

// One request for a token, and those who wait for it. The timer never expires: it is the condition they wait on.
struct TokenCache::Flight
{
    explicit Flight(const asio::any_io_executor& executor) : landing{executor, asio::steady_timer::time_point::max()} {}

    asio::steady_timer landing;
    bool landed = false;
    std::optional<Secret> token;
    std::optional<Problem> problem;  // neither: its caller was cancelled, or the client threw
};

// Wakes those who wait, however the request ends. Touches nothing but the flight: a frame that is destroyed at
// shutdown may outlive the cache.
class TokenCache::Landing
{
public:
    explicit Landing(std::shared_ptr<Flight> flight) : flight_{std::move(flight)} {}
    Landing(const Landing&) = delete;
    Landing& operator=(const Landing&) = delete;
    ~Landing()
    {
        flight_->landed = true;
        flight_->landing.cancel();
    }

private:
    std::shared_ptr<Flight> flight_;
};

TokenCache::TokenCache(const Auth0Settings& settings, http::Client& client, const Clock& clock)
    : settings_{settings},
      client_{client},
      clock_{clock}
{}

asio::awaitable<Outcome<Secret>> TokenCache::get()
{
    const auto executor = co_await asio::this_coro::executor;
    for (;;)
    {
        const SteadyTime now = clock_.steady();
        if (token_ && now < refresh_at_) co_return token_->duplicate();
        if (const auto closed = door_.closed(now)) co_return *closed;
        if (!flight_ || flight_->landed)
        {
            flight_ = std::make_shared<Flight>(executor);
            std::shared_ptr<Flight> flight = flight_;
            co_return co_await fetch(std::move(flight));
        }

        const std::shared_ptr<Flight> flight = flight_;
        boost::system::error_code woken;
        co_await flight->landing.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        if (!flight->landed) throw boost::system::system_error{asio::error::operation_aborted};
        if (flight->token) co_return flight->token->duplicate();
        if (flight->problem) co_return *flight->problem;
    }
}

void TokenCache::invalidate(const Secret& token) noexcept
{
    if (token_ && token_->matches(token.expose())) token_.reset();
}

asio::awaitable<Outcome<Secret>> TokenCache::fetch(std::shared_ptr<Flight> flight)
{
    const Landing landing{flight};
    http::ClientRequest request = token_request();
    Outcome<http::ClientResponse> response = co_await client_.send(std::move(request));

    Outcome<Secret> token = response ? accept(*response) : exchange_problem(response.error(), Effect::none);
    if (token)
    {
        flight->token = token->duplicate();
    }
    else
    {
        flight->problem = token.error();
        remember(token.error());
    }
    co_return token;
}

// Form-encoded: the official form. The audience is the canonical host's, also where another host is called.
http::ClientRequest TokenCache::token_request() const
{
    const std::string audience = "https://" + settings_.domain + "/api/v2/";
    const std::string_view secret = settings_.client_secret.expose();
    SecretText form{128 + SecretText::form_bytes_each * (settings_.client_id.size() + secret.size() + audience.size())};
    form.put("grant_type=client_credentials&client_id=").form_value(settings_.client_id);
    form.put("&client_secret=").form_value(secret);
    form.put("&audience=").form_value(audience);

    http::ClientRequest request{http::Method::post, settings_.origin, "oauth/token", token_deadline};
    request.headers.emplace_back("Accept", "application/json");
    request.content_type = "application/x-www-form-urlencoded";
    request.body = form.secret();
    return request;
}

Outcome<Secret> TokenCache::accept(http::ClientResponse& response)
{
    if (response.status != 200)
    {
        Problem problem = token_problem(response, clock_.now());
        log::warn(
            "auth0_token_refused",
            {{"status", response.status}, {"reason", problem.reason}, {"code", error_code_in(response)}});
        wipe(response.body);
        return problem;
    }

    const auto answer = parse_wiped(response.body);
    wipe(response.body);
    const std::string_view text = answer ? JsonReader{*answer}.text_view("access_token") : std::string_view{};
    if (text.empty()) return unreadable_answer(Effect::none);

    const Milliseconds lifetime = lifetime_in(*answer);
    refresh_at_ = clock_.steady() + lifetime - std::min<Milliseconds>(margin_max, lifetime / 10);
    token_.emplace(text);
    door_.open();
    return Secret{text};
}

void TokenCache::remember(const Problem& problem)
{
    const SteadyTime now = clock_.steady();
    if (problem.code == Errc::forbidden) door_.close(problem, now, refusal_remembered);
    if (problem.code == Errc::rate_limited && problem.retry_after) door_.close(problem, now, *problem.retry_after);
}

}  // namespace countersign::auth0
