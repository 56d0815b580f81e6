#include "auth0/account_parser.hpp"

#include "auth0/json_reader.hpp"
#include "auth0/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace countersign::auth0 {

namespace json = boost::json;

namespace {

bool flag_at(const json::value& parent, std::string_view key)
{
    const json::value* found = member(parent, key);
    const bool* flag = found != nullptr ? found->if_bool() : nullptr;
    return flag != nullptr && *flag;
}

std::optional<TimePoint> time_at(const json::value& parent, std::string_view key)
{
    const auto at = from_iso8601(text_at(parent, key));
    if (!at) return std::nullopt;
    return *at;
}

// A value that is neither boolean nor null counts as blocked: to refuse by mistake is repaired by hand, to re-open a
// deliberately blocked account by mistake is not.
bool blocked_in(const json::value& user)
{
    const json::value* found = member(user, "blocked");
    if (found == nullptr || found->is_null()) return false;
    const bool* flag = found->if_bool();
    return flag == nullptr || *flag;
}

// A linked identity shows what its provider said of it; the primary one is what the account says of itself.
SignIn sign_in_of(const json::value& identity, const Account& account)
{
    const json::value* profile = member(identity, "profileData");
    if (profile == nullptr || !profile->is_object()) return SignIn{lower_case(account.email), account.email_verified};
    const std::string_view address = text_at(*profile, "email");
    // An address that was cut would be another one.
    if (address.size() > text_bytes_max) return SignIn{};
    return SignIn{lower_case(address), flag_at(*profile, "email_verified")};
}

// Two identities in one database stay two entries: which of them a change would meet is not known.
void read_identities(const json::value& user, Account& account)
{
    const json::value* found = member(user, "identities");
    const json::array* identities = found != nullptr ? found->if_array() : nullptr;
    if (identities == nullptr) return;
    for (const json::value& identity : *identities)
    {
        const std::string_view provider = text_at(identity, "provider");
        const std::string_view connection = text_at(identity, "connection");
        // A name that was cut would be the name of another connection.
        if (provider == "auth0" && !connection.empty() && connection.size() <= text_bytes_max)
        {
            account.database_connections.emplace_back(connection);
            account.sign_ins.push_back(sign_in_of(identity, account));
        }
        else if (provider != "auth0" && !provider.empty())
            account.other_providers.push_back(cut(provider));
    }
}

// What a connection's rule on personal data can look at.
void read_user_metadata(const json::value& user, Account& account)
{
    const json::value* metadata = member(user, "user_metadata");
    if (metadata == nullptr) return;
    account.metadata_name = cut(text_at(*metadata, "name"));
    account.metadata_first = cut(text_at(*metadata, "first"));
    account.metadata_last = cut(text_at(*metadata, "last"));
}

// Cut in half it would be no JSON, and the missing half might decide: it is kept whole or not at all.
void read_app_metadata(const json::value& user, Account& account)
{
    const json::value* metadata = member(user, "app_metadata");
    if (metadata == nullptr || !metadata->is_object() || metadata->get_object().empty()) return;
    if (const json::value* ours = member(*metadata, "countersign")) account.marker = cut(text_at(*ours, "request_id"));
    account.app_metadata = json::serialize(*metadata);
    account.metadata_too_large = account.app_metadata.size() > app_metadata_bytes_max;
    if (account.metadata_too_large) account.app_metadata = {};
}

}  // namespace

Result<Account> parse_account(const json::value& user)
{
    const std::string_view id = text_at(user, "user_id");
    if (id.empty() || id.size() > text_bytes_max) return Errc::malformed;

    Account account{Auth0UserId{std::string{id}}};
    account.email = cut(text_at(user, "email"));
    account.email_verified = flag_at(user, "email_verified");
    account.name = cut(text_at(user, "name"));
    account.given_name = cut(text_at(user, "given_name"));
    account.family_name = cut(text_at(user, "family_name"));
    account.nickname = cut(text_at(user, "nickname"));
    account.username = cut(text_at(user, "username"));
    account.phone_number = cut(text_at(user, "phone_number"));
    read_user_metadata(user, account);
    read_identities(user, account);
    account.blocked = blocked_in(user);
    account.created_at = time_at(user, "created_at");
    account.updated_at = time_at(user, "updated_at");
    account.last_login = time_at(user, "last_login");
    account.last_password_reset = time_at(user, "last_password_reset");
    account.logins_count = integer_at(user, "logins_count").value_or(0);
    read_app_metadata(user, account);
    const auto bytes = static_cast<std::int64_t>(json::serialize(user).size());
    if (bytes > profile_bytes_usual) account.profile_bytes = bytes;
    return account;
}

Result<std::vector<Account>> parse_accounts(const json::value& users)
{
    const json::value* wrapped = member(users, "users");
    const json::array* list = (wrapped != nullptr ? *wrapped : users).if_array();
    if (list == nullptr) return Errc::malformed;

    std::vector<Account> accounts;
    for (std::size_t i = 0; i < std::min(list->size(), users_max); ++i)
    {
        Result<Account> account = parse_account((*list)[i]);
        if (!account) return account.error();
        accounts.push_back(*std::move(account));
    }
    return accounts;
}

}  // namespace countersign::auth0
