#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/slack/block_kit.hpp"

#include <chrono>
#include <string>
#include <string_view>

// Small pieces that several views share. All give escaped mrkdwn of bounded length.
namespace countersign::views {

// How much of an account a reader is shown.
enum class Visibility
{
    whole,
    masked,  // for those who review: the address masked, no telephone number, no id
};

// The address as this reader may see it.
std::string address(const Request& request, Visibility sight);

// The name as people know it: given and family name (the requester's correction first), or the profile's name, or
// nothing known.
std::string person(const Request& request);

// "password reset", "first password", "new account": what was asked for.
std::string_view kind(const Request& request) noexcept;

// "the standard format", "a passphrase", "a password-change link for the customer"
std::string_view format_words(PasswordFormat format) noexcept;

// Everybody whose approval counts, joined by "and"; empty: nobody.
std::string approvers(const Request& request);

// How the caller was verified; "nothing recorded" when the requester did not say.
std::string verification_method(const Request& request, const Settings& settings);

// The same, with the requester's note.
std::string verification(const Request& request, const Settings& settings);

// "45 minutes", "2 hours", "1 day": in the largest unit that it is a whole number of; at least a minute.
std::string duration(std::chrono::seconds length);

// Why it ended as it did: the words of its ending with what is particular about it. Whole sentences.
std::string ending_sentences(const Request& request);

// Title and value of one fact, for a field of a section.
slack::Mrkdwn fact(std::string_view title, std::string_view escaped_value);

// A time, or the word for none.
std::string when(const std::optional<TimePoint>& at, std::string_view otherwise);

// "`cs-7k3m9p2xq4ab`"
std::string reference(const Request& request);

// What the requester gave as the reason, or that there is none.
std::string reason(const Request& request);

// A button about a request. Its value is the request's id.
slack::Element request_button(std::string_view action, std::string text, const Request& request);

// The found accounts or look-alikes, joined; empty for none.
std::string list(const std::vector<std::string>& words);

}  // namespace countersign::views
