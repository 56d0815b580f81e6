#pragma once

#include "tests/standins/auth0/tenant.hpp"

#include <boost/json.hpp>

#include <string>
#include <string_view>

// Talking to a tenant as a client with a token would.
namespace standins::auth0::test {

namespace json = boost::json;

inline constexpr TimeMs start = 1'795'000'000'123;  // 2026-11-18

inline Options bot_options()
{
    Options options;
    ClientApp bot;
    bot.client_id = "bot";
    bot.secrets = {"bot-secret"};
    bot.scopes = all_bot_scopes();
    bot.scopes.emplace_back("delete:users");
    options.clients.push_back(bot);
    return options;
}

struct Answer
{
    int status = 0;
    json::value body;  // null when it is no JSON
    Response raw;

    std::string text(std::string_view pointer) const
    {
        json::error_code missing;
        const auto* value = body.find_pointer(pointer, missing);
        return value != nullptr && value->is_string() ? json::value_to<std::string>(*value) : std::string{};
    }
    bool has(std::string_view pointer) const
    {
        json::error_code missing;
        return body.find_pointer(pointer, missing) != nullptr;
    }
    std::string header(std::string_view name) const
    {
        for (const auto& [key, value] : raw.headers)
            if (key == name) return value;
        return {};
    }
};

Answer parsed(Response response);

class Client
{
public:
    explicit Client(Tenant& tenant, std::string client_id = "bot", std::string secret = "bot-secret");

    Answer get(std::string target) { return send("GET", std::move(target), {}); }
    Answer del(std::string target) { return send("DELETE", std::move(target), {}); }
    Answer post(std::string target, std::string body) { return send("POST", std::move(target), std::move(body)); }
    Answer patch(std::string target, std::string body) { return send("PATCH", std::move(target), std::move(body)); }
    Answer send(std::string method, std::string target, std::string body);
    // Fetches a token; the answer of /oauth/token.
    Answer log_in(std::string audience = "https://acme.eu.auth0.com/api/v2/");

    TimeMs now = start;
    std::string token;
    std::string correlation_id;

private:
    Tenant& tenant_;
    std::string client_id_;
    std::string secret_;
};

// A tenant with the database "Username-Password-Authentication" of this policy level.
struct Fixture
{
    explicit Fixture(Options options = bot_options(), const std::string& policy = "good");

    Tenant tenant;
    Client client;

    std::string add(const std::string& email, const std::string& password = "Old-Password-1");
};

}  // namespace standins::auth0::test
