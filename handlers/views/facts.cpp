#include "handlers/views/facts.hpp"

namespace countersign::views {

namespace {

constexpr std::size_t name_units_max = 120;
constexpr std::size_t reason_units_max = 700;
constexpr std::size_t list_units_max = 600;

}  // namespace

std::string person(const Request& request)
{
    if (!request.account) return "unknown";
    const Account& account = *request.account;
    const std::string both = account.given_name + " " + account.family_name;
    return slack::code_span(both.size() > 1 ? both : account.name, name_units_max);
}

slack::Mrkdwn fact(std::string_view title, std::string_view escaped_value)
{
    return slack::Mrkdwn{"*" + std::string{title} + "*\n" + std::string{escaped_value}};
}

std::string when(const std::optional<TimePoint>& at, std::string_view otherwise)
{
    return at ? slack::date(*at) : std::string{otherwise};
}

std::string reference(const Request& request) { return "`" + request.id.str() + "`"; }

std::string reason(const Request& request)
{
    return request.reason.empty() ? "_no reason given_" : slack::code_span(request.reason, reason_units_max);
}

std::string list(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : "; ") + word;
    return all.empty() ? std::string{} : slack::escape_mrkdwn(all, list_units_max);
}

}  // namespace countersign::views
