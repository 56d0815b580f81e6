#include "auth0/account_parser.hpp"

#include "auth0/response_body.hpp"
#include "handlers/core/ascii.hpp"

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

// Nobody asks whether a profile is sound: what is wrong in it is as good as absent.

std::optional<TimePoint> time_at(const JsonReader& user, std::string_view key)
{
    const auto at = from_iso8601(user.text_view(key));
    if (!at) return std::nullopt;
    return *at;
}

// A value that is neither boolean nor null counts as blocked: to refuse by mistake is repaired by hand, to re-open a
// deliberately blocked account by mistake is not.
bool blocked_in(const JsonReader& user) { return user.has("blocked") && user.flag_or("blocked", true); }

// A linked identity shows what its provider said of it; the primary one is what the account says of itself.
SignIn sign_in_of(const JsonReader& identity, const Account& account)
{
    const JsonReader profile = identity.within("profileData");
    if (!profile.is_there()) return SignIn{ascii::lower(account.email), account.email_verified};
    const std::string_view address = profile.text_view("email");
    // An address that was cut would be another one.
    if (address.size() > text_bytes_max) return SignIn{};
    return SignIn{ascii::lower(address), profile.flag_or("email_verified", false)};
}

// Two identities in one database stay two entries: which of them a change would meet is not known.
void read_identities(const JsonReader& user, Account& account)
{
    const json::value* found = user.find("identities");
    const json::array* identities = found != nullptr ? found->if_array() : nullptr;
    if (identities == nullptr) return;
    for (const json::value& each : *identities)
    {
        const JsonReader identity{each};
        const std::string_view provider = identity.text_view("provider");
        const std::string_view connection = identity.text_view("connection");
        // A name that was cut would be the name of another connection.
        if (provider == "auth0" && !connection.empty() && connection.size() <= text_bytes_max)
        {
            account.database_connections.emplace_back(connection);
            account.sign_ins.push_back(sign_in_of(identity, account));
        }
        else if (provider != "auth0" && !provider.empty())
            account.other_providers.push_back(short_text(identity, "provider"));
    }
}

// What a connection's rule on personal data can look at.
void read_user_metadata(const JsonReader& user, Account& account)
{
    const JsonReader metadata = user.within("user_metadata");
    account.metadata_name = short_text(metadata, "name");
    account.metadata_first = short_text(metadata, "first");
    account.metadata_last = short_text(metadata, "last");
}

// Cut in half it would be no JSON, and the missing half might decide: it is kept whole or not at all.
void read_app_metadata(const JsonReader& user, Account& account)
{
    const json::value* metadata = user.find("app_metadata");
    if (metadata == nullptr || !metadata->is_object() || metadata->get_object().empty()) return;
    account.marker = short_text(user.within("app_metadata").within("countersign"), "request_id");
    account.app_metadata = json::serialize(*metadata);
    account.metadata_too_large = account.app_metadata.size() > app_metadata_bytes_max;
    if (account.metadata_too_large) account.app_metadata = {};
}

}  // namespace

Result<Account> parse_account(const json::value& document)
{
    const JsonReader user{document};
    const std::string_view id = user.text_view("user_id");
    if (id.empty() || id.size() > text_bytes_max) return Errc::malformed;

    Account account{Auth0UserId{std::string{id}}};
    account.email = short_text(user, "email");
    account.email_verified = user.flag_or("email_verified", false);
    account.name = short_text(user, "name");
    account.given_name = short_text(user, "given_name");
    account.family_name = short_text(user, "family_name");
    account.nickname = short_text(user, "nickname");
    account.username = short_text(user, "username");
    account.phone_number = short_text(user, "phone_number");
    read_user_metadata(user, account);
    read_identities(user, account);
    account.blocked = blocked_in(user);
    account.created_at = time_at(user, "created_at");
    account.updated_at = time_at(user, "updated_at");
    account.last_login = time_at(user, "last_login");
    account.last_password_reset = time_at(user, "last_password_reset");
    account.logins_count = user.number_or("logins_count", 0);
    read_app_metadata(user, account);
    const auto bytes = static_cast<std::int64_t>(json::serialize(document).size());
    if (bytes > profile_bytes_usual) account.profile_bytes = bytes;
    return account;
}

Result<std::vector<Account>> parse_accounts(const json::value& users)
{
    const json::array* list = list_in(users, "users");
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
