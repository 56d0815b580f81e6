#include "handlers/views/not_now.hpp"

#include "handlers/slack/block_kit.hpp"

namespace countersign::views {

namespace {

constexpr std::size_t reason_units_max = 600;

std::string requests(int number) { return std::to_string(number) + (number == 1 ? " request" : " requests"); }

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

std::string limit_reached(std::string_view code, const rules::FullWindow& full)
{
    const std::string window = full.length == std::chrono::hours{1} ? "an hour" : "24 hours";
    std::string words;
    if (code == "limit_person")
        words = "You may make " + requests(full.requests) + " within " + window + ", and you have.";
    else if (code == "limit_account")
        words = "There may be " + requests(full.requests) + " for one account within " + window + ", and there " +
            (full.requests == 1 ? "was." : "were.");
    else if (code == "limit_look_ups")
        words = "You may have " + std::to_string(full.requests) + " addresses looked up within " + window +
            ", found or not, and you have.";
    else
        words = "All people together may make " + requests(full.requests) + " within " + window + ", and they have.";
    return words + " The next one is possible from " + slack::date(full.until) + " on.";
}

}  // namespace countersign::views
