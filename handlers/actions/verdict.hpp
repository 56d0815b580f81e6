#pragma once

#include "handlers/actions/press.hpp"
#include "handlers/actions/snapshot.hpp"
#include "handlers/model/refusal.hpp"
#include "handlers/model/transaction.hpp"
#include "handlers/slack/answer.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace countersign::actions {

// A modal that opens after the answer.
struct Modal
{
    boost::json::object view;
    // Where it does not open, the person is told so where they acted. False: what it says is no loss.
    bool is_missed = true;
};

// Takes the place of the modal with this external_id, in which the person acted.
struct NewContents
{
    std::string external_id;
    boost::json::object view;
};

// The modal that shows the password of this request, whose hand-over is committed as `opening`.
struct Handing
{
    RequestId request;
};

using Window = std::variant<Modal, NewContents, Handing>;

// Shows `view` in the modal in which it was pressed, when that is about the same request: a second one cannot open over
// it. Else in a new one; `is_missed` as of Modal.
Window window_at(const Press& press, boost::json::object view, bool is_missed = true);

// What becomes of an action: what is stored, and what the person is answered once it is.
struct Verdict
{
    // Stores nothing so far but that the action was done, so that it is not done twice.
    explicit Verdict(TimePoint now) : transaction{std::in_place, now} {}

    // Nothing is stored: the same action may come again.
    static Verdict without_trace(slack::Answer answer = slack::Acknowledged{});

    // Answers a command in words, besides what is stored.
    Verdict&& saying(slack::Message message) &&;

    std::optional<Transaction> transaction;
    slack::Answer answer;
    std::optional<Window> window;
};

// Says something to who pressed: as a private note, or as a modal with this title where no note reaches them. An empty
// title: no modal, for what is seen otherwise.
void tell(Verdict& verdict, const Press& press, std::string_view title, const std::string& words);

// The audit row of an attempt that does nothing.
AuditEvent refusal_row(const Action& action, std::string_view code, const std::optional<Request>& request);

// Nothing is done, and who pressed is told why: see tell().
Verdict refuse(const Press& press, const Snapshot& seen, const Refusal& refusal, std::string_view title);

}  // namespace countersign::actions
