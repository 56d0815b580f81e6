#include "handlers/views/one_moment.hpp"

#include "handlers/slack/block_kit.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/explanation_view.hpp"

namespace countersign::views {

boost::json::object one_moment(const std::string& external_id)
{
    slack::Modal modal;
    modal.callback_id = std::string{explanation_view};
    modal.title = "One moment…";
    modal.blocks = {slack::section(
        slack::Mrkdwn{"I am asking Slack who you are and what you may do. This window changes by itself."})};
    modal.close = "Close";
    modal.external_id = external_id;
    return slack::modal(modal);
}

boost::json::object said_in_note()
{
    return explanation("See the message", "What became of it stands in a message that only you can see.");
}

boost::json::object nothing_done(const std::string& words) { return explanation("Nothing was done", words); }

slack::Message command_waits()
{
    return slack::Message{"One moment: Slack has not told me yet who you are. I go on as soon as it does."};
}

std::string form_waits()
{
    return "Slack has not told me yet who you are. Nothing was done, and what you entered stays here: please press the "
           "button again in a moment.";
}

std::string never_told()
{
    return "Nothing was done: Slack has not told me who you are, although I waited for it. Please try again in some "
           "minutes.";
}

std::string restarting()
{
    return "Nothing was done: Countersign is being restarted, and Slack had not told me yet who you are. Please try "
           "again "
           "in a minute.";
}

std::string too_many_wait()
{
    return "Nothing was done: Slack has not told me yet who you are, and many others wait for the same. Please try "
           "again in a minute.";
}

std::string not_stored()
{
    return "Nothing was done: it could not be stored at the moment. Please try again in a minute.";
}

}  // namespace countersign::views
