#include "handlers/model/account_document.hpp"

namespace countersign {

namespace json = boost::json;
using stored::put;
using stored::text_of;
using stored::texts_of;

json::object document_of(const Account& account)
{
    json::object out;
    out["id"] = text_of(account.id.str());
    out["email"] = text_of(account.email);
    out["email_verified"] = account.email_verified;
    out["name"] = text_of(account.name);
    out["given_name"] = text_of(account.given_name);
    out["family_name"] = text_of(account.family_name);
    out["nickname"] = text_of(account.nickname);
    out["username"] = text_of(account.username);
    out["phone_number"] = text_of(account.phone_number);
    out["metadata_name"] = text_of(account.metadata_name);
    out["metadata_first"] = text_of(account.metadata_first);
    out["metadata_last"] = text_of(account.metadata_last);
    out["database_connections"] = texts_of(account.database_connections);
    out["other_providers"] = texts_of(account.other_providers);
    out["blocked"] = account.blocked;
    put(out, "created_at", account.created_at);
    put(out, "updated_at", account.updated_at);
    put(out, "last_login", account.last_login);
    put(out, "last_password_reset", account.last_password_reset);
    out["logins_count"] = account.logins_count;
    out["marker"] = text_of(account.marker);
    out["app_metadata"] = text_of(account.app_metadata);
    out["metadata_too_large"] = account.metadata_too_large;
    json::array sign_ins;
    for (const SignIn& each : account.sign_ins)
        sign_ins.push_back(json::object{{"address", text_of(each.address)}, {"is_verified", each.is_verified}});
    out["sign_ins"] = std::move(sign_ins);
    out["profile_bytes"] = account.profile_bytes;
    return out;
}

Account account_from(const JsonReader& fields)
{
    Account account{Auth0UserId{fields.text("id")}};
    account.email = fields.text("email");
    account.email_verified = fields.flag("email_verified");
    account.name = fields.text("name");
    account.given_name = fields.text("given_name");
    account.family_name = fields.text("family_name");
    account.nickname = fields.text_or("nickname", "");
    account.username = fields.text_or("username", "");
    account.phone_number = fields.text_or("phone_number", "");
    account.metadata_name = fields.text_or("metadata_name", "");
    account.metadata_first = fields.text_or("metadata_first", "");
    account.metadata_last = fields.text_or("metadata_last", "");
    account.database_connections = fields.texts("database_connections");
    for (const JsonReader& each : fields.objects("sign_ins"))
        account.sign_ins.push_back(SignIn{each.text("address"), each.flag("is_verified")});
    account.other_providers = fields.texts("other_providers");
    account.blocked = fields.flag("blocked");
    account.created_at = fields.optional_time("created_at");
    account.updated_at = fields.optional_time("updated_at");
    account.last_login = fields.optional_time("last_login");
    account.last_password_reset = fields.optional_time("last_password_reset");
    account.logins_count = fields.number("logins_count");
    account.marker = fields.text("marker");
    account.app_metadata = fields.text_or("app_metadata", "");
    account.metadata_too_large = fields.flag_or("metadata_too_large", false);
    account.profile_bytes = fields.number_or("profile_bytes", 0);
    return account;
}

}  // namespace countersign
