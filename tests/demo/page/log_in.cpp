#include "tests/demo/page/log_in.hpp"

#include "tests/demo/company/company.hpp"
#include "tests/demo/page/answers.hpp"

#include <string>

namespace json = boost::json;

namespace demo::page {

namespace {

std::string text(const json::object& what, const char* name)
{
    const json::value* value = what.if_contains(name);
    if (value == nullptr || !value->is_string()) throw Refused{400, std::string{"\""} + name + "\" must be a string."};
    return std::string{value->get_string().data(), value->get_string().size()};
}

std::string words_of(const auth0::Visit& visit)
{
    switch (visit.outcome)
    {
    case auth0::Login::done: return "Signed in.";
    case auth0::Login::must_change_password:
        return "This password opens one thing: the page where you choose your own.";
    case auth0::Login::denied: return visit.words;
    case auth0::Login::wrong_password: return "Wrong e-mail address or password.";
    case auth0::Login::blocked: return "This account is blocked.";
    case auth0::Login::locked: return "This account is locked after too many wrong passwords.";
    }
    return {};
}

json::object described(const auth0::Visit& visit)
{
    json::object answer{{"ok", visit.outcome == auth0::Login::done}, {"words", words_of(visit)}};
    if (visit.outcome != auth0::Login::must_change_password) return answer;
    answer["page"] = visit.page;
    answer["state"] = visit.state;
    return answer;
}

}  // namespace

json::object sign_in(auth0::Tenant& tenant, const json::object& what)
{
    return described(tenant.sign_in(text(what, "email"), text(what, "password"), Company::now()));
}

json::object choose_password(auth0::Tenant& tenant, const json::object& what)
{
    const std::string page = text(what, "page");
    const std::string state = text(what, "state");
    if (tenant.redeem_ticket(page, text(what, "password"), Company::now()))
        return described(tenant.resume(state, Company::now()));
    return json::object{
        {"ok", false},
        {"words", "The page does not take this password, or its link has been used or is over."},
        {"page", page},
        {"state", state}};
}

}  // namespace demo::page
