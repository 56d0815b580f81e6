#include "handlers/views/choose_form.hpp"

#include "handlers/core/text.hpp"
#include "handlers/passwords/standard_format.hpp"
#include "handlers/rules/classify.hpp"
#include "handlers/rules/link.hpp"
#include "handlers/rules/risk_notes.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/form_fields.hpp"
#include "handlers/views/operation_words.hpp"
#include "handlers/views/risk_words.hpp"

namespace countersign::views {

namespace {

// A day: option texts are plain, so that Slack's local times cannot stand in them.
std::string day(const std::optional<TimePoint>& at, std::string_view otherwise)
{
    return at ? to_iso8601(*at).substr(0, 10) : std::string{otherwise};
}

// "Ada Lovelace · ada@example.com" of one account as a line of text.
std::string described(const Account& account)
{
    const std::string both = account.given_name + " " + account.family_name;
    return slack::code_span(both.size() > 1 ? both : account.name, 120) + " · " + slack::code_span(account.email, 120) +
        " · last login " + when(account.last_login, "never") + " · last reset " +
        when(account.last_password_reset, "never") + (account.blocked ? " · *blocked*" : "");
}

// Why the password of this account cannot be changed by such a request; nullopt: it can.
std::optional<std::string_view> not_to_be_chosen(const Account& account, Purpose purpose)
{
    if (account.database_connections.empty())
        return "its owner signs in through another provider, which holds the password.";
    if (row_of(purpose).is_first && account.has_signed_in())
        return "it has been used before: that is a reset (`/reset-password`).";
    return std::nullopt;
}

// What can be chosen, named by its place among the candidates and its connection's place in it: "2.0".
struct Offer
{
    const Account* account;
    std::string connection;
    std::string value;
};

// As many as a form can hold.
std::vector<Offer> offers_of(const Request& request)
{
    std::vector<Offer> offers;
    for (std::size_t i = 0; i < request.candidates.size(); ++i)
    {
        const Account& account = request.candidates[i];
        if (not_to_be_chosen(account, request.purpose)) continue;
        const auto& connections = account.database_connections;
        for (std::size_t j = 0; j < connections.size() && offers.size() < slack::limits::choice_options; ++j)
            offers.push_back({&account, connections[j], std::to_string(i) + '.' + std::to_string(j)});
    }
    return offers;
}

slack::Block account_input(const Request& request)
{
    slack::Choice choice{std::string{field_action}, {}};
    for (const Offer& offer : offers_of(request))
    {
        const Account& account = *offer.account;
        const std::string text = offer.connection + (account.blocked ? ", blocked" : "");
        const std::string address = account.sign_in(offer.connection).address;
        const bool differs = !address.empty() && address != request.email.str();
        const std::string about = (differs ? "signs in with " + address + ", " : std::string{}) + "last login " +
            day(account.last_login, "never") + ", created " + day(account.created_at, "unknown");
        choice.options.push_back(
            {truncate_to_units(text, slack::limits::option_text), offer.value,
             truncate_to_units(about, slack::limits::option_text)});
        const auto& chosen = request.choice;
        if (chosen && chosen->account == account.id && chosen->connection == offer.connection)
            choice.chosen = {offer.value};
    }
    slack::Input input{std::string{account_field}, "Which account", slack::radio_buttons(choice)};
    input.hint = "Ask the customer where they sign in. Days are in UTC.";
    return slack::input(input);
}

std::vector<slack::Block> account_blocks(const Request& request)
{
    std::vector<slack::Block> blocks{slack::section(slack::Mrkdwn{
        "Several accounts have the address " + slack::code_span(request.email.str()) + ". Which one is meant?"})};
    blocks.push_back(account_input(request));
    std::string others;
    for (const Account& account : request.candidates)
        if (const auto why = not_to_be_chosen(account, request.purpose))
            others += "\n• " + slack::escape_mrkdwn(rules::describe_kind(account), 200) + ": " + std::string{*why};
    if (!others.empty()) blocks.push_back(slack::section(slack::Mrkdwn{"These cannot be chosen:" + others}));
    return blocks;
}

std::string_view why_names(const Request& request)
{
    if (request.given_name().empty() || request.family_name().empty())
        return "The first and the last name are needed, and Auth0 does not have both.";
    if (request.names_were_split)
        return "The name was split where its last word begins. If the last name is longer, correct it.";
    if (request.names) return "The names make no password that the account's policy takes. Check them.";
    return "The names in Auth0 look unusual. The standard format is made of them: correct them, or leave them.";
}

void add_names(std::vector<slack::Block>& blocks, const Request& request)
{
    blocks.push_back(slack::section(slack::Mrkdwn{why_names(request)}));
    blocks.push_back(given_name_input(passwords::in_usual_case(request.given_name()), true));
    blocks.push_back(family_name_input(passwords::in_usual_case(request.family_name()), true));
}

// What makes the account unusual, for the person who talks to its owner.
void add_person(std::vector<slack::Block>& blocks, const Request& request)
{
    const std::string why = risk_list(rules::doubts_about_person(request.risk_notes));
    if (!why.empty()) blocks.push_back(slack::section(slack::Mrkdwn{"*Look twice*\n" + why}));
    blocks.push_back(person_input());
}

// What can be done instead of going on.
slack::Block other_ways(const Request& request)
{
    std::vector<slack::Element> buttons;
    if (rules::link_serves(request)) buttons.push_back(request_button(link_action, "Ask for a link instead", request));
    buttons.push_back(request_button(cancel_action, "Cancel request", request));
    return slack::actions("request", buttons);
}

}  // namespace

std::optional<Choice> choice_of(const Request& request, std::string_view value)
{
    for (const Offer& offer : offers_of(request))
        if (offer.value == value) return Choice{offer.account->id, offer.connection};
    return std::nullopt;
}

boost::json::object choose_form(const Request& request, const Settings& settings)
{
    slack::Modal modal;
    modal.callback_id = std::string{::countersign::choose_form};
    modal.title = std::string{words_of(request.purpose).form_title};
    modal.submit = "Ask for approval";
    modal.close = "Later";
    modal.external_id = request.id.str();
    modal.private_metadata = request.id.str();
    modal.notify_on_close = true;
    if (request.asks(question::account))
        modal.blocks = account_blocks(request);
    else if (request.account)
        modal.blocks = {slack::section(slack::Mrkdwn{"Found " + described(*request.account)})};
    else
        modal.blocks = {slack::section(slack::Mrkdwn{
            "Auth0 has no account for " + slack::code_span(request.email.str()) +
            ": one is made once it is approved."})};
    if (request.asks(question::person)) add_person(modal.blocks, request);
    if (request.asks(question::names)) add_names(modal.blocks, request);
    modal.blocks.push_back(reason_input(request.reason, settings.fields));
    modal.blocks.push_back(case_number_input(request.case_number, settings.fields));
    if (!settings.verification.methods.empty())
    {
        const bool required = settings.verification.required || request.asks(question::verification);
        modal.blocks.push_back(method_input(request.verification, settings.verification, required));
        modal.blocks.push_back(note_input(request.verification));
    }
    modal.blocks.push_back(other_ways(request));
    modal.blocks.push_back(slack::context({slack::Mrkdwn{
        "Request " + reference(request) + " · closed, this window can be opened again from your private line"}}));
    return slack::modal(modal);
}

}  // namespace countersign::views
