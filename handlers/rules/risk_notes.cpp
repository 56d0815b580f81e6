#include "handlers/rules/risk_notes.hpp"

#include <algorithm>
#include <map>

namespace countersign::rules {

RiskNote risk_note_of(std::string_view code, std::string detail)
{
    return RiskNote{std::string{code}, std::move(detail)};
}

std::vector<RiskNote> account_risk_notes(
    const Request& request, const std::optional<Request>& last_change, TimePoint now)
{
    std::vector<RiskNote> risk_notes;
    if (!request.account) return risk_notes;
    const Account& account = *request.account;
    if (account.blocked && row_of(operation_of(request)).keeps_block)
        risk_notes.push_back(risk_note_of(risk_code::blocked));
    const auto& reset = account.last_password_reset;
    if (reset && now - *reset < reset_lately_within)
        risk_notes.push_back(risk_note_of(risk_code::reset_lately, std::to_string(to_unix_ms(*reset))));
    if (last_change && last_change->account)
    {
        const Account& before = *last_change->account;
        if (before.email != account.email) risk_notes.push_back(risk_note_of(risk_code::email_changed));
        if (before.phone_number != account.phone_number) risk_notes.push_back(risk_note_of(risk_code::phone_changed));
    }
    if (!account.email_verified) risk_notes.push_back(risk_note_of(risk_code::not_verified));
    // To be expected before a first password.
    if (!account.has_signed_in() && !row_of(request.purpose).is_first)
        risk_notes.push_back(risk_note_of(risk_code::never_signed_in));
    if (!request.lookalikes.empty())
        risk_notes.push_back(risk_note_of(risk_code::other_accounts, std::to_string(request.lookalikes.size())));
    return risk_notes;
}

DecidedFor decided_by(const SlackUserId& who, const std::vector<Decision>& deciders)
{
    const auto often = std::count_if(
        deciders.begin(), deciders.end(), [&who](const Decision& decision) { return decision.by == who; });
    return DecidedFor{who, static_cast<int>(often), static_cast<int>(deciders.size())};
}

std::optional<DecidedFor> usual_decider(const std::vector<Decision>& deciders)
{
    std::map<SlackUserId, int> decided;
    for (const Decision& decision : deciders) ++decided[decision.by];
    for (const auto& [who, often] : decided)
    {
        DecidedFor usual{who, often, static_cast<int>(deciders.size())};
        if (usual.is_most()) return usual;
    }
    return std::nullopt;
}

std::vector<RiskNote> decider_risk_notes(const std::optional<DecidedFor>& usual, const DecidedFor& back)
{
    if (!usual) return {};
    const auto counted = [](const DecidedFor& decided) {
        return std::to_string(decided.often) + " " + std::to_string(decided.all);
    };
    const std::string detail = usual->by.str() + " " + counted(*usual);
    if (back.is_most() && usual->often + back.often >= same_decider_from)
        return {risk_note_of(risk_code::each_other, detail + " " + counted(back))};
    if (usual->often >= same_decider_from) return {risk_note_of(risk_code::same_decider, detail)};
    return {};
}

std::vector<RiskNote> doubts_about_person(const std::vector<RiskNote>& risk_notes)
{
    std::vector<RiskNote> doubts;
    for (const RiskNote& each : risk_notes)
        if (each.code == risk_code::email_changed || each.code == risk_code::phone_changed) doubts.push_back(each);
    return doubts;
}

void note_unchecked(Request& request, const Result<Member>& who, OwnAccountCheck check)
{
    const bool is_compared = who && who->email;
    if (is_compared || check == OwnAccountCheck::refuse) return;
    const bool is_noted = std::any_of(request.risk_notes.begin(), request.risk_notes.end(), [](const RiskNote& each) {
        return each.code == risk_code::own_account_unchecked;
    });
    if (!is_noted) request.risk_notes.push_back(risk_note_of(risk_code::own_account_unchecked));
}

}  // namespace countersign::rules
