#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace countersign::test {

inline const TimePoint drawn_at = from_unix_ms(1'763'800'000'000);

inline const std::vector<State> every_state = {State::looking_up, State::choosing, State::pending, State::approved,
                                               State::executing,  State::checking, State::changed, State::denied,
                                               State::cancelled,  State::expired,  State::refused, State::failed,
                                               State::unknown};

inline Settings sample_settings()
{
    Settings settings{{SlackTeamId{"T1"}}, ChannelId{"C0APPROVE"}, ChannelId{"C0AUDIT"}};
    settings.verification.methods = {{"call_back", "Called back at the number on record"}};
    settings.approval.approvers.groups = {SlackGroupId{"S0LEADS"}};
    settings.approval.approvers.users = {SlackUserId{"U0LEA"}};
    settings.approval.escalate_to.groups = {SlackGroupId{"S0MANAGERS"}};
    return settings;
}

// A request as it reaches an approver, complete.
inline Request sample_request(State state = State::pending)
{
    Request request{
        RequestId{"cs-7k3m9p2xq4ab"}, SlackUserId{"U0ADA"}, Email{"ada@acme.example"}, std::nullopt, drawn_at};
    request.state = state;
    request.asked = true;
    request.reason = "locked out since Monday";
    request.case_number = "CS-1815";
    request.verification = Verification{"call_back", "spoke with Ada herself"};
    request.expires_at = drawn_at + std::chrono::hours{4};
    request.connection = "Username-Password-Authentication";
    Account account{Auth0UserId{"auth0|1815"}};
    account.email = "ada@acme.example";
    account.email_verified = true;
    account.given_name = "Ada";
    account.family_name = "Byron";
    account.phone_number = "+44 20 7946 0018";
    account.logins_count = 7;
    account.created_at = drawn_at - std::chrono::hours{24 * 300};
    account.last_login = drawn_at - std::chrono::hours{50};
    account.last_password_reset = drawn_at - std::chrono::hours{24 * 90};
    account.database_connections = {"Username-Password-Authentication"};
    request.account = account;
    const Decision lea{SlackUserId{"U0LEA"}, drawn_at + std::chrono::minutes{3}};
    switch (state)
    {
    case State::denied:
        request.decision = lea;
        request.denial_reason = "the number on record was changed yesterday";
        break;
    case State::cancelled: request.decision = Decision{request.requester, lea.at}; break;
    case State::approved:
    case State::executing:
    case State::checking:
    case State::changed:
    case State::failed:
    case State::unknown:
        request.approvals = {lea};
        request.decision = lea;
        break;
    default: break;
    }
    if (state == State::failed) request.ending = Ending::password_too_weak;
    if (state == State::unknown) request.ending = Ending::answer_lost;
    request.updated_at = drawn_at + std::chrono::minutes{4};
    return request;
}

// Names, reasons and ids as long and as hostile as they come.
inline Request hostile_request(State state = State::pending)
{
    Request request = sample_request(state);
    std::string name;
    for (int i = 0; i < 100; ++i) name += "\U0001F980<&";
    const std::string shout = "<!channel> \u202egnp.exe <https://evil.example|portal> `code` *bold*\n> quote ";
    request.account->given_name = name;
    request.account->family_name = "\U0001F469\u200d\U0001F52C " + shout;
    request.names = GivenNames{std::string(150, '<'), std::string(150, '&')};
    request.account->database_connections = {std::string(400, '&')};
    request.account->phone_number = std::string(200, '<');
    request.connection = std::string(400, '&');
    request.reason = shout + std::string(400, '<');
    request.denial_reason = shout + std::string(400, '>');
    request.case_number = std::string(64, '<');
    request.verification = Verification{std::string(200, '<'), shout + std::string(200, '&')};
    request.lookalikes = {std::string(5000, '>')};
    request.tier = std::string(500, '<');
    request.ending_detail = std::string(600, 'x');
    request.email = Email{std::string(64, 'a') + "@" + std::string(180, 'b') + ".example"};
    // More than a card has room for. Not many more: what is left out is found one by one, and every view is drawn
    // often.
    for (int i = 0; i < 32; ++i)
        request.risk_notes.push_back(RiskNote{"of_another_version_" + std::string(200, '<'), {}});
    return request;
}

}  // namespace countersign::test
