#include "handlers/views/facts.hpp"

#include "handlers/views/words.hpp"

#include <algorithm>

namespace countersign::views {

namespace {

constexpr std::size_t name_units_max = 120;
constexpr std::size_t reason_units_max = 700;
constexpr std::size_t note_units_max = 400;
constexpr std::size_t list_units_max = 600;

}  // namespace

std::string person(const Request& request)
{
    const std::string both = request.given_name() + " " + request.family_name();
    if (both.size() > 1) return slack::code_span(both, name_units_max);
    return request.account ? slack::code_span(request.account->name, name_units_max) : "somebody without a name";
}

std::string_view kind(const Request& request) noexcept
{
    if (request.purpose == Purpose::reset) return "password reset";
    return request.account ? "first password" : "new account";
}

std::string_view format_words(PasswordFormat format) noexcept
{
    switch (format)
    {
    case PasswordFormat::sop: return "the standard format";
    case PasswordFormat::passphrase: return "a passphrase";
    case PasswordFormat::ticket: return "a password-change link for the customer";
    }
    return "a password";
}

std::string verification(const Request& request, const Settings& settings)
{
    if (!request.verification) return "_nothing recorded_";
    const auto& methods = settings.verification.methods;
    const auto method = std::find_if(methods.begin(), methods.end(), [&](const VerificationMethod& each) {
        return each.id == request.verification->method;
    });
    // A method that the configuration has no longer is shown by its id.
    std::string words = method == methods.end() ? slack::code_span(request.verification->method, 80)
                                                : slack::escape_mrkdwn(method->label, 150);
    if (!request.verification->note.empty())
        words += "\n" + slack::code_span(request.verification->note, note_units_max);
    return words;
}

std::string duration(std::chrono::seconds length)
{
    const auto words = [](long long number, const char* unit) {
        return std::to_string(number) + " " + unit + (number == 1 ? "" : "s");
    };
    const long long minutes = std::max<long long>(1, std::chrono::ceil<std::chrono::minutes>(length).count());
    if (minutes % (24 * 60) == 0) return words(minutes / (24 * 60), "day");
    if (minutes % 60 == 0) return words(minutes / 60, "hour");
    return words(minutes, "minute");
}

std::string ending_sentences(const Request& request)
{
    std::string words{ending_words(request.ending)};
    if (!request.ending_detail.empty()) words += " " + request.ending_detail;
    return words;
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
