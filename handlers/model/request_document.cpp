#include "handlers/core/hex.hpp"
#include "handlers/model/account_document.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/stored.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <utility>

namespace countersign {

namespace {

namespace json = boost::json;
using stored::put;
using stored::stored_name;
using stored::text_of;
using stored::texts_of;

// Raised when the meaning of a stored field changes; documents of another format are not guessed at.
constexpr std::int64_t format_now = 1;

template <class Value, std::size_t size>
using Names = std::array<std::pair<Value, std::string_view>, size>;

constexpr Names<AfterChange, 6> care_names = {{
    {AfterChange::not_needed, "not_needed"},
    {AfterChange::waiting, "waiting"},
    {AfterChange::sending, "sending"},
    {AfterChange::done, "done"},
    {AfterChange::failed, "failed"},
    {AfterChange::not_in_plan, "not_in_plan"},
}};

constexpr Names<HandoverState, 6> handover_names = {{
    {HandoverState::ready, "ready"},
    {HandoverState::opening, "opening"},
    {HandoverState::shown, "shown"},
    {HandoverState::reopening, "reopening"},
    {HandoverState::expired, "expired"},
    {HandoverState::destroyed, "destroyed"},
}};

json::object document_of(const ReplyPath& reply)
{
    json::object out;
    out["url"] = text_of(to_hex(reply.response_url.bytes));
    out["expires_at"] = to_unix_ms(reply.expires_at);
    out["channel"] = text_of(reply.channel.str());
    return out;
}

ReplyPath reply_from(const JsonReader& fields)
{
    auto url = from_hex(fields.text("url"));
    if (!url) url = fields.fail(std::string{});
    return ReplyPath{Sealed{std::move(*url)}, fields.time("expires_at"), ChannelId{fields.text("channel")}};
}

json::object document_of(const Decision& decision)
{
    json::object out;
    out["by"] = text_of(decision.by.str());
    out["at"] = to_unix_ms(decision.at);
    return out;
}

Decision decision_from(const JsonReader& fields) { return {SlackUserId{fields.text("by")}, fields.time("at")}; }

json::object document_of(const Intent& intent)
{
    json::object out;
    out["started_at"] = to_unix_ms(intent.started_at);
    put(out, "reset_before", intent.reset_before);
    out["blocked_before"] = intent.blocked_before;
    out["sends"] = intent.sends;
    out["redrawn"] = intent.redrawn;
    put(out, "sent_at", intent.sent_at);
    out["answered"] = intent.answered;
    return out;
}

int small_number(const JsonReader& fields, std::string_view key, int otherwise = 0)
{
    constexpr int most = 1'000'000;
    return fields.count(key, most).value_or(otherwise);
}

Intent intent_from(const JsonReader& fields)
{
    return {
        fields.time("started_at"),
        fields.optional_time("reset_before"),
        fields.flag("blocked_before"),
        small_number(fields, "sends"),
        fields.flag_or("redrawn", false),
        fields.optional_time("sent_at"),
        static_cast<int>(fields.number_or("answered", 0))};
}

json::object document_of(const Handover& handover)
{
    json::object out;
    out["state"] = text_of(stored_name(handover_names, handover.state));
    out["until"] = to_unix_ms(handover.until);
    put(out, "shown_at", handover.shown_at);
    out["is_certain"] = handover.is_certain;
    out["is_closed"] = handover.is_closed;
    out["windows"] = handover.windows;
    out["window"] = handover.window;
    out["times_shown"] = handover.times_shown;
    out["left"] = handover.left;
    put(out, "pressed_at", handover.pressed_at);
    return out;
}

Handover handover_from(const JsonReader& fields)
{
    Handover handover;
    handover.state = fields.named("state", handover_names, HandoverState::destroyed);
    handover.until = fields.time("until");
    handover.shown_at = fields.optional_time("shown_at");
    handover.is_certain = fields.flag("is_certain");
    handover.is_closed = fields.flag("is_closed");
    // Before windows were counted there was one, once it was pressed for.
    const int shown = handover.state == HandoverState::shown ? 1 : 0;
    const int pressed = handover.state == HandoverState::opening ? 1 : shown;
    handover.windows = small_number(fields, "windows", pressed);
    handover.window = small_number(fields, "window", shown);
    handover.times_shown = small_number(fields, "times_shown", shown);
    handover.left = small_number(fields, "left");
    handover.pressed_at = fields.optional_time("pressed_at");
    return handover;
}

void put_intake(json::object& out, const Request& request)
{
    out["purpose"] = text_of(name_of(request.purpose));
    out["requester"] = text_of(request.requester.str());
    out["email"] = text_of(request.email.str());
    out["reason"] = text_of(request.reason);
    out["reason_was_cut"] = request.reason_was_cut;
    out["ticket"] = text_of(request.case_number);
    if (request.verification)
        out["verification"] = json::object{
            {"method", text_of(request.verification->method)}, {"note", text_of(request.verification->note)}};
    if (request.names)
        out["names"] =
            json::object{{"given", text_of(request.names->given)}, {"family", text_of(request.names->family)}};
    out["names_were_split"] = request.names_were_split;
    out["person_confirmed"] = request.person_confirmed;
    if (request.reply) out["reply"] = document_of(*request.reply);
    out["in_modal"] = request.in_modal;
    out["wants_link"] = request.wants_link;
    out["created_at"] = to_unix_ms(request.created_at);
    out["updated_at"] = to_unix_ms(request.updated_at);
    put(out, "expires_at", request.expires_at);
}

void put_target(json::object& out, const Request& request)
{
    json::array candidates;
    for (const Account& account : request.candidates) candidates.push_back(document_of(account));
    out["candidates"] = std::move(candidates);
    out["questions"] = texts_of(request.questions);
    if (request.choice)
        out["choice"] = json::object{
            {"account", text_of(request.choice->account.str())}, {"connection", text_of(request.choice->connection)}};
    if (request.account) out["account"] = document_of(*request.account);
    out["connection"] = text_of(request.connection);
    out["lookalikes"] = texts_of(request.lookalikes);
    out["tier"] = text_of(request.tier);
    out["approvals_needed"] = request.approvals_needed;
    out["cooling_s"] = static_cast<std::int64_t>(request.cooling.count());
    out["password_format"] = text_of(name_of(request.format));
    json::array risk_notes;
    for (const RiskNote& risk : request.risk_notes)
        risk_notes.push_back(json::object{{"code", text_of(risk.code)}, {"detail", text_of(risk.detail)}});
    out["signals"] = std::move(risk_notes);
}

void put_decision(json::object& out, const Request& request)
{
    out["asked"] = request.asked;
    json::array claims;
    for (const Decision& claim : request.claims) claims.push_back(document_of(claim));
    if (!claims.empty()) out["claims"] = std::move(claims);
    json::array approvals;
    for (const Decision& approval : request.approvals) approvals.push_back(document_of(approval));
    out["approvals"] = std::move(approvals);
    if (request.decision) out["decision"] = document_of(*request.decision);
    out["denial_reason"] = text_of(request.denial_reason);
    put(out, "escalated_at", request.escalated_at);
    out["reminders"] = request.reminders;
    put(out, "reminded_at", request.reminded_at);
    put(out, "change_from", request.change_from);
}

void put_effect(json::object& out, const Request& request)
{
    if (request.intent) out["intent"] = document_of(*request.intent);
    out["ending"] = text_of(request.ending.name());
    out["ending_detail"] = text_of(request.ending_detail);
    put(out, "again_at", request.again_at);
    out["given_up"] = texts_of(request.given_up);
    out["reblock"] = text_of(stored_name(care_names, request.reblock));
    json::object steps;
    for (const auto& [step, result] : request.after_change) steps[step] = text_of(stored_name(care_names, result));
    out["after_care"] = std::move(steps);
    if (request.handover) out["handover"] = document_of(*request.handover);
}

// A value that its own table names; a name that is not in it belongs to a document that is not ours.
template <class Value>
Value named(
    const JsonReader& fields, std::string_view key, std::optional<Value> (*find)(std::string_view), Value otherwise)
{
    if (!fields.has(key)) return otherwise;
    const auto value = find(fields.text(key));
    return value ? *value : fields.fail(otherwise);
}

void read_intake(Request& request, const JsonReader& fields)
{
    request.purpose = named(fields, "purpose", purpose_named, Purpose::reset);
    request.updated_at = fields.time("updated_at");
    request.reason = fields.text("reason");
    request.reason_was_cut = fields.flag_or("reason_was_cut", false);
    request.case_number = fields.text_or("ticket", "");
    if (const auto verification = fields.optional_object("verification"))
        request.verification = Verification{verification->text("method"), verification->text("note")};
    if (const auto names = fields.optional_object("names"))
        request.names = GivenNames{names->text("given"), names->text("family")};
    request.names_were_split = fields.flag_or("names_were_split", false);
    request.person_confirmed = fields.flag_or("person_confirmed", false);
    if (const auto reply = fields.optional_object("reply")) request.reply = reply_from(*reply);
    request.in_modal = fields.flag_or("in_modal", false);
    request.wants_link = fields.flag_or("wants_link", false);
    request.expires_at = fields.optional_time("expires_at");
}

void read_target(Request& request, const JsonReader& fields)
{
    for (const JsonReader& account : fields.objects("candidates")) request.candidates.push_back(account_from(account));
    if (fields.has("questions")) request.questions = fields.texts("questions");
    if (const auto choice = fields.optional_object("choice"))
        request.choice = Choice{Auth0UserId{choice->text("account")}, choice->text("connection")};
    if (const auto account = fields.optional_object("account")) request.account = account_from(*account);
    request.lookalikes = fields.texts("lookalikes");
    std::string otherwise;
    if (request.account && !request.account->database_connections.empty())
        otherwise = request.account->database_connections.front();
    request.connection = fields.text_or("connection", otherwise);
    request.tier = fields.text_or("tier", "");
    request.approvals_needed = small_number(fields, "approvals_needed", 1);
    request.cooling = std::chrono::seconds{fields.number_or("cooling_s", 0)};
    request.format = named(fields, "password_format", password_format_named, PasswordFormat::sop);
    for (const JsonReader& risk : fields.objects("signals"))
        request.risk_notes.push_back(RiskNote{risk.text("code"), risk.text("detail")});
}

void read_decision(Request& request, const JsonReader& fields)
{
    if (const auto decision = fields.optional_object("decision")) request.decision = decision_from(*decision);
    request.asked = fields.flag_or("asked", request.account.has_value());
    for (const JsonReader& claim : fields.objects("claims")) request.claims.push_back(decision_from(claim));
    for (const JsonReader& approval : fields.objects("approvals")) request.approvals.push_back(decision_from(approval));
    request.denial_reason = fields.text_or("denial_reason", "");
    request.escalated_at = fields.optional_time("escalated_at");
    request.reminders = small_number(fields, "reminders");
    request.reminded_at = fields.optional_time("reminded_at");
    request.change_from = fields.optional_time("change_from");
}

void read_effect(Request& request, const JsonReader& fields)
{
    if (const auto intent = fields.optional_object("intent")) request.intent = intent_from(*intent);
    request.ending = StoredEnding::named(fields.text("ending"));
    request.ending_detail = fields.text_or("ending_detail", "");
    request.again_at = fields.optional_time("again_at");
    if (fields.has("given_up")) request.given_up = fields.texts("given_up");
    request.reblock = fields.named("reblock", care_names, AfterChange::not_needed);
    for (const auto& [step, result] : fields.members("after_care"))
        request.after_change[step] = fields.named_value(result, care_names, AfterChange::not_needed);
    if (const auto handover = fields.optional_object("handover")) request.handover = handover_from(*handover);
}

}  // namespace

std::string to_document(const Request& request)
{
    json::object out;
    out["format"] = format_now;
    put_intake(out, request);
    put_target(out, request);
    put_decision(out, request);
    put_effect(out, request);
    return json::serialize(out);
}

Result<Request> from_document(RequestId id, std::int64_t version, State state, std::string_view document)
{
    const auto parsed = stored::parse(document, stored::Utf8::any);
    if (!parsed) return parsed.error();
    const JsonReader fields{*parsed, JsonReader::Written::by_us};
    if (fields.number("format") != format_now) return Errc::corrupt;
    Request request{
        std::move(id), SlackUserId{fields.text("requester")}, Email{fields.text("email")}, std::nullopt,
        fields.time("created_at")};
    read_intake(request, fields);
    read_target(request, fields);
    read_decision(request, fields);
    read_effect(request, fields);
    if (!fields.is_sound()) return Errc::corrupt;
    request.version = version;
    request.state = state;
    return request;
}

}  // namespace countersign
