#pragma once

#include "handlers/core/error.hpp"
#include "handlers/ports/directory.hpp"
#include "handlers/requests/request.hpp"

#include <optional>
#include <string_view>

namespace countersign {

// Why somebody may not do what they ask for.
enum class Denial
{
    rights_unknown,  // Slack could not be asked: the answer is no
    other_workspace,
    deactivated,
    guest,
    bot,
    not_a_requester,
    not_an_approver,
    own_request,
};

// The names under which denials stand in the audit log: never change one.
std::string_view name_of(Denial denial) noexcept;

// nullopt: yes.
std::optional<Denial> may_ask(const Result<Member>& who);
std::optional<Denial> may_ask(const Result<Member>& who, Purpose purpose);
std::optional<Denial> may_decide(const Result<Member>& who, const SlackUserId& id, const Request& request);

}  // namespace countersign
