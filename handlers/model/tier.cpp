#include "handlers/model/tier.hpp"

#include "handlers/core/ascii.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace countersign {

namespace json = boost::json;

namespace {

bool contains(const std::vector<std::string>& list, std::string_view text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

std::string_view domain_of(std::string_view email)
{
    const auto at = email.rfind('@');
    return at == std::string_view::npos ? std::string_view{} : email.substr(at + 1);
}

bool is_value(const json::value& value, std::string_view wanted)
{
    if (const json::string* text = value.if_string()) return std::string_view{text->data(), text->size()} == wanted;
    return json::serialize(value) == wanted;
}

bool matches(const MetadataMatch& match, const json::value& metadata)
{
    const json::value* value = &metadata;
    for (const std::string& key : match.path)
    {
        const json::object* object = value->if_object();
        value = object == nullptr ? nullptr : object->if_contains(key);
        if (value == nullptr) return false;
    }
    if (const json::array* list = value->if_array())
        return std::any_of(
            list->begin(), list->end(), [&](const json::value& each) { return is_value(each, match.value); });
    return is_value(*value, match.value);
}

enum class Belongs
{
    no,
    perhaps,
    yes,
};

// Absent: the metadata cannot be read.
using Metadata = std::optional<json::value>;

Metadata metadata_of(const Account& account)
{
    if (account.metadata_too_large) return std::nullopt;
    if (account.app_metadata.empty()) return json::value{nullptr};
    json::error_code broken;
    json::value parsed = json::parse(account.app_metadata, broken);
    if (broken) return std::nullopt;
    return parsed;
}

Belongs belongs_to(
    const Tier& tier, const Account& account, const std::vector<std::string>& addresses, const Metadata& metadata)
{
    const bool by_address = std::any_of(addresses.begin(), addresses.end(), [&](const std::string& address) {
        return contains(tier.emails, address) || contains(tier.domains, domain_of(address));
    });
    const bool by_connection = std::any_of(
        account.database_connections.begin(), account.database_connections.end(),
        [&](const std::string& name) { return contains(tier.connections, name); });
    if (by_connection || by_address) return Belongs::yes;
    if (!metadata) return tier.metadata.empty() ? Belongs::no : Belongs::perhaps;
    const bool by_metadata = std::any_of(tier.metadata.begin(), tier.metadata.end(), [&](const MetadataMatch& match) {
        return matches(match, *metadata);
    });
    return by_metadata ? Belongs::yes : Belongs::no;
}

// How little people learn of a password: a tier that says nothing takes the usual format, which is the weakest demand.
int strictness(const std::optional<PasswordFormat>& format)
{
    if (!format) return 0;
    switch (*format)
    {
    case PasswordFormat::sop: return 1;
    case PasswordFormat::passphrase: return 2;
    case PasswordFormat::link: return 3;
    }
    return 0;
}

Tier strictest(Tier one, const Tier& other)
{
    one.name += " or " + other.name;
    one.refuse = one.refuse || other.refuse;
    one.approvals = std::max(one.approvals, other.approvals);
    one.verification_required = one.verification_required || other.verification_required;
    if (strictness(other.format) > strictness(one.format)) one.format = other.format;
    one.cooling = std::max(one.cooling, other.cooling);
    return one;
}

}  // namespace

std::optional<Tier> tier_of(const std::vector<Tier>& tiers, const Account& account)
{
    const Metadata metadata = metadata_of(account);
    // Its own, and those of the identities that were linked: a tier of any of them counts. Lists are in lower case;
    // some connections keep the provider's spelling.
    std::vector<std::string> addresses{ascii::lower(account.email)};
    for (const SignIn& each : account.sign_ins) addresses.push_back(each.address);
    std::optional<Tier> demands;
    for (const Tier& tier : tiers)
    {
        const Belongs belongs = belongs_to(tier, account, addresses, metadata);
        if (belongs == Belongs::no) continue;
        demands = demands ? strictest(std::move(*demands), tier) : tier;
        if (belongs == Belongs::yes) break;
    }
    return demands;
}

}  // namespace countersign
