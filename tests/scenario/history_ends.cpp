#include "tests/scenario/history_ends.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace countersign::test {

namespace json = boost::json;

namespace {

struct Row
{
    std::string action;
    std::string actor;
    std::string why;
};

// The rows of one request, or of none, in their order.
using Story = std::vector<Row>;

std::string text_at(const json::object& object, std::string_view key)
{
    const json::value* found = object.if_contains(json::string_view{key.data(), key.size()});
    return found != nullptr && found->is_string() ? std::string{found->get_string()} : std::string{};
}

std::map<std::string, Story> stories_of(World& world)
{
    std::map<std::string, Story> stories;
    for (const AuditRow& row : world.ledger().reads().audit_after(0, 10'000))
    {
        const json::value text = json::parse(row.text);
        const json::object& fields = text.as_object();
        stories[text_at(fields, "request")].push_back(
            {text_at(fields, "action"), text_at(fields, "actor"), text_at(fields.at("details").as_object(), "why")});
    }
    return stories;
}

// An end that is there when these actions stand in a story in this order. An actor or a code asks more of the last one.
struct Sign
{
    std::string_view end;
    std::vector<std::string_view> actions;
    std::string_view actor = {};
    std::string_view why = {};
};

bool fits(const Sign& sign, const Row& row)
{
    return (sign.actor.empty() || row.actor == sign.actor) && (sign.why.empty() || row.why == sign.why);
}

bool tells(const Story& story, const Sign& sign)
{
    std::size_t found = 0;
    for (const Row& row : story)
    {
        if (row.action != sign.actions[found]) continue;
        const bool is_last = found + 1 == sign.actions.size();
        if (is_last && !fits(sign, row)) continue;
        if (is_last) return true;
        ++found;
    }
    return false;
}

const std::vector<Sign>& signs()
{
    static const std::vector<Sign> all = {
        {"changed", {"password_changed"}},
        {"answer lost, then proved", {"change_answer_lost", "password_changed"}},
        {"sent again, then proved", {"change_resent", "password_changed"}},
        {"unknown", {"change_outcome_unknown"}},
        {"denied", {"request_denied"}},
        {"denied with a reason", {"request_denied"}, {}, "the caller was not verified"},
        {"expired", {"request_expired"}},
        {"cancelled", {"request_cancelled"}, cast::agent},
        {"refused", {"request_refused"}},
        {"failed", {"request_failed"}},
        {"frozen", {"frozen"}},
        {"released", {"freeze_half_released", "freeze_released"}},
        {"a request met a freeze", {"request_not_allowed"}, {}, "frozen"},
        {"an approval met a freeze", {"decision_not_accepted"}, {}, "frozen"},
        {"met a freeze, then changed", {"decision_not_accepted", "request_approved", "password_changed"}},
        {"a press to show met a freeze", {"handover_refused"}, {}, "frozen"},
        {"met a freeze, then shown", {"handover_refused", "handover_opened"}},
        {"shown", {"handover_opened"}},
        {"shown again", {"handover_opened", "handover_opened"}},
        {"pressed to show in vain", {"handover_closed", "handover_refused"}, {}, "not_ready"},
        {"not opened, then opened", {"handover_not_opened", "handover_opened"}},
        {"answer to the filling lost", {"handover_answer_lost"}},
        {"spelled", {"password_spelled"}},
        {"window closed", {"handover_window_closed"}, cast::agent},
        {"closed for good", {"handover_closed"}, cast::agent},
        {"window emptied", {"handover_closed"}, "countersign"},
        {"expired unseen", {"handover_expired"}},
        {"a late click", {"decision_not_accepted"}, {}, "decided_already"},
    };
    return all;
}

constexpr std::array seen = {
    end_seen::killed,       end_seen::killed_while_open, end_seen::resumed,    end_seen::by_form,     end_seen::window,
    end_seen::told_by_whom, end_seen::closing_lost,      end_seen::stays_shut, end_seen::opened_again};

// What twenty histories may miss, because few of them come to it.
bool is_rare(std::string_view end)
{
    constexpr std::array<std::string_view, 11> rare = {end_seen::closing_lost,
                                                       end_seen::opened_again,
                                                       end_seen::stays_shut,
                                                       "sent again, then proved",
                                                       "unknown",
                                                       "denied",
                                                       "denied with a reason",
                                                       "not opened, then opened",
                                                       "cancelled",
                                                       "expired unseen",
                                                       "failed"};
    return std::find(rare.begin(), rare.end(), end) != rare.end();
}

std::vector<std::string> every_end()
{
    std::vector<std::string> all{seen.begin(), seen.end()};
    for (const Sign& sign : signs()) all.emplace_back(sign.end);
    return all;
}

}  // namespace

Ends ends_of(World& world)
{
    Ends ends;
    for (const auto& [request, story] : stories_of(world))
        for (const Sign& sign : signs())
            if (tells(story, sign)) ends.emplace(sign.end);
    return ends;
}

void EndTally::add(const Ends& ends)
{
    ++histories_;
    for (const std::string& end : ends) ++met_[end];
}

std::string EndTally::missing() const
{
    std::string words;
    for (const std::string& end : every_end())
    {
        const bool is_asked_for = histories_ >= all_from || (histories_ >= common_from && !is_rare(end));
        if (is_asked_for && met_.count(end) == 0) words += "no history came to: " + end + "\n";
    }
    return words;
}

std::string EndTally::table() const
{
    std::string words = std::to_string(histories_) + " histories\n";
    for (const std::string& end : every_end())
    {
        const auto met = met_.find(end);
        words += std::to_string(met == met_.end() ? 0 : met->second) + "  " + end + "\n";
    }
    return words;
}

}  // namespace countersign::test
