#include "handlers/requests/tier.hpp"

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

bool matches(const MetadataMatch& match, const json::value& metadata)
{
    const json::value* value = &metadata;
    for (const std::string& key : match.path)
    {
        const json::object* object = value->if_object();
        value = object == nullptr ? nullptr : object->if_contains(key);
        if (value == nullptr) return false;
    }
    if (const json::string* text = value->if_string())
        return std::string_view{text->data(), text->size()} == match.value;
    return json::serialize(*value) == match.value;
}

bool belongs_to(const Tier& tier, const Account& account, const json::value& metadata)
{
    const bool by_connection = std::any_of(
        account.database_connections.begin(), account.database_connections.end(),
        [&](const std::string& name) { return contains(tier.connections, name); });
    const bool by_metadata = std::any_of(tier.metadata.begin(), tier.metadata.end(), [&](const MetadataMatch& match) {
        return matches(match, metadata);
    });
    return by_connection || by_metadata || contains(tier.emails, account.email) ||
        contains(tier.domains, domain_of(account.email));
}

}  // namespace

const Tier* tier_of(const std::vector<Tier>& tiers, const Account& account)
{
    json::error_code broken;
    json::value metadata = json::parse(account.app_metadata, broken);
    if (broken) metadata = nullptr;
    for (const Tier& tier : tiers)
        if (belongs_to(tier, account, metadata)) return &tier;
    return nullptr;
}

}  // namespace countersign
