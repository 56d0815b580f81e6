#include "handlers/views/signals.hpp"

#include "handlers/requests/signals.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/slack/payload.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <utility>

namespace countersign::views {

namespace {

using Row = std::pair<std::string_view, std::string_view>;

// Of signals that have no detail.
constexpr std::array plain = {
    Row{signal::email_changed, "The e-mail address is another than at the last change here"},
    Row{signal::phone_changed, "The telephone number is another than at the last change here"},
    Row{signal::never_signed_in, "Nobody has ever signed in to this account"},
    Row{signal::blocked, "The account is blocked by an administrator; it stays so"},
    Row{signal::not_verified, "The e-mail address is not verified"},
    Row{signal::policy_unknown, "The connection's password policy could not be checked: Auth0 may refuse the password"},
    Row{signal::custom_database, "The company's own database keeps these passwords: its script has to take the change"},
    Row{signal::own_account_unchecked,
        "Whether the account is the own one of who asked or approved could not be compared: Slack does not tell their "
        "address"},
    Row{signal::metadata_unread, "The account's metadata is too large to be read: the strictest tier was taken"},
};

std::int64_t number_in(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string decider_words(const Signal& signal)
{
    std::istringstream words{signal.detail};
    std::string who, often, all, often_back, all_back;
    words >> who >> often >> all >> often_back >> all_back;
    const std::string person = slack::is_slack_id(who) ? slack::mention(SlackUserId{who}) : slack::code_span(who);
    std::string out = person + " decided " + slack::escape_mrkdwn(often) + " of this requester's last " +
        slack::escape_mrkdwn(all) + " requests within 30 days";
    if (signal.code == signal::each_other)
        out += ", and this requester " + slack::escape_mrkdwn(often_back) + " of the last " +
            slack::escape_mrkdwn(all_back) + " of theirs";
    return out;
}

}  // namespace

std::string signal_words(const Signal& signal)
{
    for (const auto& [code, words] : plain)
        if (code == signal.code) return std::string{words};
    if (signal.code == signal::reset_lately)
        return "The password was changed within the last 7 days: " +
            slack::date(from_unix_ms(number_in(signal.detail)));
    if (signal.code == signal::other_accounts)
        return "Other accounts with this address: " + std::to_string(number_in(signal.detail));
    if (signal.code == signal::many_requests)
        return "Request number " + std::to_string(number_in(signal.detail)) + " of this person within 24 hours";
    if (signal.code == signal::same_decider || signal.code == signal::each_other) return decider_words(signal);
    return "A signal of another version: " + slack::code_span(signal.code, 60);
}

std::string signal_list(const std::vector<Signal>& signals)
{
    std::string list;
    for (const Signal& signal : signals) list += (list.empty() ? "• " : "\n• ") + signal_words(signal);
    return list;
}

}  // namespace countersign::views
