#include "handlers/views/waiting_view.hpp"

#include "handlers/slack/block_kit.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/requester_line.hpp"

namespace countersign::views {

namespace {

boost::json::object view_of(
    const Request& request, std::string title, std::string_view words, const std::vector<slack::Element>& buttons)
{
    slack::Modal modal;
    modal.callback_id = std::string{::countersign::waiting_view};
    modal.title = std::move(title);
    modal.blocks = {slack::section(slack::Mrkdwn{words})};
    if (!buttons.empty()) modal.blocks.push_back(slack::actions("request", buttons));
    modal.close = "Close";
    modal.external_id = request.id.str();
    // What is pressed in it is known to be about this window.
    modal.private_metadata = request.id.str();
    return slack::modal(modal);
}

}  // namespace

boost::json::object waiting_view(const Request& request)
{
    return view_of(
        request, "Looking up…",
        "Looking up " + slack::code_span(request.email.str()) +
            " in Auth0. This window changes by itself. If you close it, you are told in a direct message.\nRequest `" +
            request.id.str() + "`",
        {});
}

boost::json::object result_view(const Request& request, const Settings& settings)
{
    std::string title = request.state == State::unknown ? "Outcome unknown" : "Nothing was changed";
    if (request.state == State::pending)
        title = "A team lead is asked";
    else if (request.is_open() || request.state == State::changed)
        title = "Request";
    return view_of(request, std::move(title), requester_words(request, settings), requester_buttons(request));
}

}  // namespace countersign::views
