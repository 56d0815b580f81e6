#include "handlers/views/deny_form.hpp"

#include "handlers/slack/block_kit.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/facts.hpp"

namespace countersign::views {

boost::json::object deny_form(const Request& request)
{
    slack::TextInput reason{"text"};
    reason.multiline = true;
    reason.focus_on_load = true;
    reason.min_length = 1;
    reason.max_length = reason_units_max;
    reason.placeholder = "For example: the caller could not be verified";
    slack::Input input{std::string{denial_block}, "Why do you deny it?", slack::plain_text_input(reason)};
    input.hint = "The requester is shown your words, and they stand in the request's details.";

    slack::Modal modal;
    modal.callback_id = std::string{countersign::deny_form};
    modal.title = "Deny this request?";
    modal.blocks = {
        slack::section(slack::Mrkdwn{
            "*" + std::string{kind(request)} + "* for " + person(request) + " (" +
            slack::code_span(request.email.str()) + "), asked for by " + slack::mention(request.requester) + " " +
            slack::date(request.created_at) + ".\nNothing is changed in Auth0, and the request is over."}),
        slack::input(input)};
    modal.submit = "Deny request";
    modal.close = "Go back";
    modal.private_metadata = request.id.str();
    return slack::modal(modal);
}

}  // namespace countersign::views
