#include "tests/demo/page/server.hpp"

#include "tests/demo/page/acts.hpp"
#include "tests/demo/page/answers.hpp"
#include "tests/demo/page/guard.hpp"
#include "tests/demo/page/log_in.hpp"
#include "tests/demo/page/preview.hpp"
#include "tests/demo/page/workspace.hpp"
#include "tests/standins/slack/text.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>

#include <charconv>
#include <chrono>
#include <exception>
#include <optional>

namespace demo::page {

namespace asio = boost::asio;
namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s;     // of a poll without news
constexpr auto look_every = 25ms;  // a person takes less for "at once"

json::object body_of(const Request& request)
{
    json::error_code failure;
    json::value body = json::parse(request.body, failure);
    if (failure) throw Refused{400, "The body is no JSON."};
    if (!body.is_object()) throw Refused{400, "The body must be a JSON object."};
    return std::move(body.get_object());
}

std::string query_value(const Request& request, std::string_view name)
{
    const auto form = slack::parse_form(request.query());
    return form ? slack::form_value(*form, name) : std::string{};
}

std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

Server::Server(Company& company, Assets assets)
    : company_{company},
      assets_{std::move(assets)},
      ledger_{company},
      troubles_{company}
{
    company_.page = [this](Request request) { return exchange(std::move(request)); };
}

Server::~Server() { company_.page = nullptr; }

std::string Server::url() const { return company_.slack_host().base_url() + "/"; }

std::uint16_t Server::port() const { return company_.slack_host().port(); }

asio::awaitable<Exchange> Server::exchange(Request request)
{
    Exchange exchange;
    try
    {
        demand_own_page(request, port());
        Response answer = co_await route(std::move(request));
        exchange.response = std::move(answer);
    }
    catch (const Refused& refused)
    {
        exchange.response = refusal(refused.status, refused.sentence);
    }
    catch (const slack::CannotAct& impossible)
    {
        exchange.response = refusal(409, impossible.what());
    }
    catch (const std::exception& defect)
    {
        exchange.response = refusal(500, std::string{"A defect of the demo: "} + defect.what());
    }
    auto& headers = exchange.response.headers;
    headers.insert(headers.end(), guarding_headers().begin(), guarding_headers().end());
    co_return exchange;
}

asio::awaitable<Response> Server::route(Request request)
{
    const std::string what = request.method + ' ' + std::string{request.path()};
    if (what == "GET /page/api/workspace") co_return json_answer(200, describe_workspace(company_));
    if (what == "GET /page/api/person") co_return person(request);
    if (what == "GET /page/api/changes") co_return co_await changes(std::move(request));
    if (what == "POST /page/api/act") co_return co_await act(std::move(request));
    if (what == "GET /page/api/auth0") co_return auth0();
    if (what == "GET /page/api/ledger") co_return co_await ledger();
    if (what == "POST /page/api/trouble") co_return trouble(request);
    if (what == "POST /page/api/sign_in") co_return json_answer(200, sign_in(company_.auth0, body_of(request)));
    if (what == "POST /page/api/choose") co_return json_answer(200, choose_password(company_.auth0, body_of(request)));
    if (what == "POST /page/api/preview") co_return json_answer(200, preview(body_of(request)));
    if (what == "GET /") co_return file("index.html");
    if (what.starts_with("GET /page/")) co_return file(what.substr(std::string_view{"GET /page/"}.size()));
    throw Refused{404, "There is nothing at this address."};
}

Response Server::file(const std::string& path) const
{
    auto found = assets_.find(path);
    if (!found) throw Refused{404, "There is no such file."};
    return {200, {{"content-type", std::move(found->content_type)}}, std::move(found->body)};
}

Response Server::person(const Request& request) const
{
    const std::string id = query_value(request, "id");
    if (company_.slack.state().find_user(id) == nullptr) throw Refused{404, "There is nobody with this id."};
    return json_answer(200, company_.slack.snapshot(id));
}

Response Server::auth0() const
{
    json::value snapshot = json::parse(company_.auth0.snapshot(Company::now()));
    snapshot.as_object()["troubles"] = troubles_.in_force();
    return json_answer(200, snapshot.as_object());
}

asio::awaitable<Response> Server::ledger()
{
    const json::object described = co_await ledger_.describe();
    co_return json_answer(200, described);
}

Response Server::trouble(const Request& request)
{
    const std::string words = troubles_.make(body_of(request));
    return json_answer(200, json::object{{"ok", true}, {"words", words}});
}

asio::awaitable<Response> Server::act(Request request)
{
    auto delivery = page::act(company_.slack, body_of(request), Company::now());
    int status = 200;
    if (delivery)
    {
        const int answered = co_await company_.deliver(*std::move(delivery));
        status = answered;
    }
    co_return json_answer(200, json::object{{"ok", true}, {"status", status}});
}

asio::awaitable<Response> Server::changes(Request request)
{
    const auto since = number(query_value(request, "since"));
    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;)
    {
        const std::uint64_t slack = company_.slack.revision();
        const std::uint64_t auth0 = company_.auth0.revision() + troubles_.revision();
        const std::uint64_t ledger = ledger_.revision();
        const std::uint64_t revision = slack + auth0 + ledger;
        if (since != revision || std::chrono::steady_clock::now() >= until)
            co_return json_answer(
                200,
                json::object{
                    {"revision", revision},
                    {"parts", json::object{{"slack", slack}, {"auth0", auth0}, {"ledger", ledger}}}});
        asio::steady_timer pause{company_.context, look_every};
        co_await pause.async_wait(asio::use_awaitable);
    }
}

}  // namespace demo::page
