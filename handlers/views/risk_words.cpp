#include "handlers/views/risk_words.hpp"

#include "handlers/rules/risk_notes.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/slack/payload.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <utility>

namespace countersign::views {

namespace risk_code = rules::risk_code;

namespace {

using Row = std::pair<std::string_view, std::string_view>;

// Of signals that have no detail.
constexpr std::array plain = {
    Row{risk_code::email_changed, "The e-mail address is another than at the last change here"},
    Row{risk_code::phone_changed, "The telephone number is another than at the last change here"},
    Row{risk_code::never_signed_in, "Nobody has ever signed in to this account"},
    Row{risk_code::blocked, "The account is blocked by an administrator; it stays so"},
    Row{risk_code::not_verified, "The e-mail address is not verified"},
    Row{risk_code::policy_unknown,
        "The connection's password policy could not be checked: Auth0 may refuse the password"},
    Row{risk_code::custom_database,
        "The company's own database keeps these passwords: its script has to take the change"},
    Row{risk_code::own_account_unchecked,
        "Whether the account is the own one of who asked or approved could not be compared: Slack does not tell their "
        "address"},
    Row{risk_code::metadata_unread, "The account's metadata is too large to be read: the strictest tier was taken"},
};

std::int64_t number_in(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string decider_words(const RiskNote& risk)
{
    std::istringstream words{risk.detail};
    std::string who, often, all, often_back, all_back;
    words >> who >> often >> all >> often_back >> all_back;
    const std::string person = slack::is_slack_id(who) ? slack::mention(SlackUserId{who}) : slack::code_span(who);
    std::string out = person + " decided " + slack::escape_mrkdwn(often) + " of this requester's last " +
        slack::escape_mrkdwn(all) + " requests within 30 days";
    if (risk.code == risk_code::each_other)
        out += ", and this requester " + slack::escape_mrkdwn(often_back) + " of the last " +
            slack::escape_mrkdwn(all_back) + " of theirs";
    return out;
}

}  // namespace

std::string risk_words(const RiskNote& risk)
{
    for (const auto& [code, words] : plain)
        if (code == risk.code) return std::string{words};
    if (risk.code == risk_code::reset_lately)
        return "The password was changed within the last 7 days: " +
            slack::date(from_unix_ms(views::number_in(risk.detail)));
    if (risk.code == risk_code::other_accounts)
        return "Other accounts with this address: " + std::to_string(views::number_in(risk.detail));
    if (risk.code == risk_code::many_requests)
        return "Request number " + std::to_string(views::number_in(risk.detail)) + " of this person within 24 hours";
    if (risk.code == risk_code::same_decider || risk.code == risk_code::each_other) return decider_words(risk);
    return "A signal of another version: " + slack::code_span(risk.code, 60);
}

std::string risk_list(const std::vector<RiskNote>& risk_notes)
{
    std::string list;
    for (const RiskNote& risk : risk_notes) list += (list.empty() ? "• " : "\n• ") + risk_words(risk);
    return list;
}

}  // namespace countersign::views
