#pragma once

#include "handlers/slack/interaction.hpp"
#include "handlers/views/form_fields.hpp"
#include "tests/unit/handlers/actions/scene.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <string_view>

// What actions by which a request comes in have in common in tests.
namespace countersign::test {

// The private words that answer a command; empty when it is no such answer.
inline std::string said(const actions::Verdict& verdict)
{
    const auto* reply = std::get_if<slack::PrivateReply>(&verdict.answer);
    return reply == nullptr ? std::string{} : reply->message.text;
}

// "field: words", each on a line; empty when it is no such answer.
inline std::string faults_in(const actions::Verdict& verdict)
{
    std::string text;
    if (const auto* errors = std::get_if<slack::FieldErrors>(&verdict.answer))
        for (const auto& [field, words] : errors->errors) text += field + ": " + words + "\n";
    return text;
}

// A form of one of our people, with what was entered by field.
inline slack::ViewSubmission form_of(
    const std::string& user, std::string_view callback, const std::string& metadata,
    const std::map<std::string, std::string>& entries)
{
    const actions::Action action = action_by(user, callback);
    slack::ViewSubmission form{action.source, {action.by, SlackTeamId{"T1"}}, action.name, metadata, "V1", "h1", {},
                               std::nullopt};
    for (const auto& [field, text] : entries) form.values[views::entered_at(field)] = text;
    return form;
}

// As many requests a minute ago as fill the person's limit of one an hour.
inline void reach_limit(Scene& scene)
{
    scene.settings.limits = LimitSettings{Limit{1, 0}, Limit{}, Limit{}, Limit{}};
    scene.seen.earlier.person = {scene.seen.now - std::chrono::minutes{1}};
}

// Nothing is stored but the row that says why.
inline void check_turned_away(const actions::Verdict& verdict, const std::string& row)
{
    REQUIRE(verdict.transaction);
    CHECK(only_row(*verdict.transaction) == row);
    CHECK(verdict.transaction->jobs.empty());
    CHECK_FALSE(verdict.transaction->insert);
    CHECK_FALSE(verdict.transaction->update);
}

}  // namespace countersign::test
