#include "handlers/views/not_now.hpp"

#include "handlers/slack/block_kit.hpp"

namespace countersign::views {

namespace {

constexpr std::size_t reason_units_max = 600;

std::string requests(int number) { return std::to_string(number) + (number == 1 ? " request" : " requests"); }

std::string who_reached(const rules::ReachedLimit& limit)
{
    const int made = limit.window.requests;
    const std::string within = limit.window.length == std::chrono::hours{1} ? " within an hour" : " within 24 hours";
    switch (limit.of)
    {
    case RequestWindow::Of::person: return "You may make " + requests(made) + within + ", and you have.";
    case RequestWindow::Of::account:
        return "There may be " + requests(made) + " for one account" + within + ", and there " +
            (made == 1 ? "was." : "were.");
    case RequestWindow::Of::look_ups:
        return "You may have " + std::to_string(made) + " addresses looked up" + within +
            ", found or not, and you have.";
    case RequestWindow::Of::everybody: break;
    }
    return "All people together may make " + requests(made) + within + ", and they have.";
}

}  // namespace

std::string frozen(const Freeze& freeze)
{
    std::string words = "*Frozen* by " + slack::mention(freeze.by) + " since " + slack::date(freeze.since) + ": " +
        slack::code_span(freeze.reason, reason_units_max) +
        ". No password is set or shown until two approvers have "
        "released it";
    if (freeze.releases.empty()) return words + "; nobody has yet.";
    return words + "; " + slack::mention(freeze.releases.front().by) + " has, so that one more is needed.";
}

Refusal frozen_refusal(const Freeze& freeze) { return Refusal{"frozen", frozen(freeze)}; }

Refusal limit_refusal(const rules::ReachedLimit& limit)
{
    Refusal refusal{
        rules::name_of(limit.of),
        who_reached(limit) + " The next one is possible from " + slack::date(limit.window.until) + " on."};
    refusal.again_at = limit.window.until;
    return refusal;
}

}  // namespace countersign::views
