#include "handlers/views/facts.hpp"

#include "handlers/core/email.hpp"
#include "handlers/views/ending_words.hpp"
#include "handlers/views/operation_words.hpp"

#include <algorithm>

namespace countersign::views {

namespace {

constexpr std::size_t shown_name_units_max = 120;
constexpr std::size_t shown_reason_units_max = 700;
constexpr std::size_t shown_note_units_max = 400;
constexpr std::size_t shown_list_units_max = 600;

}  // namespace

std::string address(const Request& request, Visibility sight)
{
    return slack::code_span(sight == Visibility::masked ? mask_email(request.email) : request.email.str(), 260);
}

std::string person(const Request& request)
{
    const std::string both = request.given_name() + " " + request.family_name();
    if (both.size() > 1) return slack::code_span(both, shown_name_units_max);
    if (request.account) return slack::code_span(request.account->name, shown_name_units_max);
    return request.asked ? "somebody without a name" : "somebody whose name is not known";
}

std::string_view kind(const Request& request) noexcept
{
    const PurposeWords words = words_of(request.purpose);
    // Before the look-up nobody knows whether there is an account.
    return request.asked && request.creates_account() ? words.kind_of_new : words.kind;
}

std::string_view format_words(PasswordFormat format) noexcept
{
    switch (format)
    {
    case PasswordFormat::sop: return "the standard format";
    case PasswordFormat::passphrase: return "a passphrase";
    case PasswordFormat::link: return "a password-change link for the customer";
    }
    return "a password";
}

std::string approvers(const Request& request)
{
    std::string all;
    for (const Decision& approval : request.approvals)
        all += (all.empty() ? "" : " and ") + slack::mention(approval.by);
    // Requests of the first version had one approval, which stands in the decision alone.
    if (all.empty() && request.decision) all = slack::mention(request.decision->by);
    return all;
}

std::string verification_method(const Request& request, const Settings& settings)
{
    if (!request.verification) return "_nothing recorded_";
    const VerificationMethod* method = settings.verification.method(request.verification->method);
    if (method != nullptr) return slack::escape_mrkdwn(method->label, 150);
    return slack::code_span(request.verification->method, 80);  // not in the configuration any more
}

std::string verification(const Request& request, const Settings& settings)
{
    std::string words = verification_method(request, settings);
    if (request.verification && !request.verification->note.empty())
        words += "\n" + slack::code_span(request.verification->note, shown_note_units_max);
    return words;
}

std::string duration(std::chrono::seconds length)
{
    const auto words = [](long long number, const char* unit) {
        return std::to_string(number) + " " + unit + (number == 1 ? "" : "s");
    };
    const long long minutes = std::max<long long>(1, std::chrono::ceil<std::chrono::minutes>(length).count());
    constexpr long long day = 24LL * 60;
    if (minutes % day == 0) return words(minutes / day, "day");
    if (minutes % 60 == 0) return words(minutes / 60, "hour");
    return words(minutes, "minute");
}

std::string ending_sentences(const Request& request)
{
    std::string words{ending_words(request.ending.value())};
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
    return request.reason.empty() ? "_no reason given_" : slack::code_span(request.reason, shown_reason_units_max);
}

slack::Element request_button(std::string_view action, std::string text, const Request& request)
{
    slack::Button button{std::string{action}, std::move(text), request.id.str()};
    button.accessibility_label = button.text + ", request " + request.id.str();
    return slack::button(button);
}

std::string list(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : "; ") + word;
    return all.empty() ? std::string{} : slack::escape_mrkdwn(all, shown_list_units_max);
}

}  // namespace countersign::views
