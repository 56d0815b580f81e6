#include "handlers/requests/request.hpp"

#include "handlers/core/hex.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <iterator>
#include <utility>

namespace countersign {

namespace {

namespace json = boost::json;

// Raised when the meaning of a stored field changes; documents of another format are not guessed at.
constexpr std::int64_t format_now = 1;

constexpr std::array<std::pair<AfterCare, std::string_view>, 4> care_names = {{
    {AfterCare::not_needed, "not_needed"},
    {AfterCare::waiting, "waiting"},
    {AfterCare::done, "done"},
    {AfterCare::failed, "failed"},
}};

// Kept since later than the rest: absent in older documents, and where empty.
constexpr std::array<std::pair<const char*, std::string Account::*>, 7> later_texts = {
    {{"nickname", &Account::nickname},
     {"username", &Account::username},
     {"phone_number", &Account::phone_number},
     {"metadata_name", &Account::metadata_name},
     {"metadata_first", &Account::metadata_first},
     {"metadata_last", &Account::metadata_last},
     {"app_metadata", &Account::app_metadata}}};

std::string_view name_of(AfterCare care)
{
    for (const auto& [value, name] : care_names)
        if (value == care) return name;
    return "corrupt";
}

json::string text_of(std::string_view text) { return json::string{json::string_view{text.data(), text.size()}}; }

json::array texts_of(const std::vector<std::string>& texts)
{
    json::array out;
    for (const std::string& text : texts) out.emplace_back(text_of(text));
    return out;
}

// Absent times are absent keys.
void put(json::object& out, json::string_view key, const std::optional<TimePoint>& at)
{
    if (at) out[key] = to_unix_ms(*at);
}

json::object document_of(const ReplyPath& reply)
{
    json::object out;
    out["url"] = text_of(to_hex(reply.response_url.bytes));
    out["expires_at"] = to_unix_ms(reply.expires_at);
    out["channel"] = text_of(reply.channel.str());
    return out;
}

json::object document_of(const Account& account)
{
    json::object out;
    out["id"] = text_of(account.id.str());
    out["email"] = text_of(account.email);
    out["email_verified"] = account.email_verified;
    out["name"] = text_of(account.name);
    out["given_name"] = text_of(account.given_name);
    out["family_name"] = text_of(account.family_name);
    out["database_connections"] = texts_of(account.database_connections);
    out["other_providers"] = texts_of(account.other_providers);
    out["blocked"] = account.blocked;
    put(out, "created_at", account.created_at);
    put(out, "last_login", account.last_login);
    put(out, "last_password_reset", account.last_password_reset);
    out["logins_count"] = account.logins_count;
    out["marker"] = text_of(account.marker);
    for (const auto& [key, text] : later_texts)
        if (!(account.*text).empty()) out[key] = text_of(account.*text);
    put(out, "updated_at", account.updated_at);
    if (account.metadata_too_large) out["metadata_too_large"] = true;
    return out;
}

json::object document_of(const Decision& decision)
{
    json::object out;
    out["by"] = text_of(decision.by.str());
    out["at"] = to_unix_ms(decision.at);
    return out;
}

json::object document_of(const Intent& intent)
{
    json::object out;
    out["started_at"] = to_unix_ms(intent.started_at);
    put(out, "reset_before", intent.reset_before);
    out["blocked_before"] = intent.blocked_before;
    out["sends"] = intent.sends;
    return out;
}

// Reads an object that must be as written above. The first thing that is not clears `sound`; from then on the values
// mean nothing, and the caller looks at `sound` once, at the end.
class Fields
{
public:
    Fields(const json::object* object, bool& sound) : object_{object}, sound_{&sound} {}

    bool has(json::string_view key) const { return find(key) != nullptr; }

    std::string text(json::string_view key) const
    {
        const json::value* value = find(key);
        if (!value || !value->is_string()) return fail(std::string{});
        return std::string{value->get_string().data(), value->get_string().size()};
    }

    std::int64_t number(json::string_view key) const
    {
        const json::value* value = find(key);
        if (!value || !value->is_int64()) return fail(std::int64_t{0});
        return value->get_int64();
    }

    bool flag(json::string_view key) const
    {
        const json::value* value = find(key);
        if (!value || !value->is_bool()) return fail(false);
        return value->get_bool();
    }

    TimePoint time(json::string_view key) const { return from_unix_ms(number(key)); }

    std::optional<TimePoint> optional_time(json::string_view key) const
    {
        if (!find(key)) return std::nullopt;
        return time(key);
    }

    std::vector<std::string> texts(json::string_view key) const
    {
        std::vector<std::string> out;
        const json::value* value = find(key);
        if (!value || !value->is_array()) return fail(out);
        for (const json::value& each : value->get_array())
        {
            if (!each.is_string()) return fail(out);
            out.emplace_back(each.get_string().data(), each.get_string().size());
        }
        return out;
    }

