#pragma once

#include "handlers/effects/running.hpp"
#include "handlers/model/job_payload.hpp"

namespace countersign::effects {

// Makes the card show the request as it stands: posts it, or edits it in place. Level-triggered: it draws what the
// ledger says now, so late, repeated and swapped runs end in the same card. A card that was deleted is posted again,
// also when its request has ended: where it was asked for its end can be read.
boost::asio::awaitable<JobResult> draw_card(Running running, Redraw why);

// What Slack says of a card.
struct CardStanding
{
    std::optional<Post> card;  // absent: it was not posted, or nobody knows yet
    bool is_gone = false;      // it was, and is not there any more

    bool stands() const { return card && !is_gone; }
};

// Before something is said below it: draws the card as it stands, so that Slack says whether it is there.
boost::asio::awaitable<Outcome<CardStanding>> look_for_card(const Services& services, Request request);

// What is to be said below a card waits until there is one; one that is gone is posted again.
boost::asio::awaitable<JobResult> wait_for_card(Running running, bool is_gone);

// One direct message to the requester, once the request has ended; edited in place while the password waits to be
// shown, and when it was. Where Slack refuses it, the requester is told by other ways: see other_ways.hpp.
boost::asio::awaitable<JobResult> tell_requester(Running running);

// One message in the audit channel, once the request has ended.
boost::asio::awaitable<JobResult> announce(Running running);

// What became of the steps after the change: one reply under the card, edited in place; again under a card that was
// posted anew.
boost::asio::awaitable<JobResult> report_after_care(Running running);

}  // namespace countersign::effects
