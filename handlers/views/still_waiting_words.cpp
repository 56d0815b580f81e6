#include "handlers/views/still_waiting_words.hpp"

#include "handlers/slack/block_kit.hpp"
#include "handlers/views/operation_words.hpp"

#include <algorithm>
#include <chrono>

namespace countersign::views {

namespace {

namespace json = boost::json;

// About as long as a look-up, and a change, is tried.
constexpr std::chrono::minutes look_up_tried_for{10};
constexpr std::chrono::hours change_tried_for{1};

json::object block_of(const Request& request) { return slack::context({slack::Mrkdwn{still_waiting(request)}}).json; }

}  // namespace

std::string still_waiting(const Request& request)
{
    const OperationWords words = words_of(operation_of(request));
    if (request.state == State::looking_up)
        return "Auth0 takes longer than usual to answer. Countersign goes on trying until about " +
            slack::date(request.updated_at + look_up_tried_for) + ", and tells you here how it ends.";
    if (request.state == State::checking)
        return "Auth0 takes longer than usual to answer: " + std::string{words.not_known} +
            ". Countersign goes on asking.";
    TimePoint from = request.decision ? request.decision->at : request.updated_at;
    if (request.change_from) from = std::max(from, *request.change_from);
    return "Auth0 takes longer than usual to answer: " + std::string{words.not_yet} +
        ". Countersign goes on trying until about " + slack::date(from + change_tried_for) +
        ". Nobody has to do anything.";
}

void add_still_waiting(slack::Message& message, const Request& request)
{
    message.text += "\n" + still_waiting(request);
    if (!message.blocks.empty()) message.blocks.push_back(block_of(request));
}

void add_still_waiting(json::object& modal, const Request& request)
{
    json::value* blocks = modal.if_contains("blocks");
    if (blocks != nullptr && blocks->is_array()) blocks->get_array().push_back(block_of(request));
}

}  // namespace countersign::views
