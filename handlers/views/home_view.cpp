#include "handlers/views/home_view.hpp"

#include "handlers/rules/permissions.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/freeze_view.hpp"
#include "handlers/views/help.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/outcome.hpp"
#include "handlers/views/words.hpp"

#include <algorithm>
#include <iterator>

namespace countersign::views {

namespace {

using Blocks = std::vector<slack::Block>;

void append(Blocks& blocks, Blocks more)
{
    blocks.insert(blocks.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// Two lines: what it is about, and how it stands.
slack::Block line_of(const Request& request, const std::string& about, std::string_view action, std::string text)
{
    slack::Section section;
    section.text.emplace(slack::Mrkdwn{
        "*" + std::string{state_word(request.state)} + "* · " + std::string{kind(request)} + " for " + about +
        "\nAsked " + slack::date(request.created_at) + " by " + slack::mention(request.requester) + " · " +
        reference(request)});
    section.accessory = request_button(action, std::move(text), request);
    return slack::section(section);
}

std::size_t shown(const std::vector<Request>& requests)
{
    return std::min(requests.size(), static_cast<std::size_t>(home_page_size));
}

Blocks waiting_list(const HomeContent& content, const Settings& settings, std::string_view why)
{
    Blocks blocks{slack::header("Waiting for a team lead")};
    if (content.waiting.empty()) blocks.push_back(slack::section(slack::Mrkdwn{"Nothing waits."}));
    for (std::size_t i = 0; i < shown(content.waiting); ++i)
    {
        const Request& request = content.waiting[i];
        std::string about = address(request, Visibility::whole);
        if (request.requester == content.user) about += " (your own: somebody else decides)";
        blocks.push_back(line_of(request, about, details_action, "Details"));
    }
    if (!content.waiting.empty())
        blocks.push_back(slack::context({slack::Mrkdwn{
            "Decide on the cards in <#" + settings.approvals.str() + ">. You see this because " + std::string{why} +
            "."}}));
    return blocks;
}

Blocks own_list(const HomeContent& content)
{
    Blocks blocks{slack::header("Your requests")};
    if (content.own.empty()) blocks.push_back(slack::section(slack::Mrkdwn{"You have asked for nothing yet."}));
    for (std::size_t i = 0; i < shown(content.own); ++i)
    {
        const Request& request = content.own[i];
        blocks.push_back(line_of(request, address(request, Visibility::whole), details_action, "Details"));
        std::vector<slack::Element> buttons;
        if (content.shown_here.contains(request.id)) buttons.push_back(show_button(request));
        if (request.state == State::choosing) buttons.push_back(request_button(complete_action, "Continue…", request));
        if (request.state == State::pending) buttons.push_back(request_button(remind_action, "Remind", request));
        if (next(request.state, Event::cancel))
            buttons.push_back(request_button(cancel_action, "Cancel request", request));
        if (!buttons.empty()) blocks.push_back(slack::actions("own-" + request.id.str(), buttons));
    }
    return blocks;
}

Blocks ended_list(const HomeContent& content)
{
    Blocks blocks{slack::header("Ended in the last 7 days")};
    if (content.ended.empty()) blocks.push_back(slack::section(slack::Mrkdwn{"Nothing ended."}));
    for (std::size_t i = 0; i < shown(content.ended); ++i)
        blocks.push_back(
            line_of(content.ended[i], address(content.ended[i], Visibility::masked), details_action, "Details"));
    return blocks;
}

// Buttons to the other pages; they turn all lists at once.
Blocks page_buttons(const HomeContent& content)
{
    const auto is_long = [](const std::vector<Request>& list) { return list.size() > home_page_size; };
    const bool has_more = is_long(content.waiting) || is_long(content.own) || is_long(content.ended);
    std::vector<slack::Element> buttons;
    const auto to = [&](std::int64_t page, const char* text) {
        const std::string_view action = page < content.page ? page_back_action : page_on_action;
        slack::Button button{std::string{action}, text, std::to_string(page)};
        buttons.push_back(slack::button(button));
    };
    if (content.page > 0) to(content.page - 1, "Previous");
    if (has_more) to(content.page + 1, "Next");
    if (buttons.empty()) return {};
    return {slack::actions("pages", buttons)};
}

slack::Block new_request()
{
    slack::Button button{std::string{new_action}, "New request"};
    button.style = slack::Style::primary;
    button.accessibility_label = "New request for a password";
    return slack::actions("new", {slack::button(button)});
}

}  // namespace

boost::json::object home(const HomeContent& content, const Settings& settings)
{
    const bool asks = !rules::purposes_of(content.who).empty();
    const bool decides = !rules::may_freeze(content.who);
    const bool reviews = !rules::may_review(content.who);
    const bool decides_late = content.who && content.who->holds(Role::escalation);
    Blocks blocks{slack::header("Countersign"), slack::section(slack::Mrkdwn{rights_words(content.who)})};
    if (asks || decides || reviews || decides_late)
    {
        append(blocks, freeze_banner(content.freeze, decides));
        if (asks) blocks.push_back(new_request());
        if (decides)
            append(blocks, waiting_list(content, settings, "you are in the approvers group"));
        else if (decides_late)
            append(blocks, waiting_list(content, settings, "it was passed on to your group"));
        if (asks || !content.own.empty()) append(blocks, own_list(content));
        if (reviews) append(blocks, ended_list(content));
        append(blocks, page_buttons(content));
    }
    blocks.push_back(slack::divider());
    blocks.push_back(slack::section(slack::Mrkdwn{help_words(settings)}));
    return slack::home(blocks, "home");
}

}  // namespace countersign::views
