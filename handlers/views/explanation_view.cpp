#include "handlers/views/explanation_view.hpp"

#include "handlers/slack/block_kit.hpp"
#include "handlers/views/actions.hpp"

namespace countersign::views {

boost::json::object explanation(std::string_view title, std::string_view words)
{
    slack::Modal modal;
    modal.callback_id = std::string{explanation_view};
    modal.title = std::string{title};
    modal.blocks = {slack::section(slack::Mrkdwn{words})};
    modal.close = "Close";
    return slack::modal(modal);
}

}  // namespace countersign::views
