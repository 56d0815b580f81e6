#include "auth0/change_mail.hpp"

#include "auth0/error_answer.hpp"
#include "auth0/time_budget.hpp"
#include "handlers/core/log.hpp"
#include "handlers/core/secret_text.hpp"

namespace countersign::auth0 {

namespace asio = boost::asio;

namespace {

Secret mail_body(const std::string& client_id, const Email& email, const std::string& connection)
{
    SecretText body{128 + SecretText::json_bytes_each * (client_id.size() + email.str().size() + connection.size())};
    body.put(R"({"client_id":)").json_string(client_id);
    body.put(R"(,"email":)").json_string(email.str());
    body.put(R"(,"connection":)").json_string(connection).put("}");
    return body.secret();
}

}  // namespace

asio::awaitable<Outcome<void>> request_change_mail(
    const Auth0Settings& settings, http::Client& client, const Clock& clock, Email email, std::string connection)
{
    http::ClientRequest request{http::Method::post, settings.origin, "dbconnections/change_password", write_deadline};
    request.headers.emplace_back("Accept", "*/*");  // the success is a sentence in text/html
    request.content_type = "application/json";
    request.body = mail_body(settings.client_id, email, connection);
    Outcome<http::ClientResponse> response = co_await client.send(std::move(request));
    if (!response)
    {
        const Problem problem = exchange_problem(response.error(), Effect::change);
        log::warn("auth0_call_unanswered", {{"operation", "change_mail"}, {"code", name_of(problem.code)}});
        co_return problem;
    }
    if (response->status == 200) co_return Outcome<void>{};

    const Problem problem = mail_problem(*response, clock.now());
    log::warn(
        "auth0_call_refused",
        {{"operation", "change_mail"},
         {"status", response->status},
         {"reason", problem.reason},
         {"code", error_code_in(*response)}});
    wipe(response->body);
    co_return problem;
}

}  // namespace countersign::auth0
