#include "tests/standins/tests/auth0_support.hpp"

#include <utility>

namespace standins::auth0::test {

Answer parsed(Response response)
{
    Answer answer;
    answer.status = response.status;
    json::error_code failure;
    answer.body = json::parse(response.body, failure);
    if (failure) answer.body = nullptr;
    answer.raw = std::move(response);
    return answer;
}

Client::Client(Tenant& tenant, std::string client_id, std::string secret)
    : tenant_{tenant},
      client_id_{std::move(client_id)},
      secret_{std::move(secret)}
{}

Answer Client::send(std::string method, std::string target, std::string body)
{
    Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    if (!token.empty()) request.headers.emplace_back("authorization", "Bearer " + token);
    if (!body.empty()) request.headers.emplace_back("content-type", "application/json");
    if (!correlation_id.empty()) request.headers.emplace_back("x-correlation-id", correlation_id);
    request.body = std::move(body);
    return parsed(tenant_.handle(request, now));
}

Answer Client::log_in(std::string audience)
{
    const json::object fields{
        {"grant_type", "client_credentials"},
        {"client_id", client_id_},
        {"client_secret", secret_},
        {"audience", audience}};
    Answer answer = post("/oauth/token", json::serialize(fields));
    token = answer.text("/access_token");
    return answer;
}

Fixture::Fixture(Options options, const std::string& policy) : tenant{std::move(options)}, client{tenant}
{
    ConnectionSpec database;
    database.options = R"({"passwordPolicy":")" + policy + "\"}";
    tenant.add_connection(database);
    ConnectionSpec google;
    google.name = google.strategy = "google-oauth2";
    tenant.add_connection(google);
    client.log_in();
}

std::string Fixture::add(const std::string& email, const std::string& password)
{
    UserSpec spec;
    spec.email = email;
    spec.password = password;
    return tenant.add_user(spec, start - 1000);
}

}  // namespace standins::auth0::test