    std::optional<Fields> optional_object(json::string_view key) const
    {
        const json::value* value = find(key);
        if (!value) return std::nullopt;
        if (!value->is_object()) return fail(std::optional<Fields>{});
        return Fields{&value->get_object(), *sound_};
    }

    Fields object(json::string_view key) const
    {
        const auto found = optional_object(key);
        return found ? *found : fail(Fields{nullptr, *sound_});
    }

    template <class T>
    T fail(T value) const
    {
        *sound_ = false;
        return value;
    }

private:
    const json::value* find(json::string_view key) const { return object_ ? object_->if_contains(key) : nullptr; }

    const json::object* object_;
    bool* sound_;
};

ReplyPath reply_from(const Fields& fields)
{
    auto url = from_hex(fields.text("url"));
    if (!url) url = fields.fail(std::string{});
    return ReplyPath{Sealed{std::move(*url)}, fields.time("expires_at"), ChannelId{fields.text("channel")}};
}

Account account_from(const Fields& fields)
{
    Account account{Auth0UserId{fields.text("id")}};
    account.email = fields.text("email");
    account.email_verified = fields.flag("email_verified");
    account.name = fields.text("name");
    account.given_name = fields.text("given_name");
    account.family_name = fields.text("family_name");
    account.database_connections = fields.texts("database_connections");
    account.other_providers = fields.texts("other_providers");
    account.blocked = fields.flag("blocked");
    account.created_at = fields.optional_time("created_at");
    account.last_login = fields.optional_time("last_login");
    account.last_password_reset = fields.optional_time("last_password_reset");
    account.logins_count = fields.number("logins_count");
    account.marker = fields.text("marker");
    for (const auto& [key, text] : later_texts)
        if (fields.has(key)) account.*text = fields.text(key);
    account.updated_at = fields.optional_time("updated_at");
    account.metadata_too_large = fields.has("metadata_too_large") && fields.flag("metadata_too_large");
    return account;
}

Intent intent_from(const Fields& fields)
{
    Intent intent{fields.time("started_at"), fields.optional_time("reset_before"), fields.flag("blocked_before"), 0};
    const std::int64_t sends = fields.number("sends");
    if (sends < 0 || sends > 1'000'000) fields.fail(0);
    intent.sends = static_cast<int>(sends);
    return intent;
}

AfterCare care_from(const Fields& fields, json::string_view key)
{
    const std::string name = fields.text(key);
    for (const auto& [value, known] : care_names)
        if (known == name) return value;
    return fields.fail(AfterCare::not_needed);
}

Request request_from(RequestId id, const Fields& fields)
{
    Request request{
        std::move(id), SlackUserId{fields.text("requester")}, Email{fields.text("email")},
        reply_from(fields.object("reply")), fields.time("created_at")};
    request.updated_at = fields.time("updated_at");
    request.reason = fields.text("reason");
    request.expires_at = fields.optional_time("expires_at");
    if (const auto account = fields.optional_object("account")) request.account = account_from(*account);
    request.lookalikes = fields.texts("lookalikes");
    if (const auto decision = fields.optional_object("decision"))
        request.decision = Decision{SlackUserId{decision->text("by")}, decision->time("at")};
    if (const auto intent = fields.optional_object("intent")) request.intent = intent_from(*intent);
    request.ending = fields.text("ending");
    request.reblock = care_from(fields, "reblock");
    return request;
}

}  // namespace

std::string to_document(const Request& request)
{
    json::object out;
    out["format"] = format_now;
    out["requester"] = text_of(request.requester.str());
    out["email"] = text_of(request.email.str());
    out["reason"] = text_of(request.reason);
    out["reply"] = document_of(request.reply);
    out["created_at"] = to_unix_ms(request.created_at);
    out["updated_at"] = to_unix_ms(request.updated_at);
    put(out, "expires_at", request.expires_at);
    if (request.account) out["account"] = document_of(*request.account);
    out["lookalikes"] = texts_of(request.lookalikes);
    if (request.decision) out["decision"] = document_of(*request.decision);
    if (request.intent) out["intent"] = document_of(*request.intent);
    out["ending"] = text_of(request.ending);
    out["reblock"] = text_of(name_of(request.reblock));
    return json::serialize(out);
}

Result<Request> from_document(RequestId id, std::int64_t version, State state, std::string_view document)
{
    // What people type is stored as it came, so bytes that are no UTF-8 must not make a request unreadable.
    json::parse_options options;
    options.allow_invalid_utf8 = true;
    json::error_code failed;
    const json::value parsed =
        json::parse(json::string_view{document.data(), document.size()}, failed, json::storage_ptr{}, options);
    if (failed || !parsed.is_object()) return Errc::corrupt;

    bool sound = true;
    const Fields fields{&parsed.get_object(), sound};
    if (fields.number("format") != format_now) return Errc::corrupt;
    Request request = request_from(std::move(id), fields);
    if (!sound) return Errc::corrupt;
    request.version = version;
    request.state = state;
    return request;
}

}  // namespace countersign
