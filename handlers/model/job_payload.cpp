#include "handlers/model/job_payload.hpp"

#include "handlers/core/hex.hpp"
#include "handlers/model/freeze_document.hpp"
#include "handlers/model/stored.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <charconv>

namespace countersign {

namespace json = boost::json;
using stored::text_of;

namespace {

constexpr std::array<std::pair<FreezeNotice::What, std::string_view>, 3> what_names = {{
    {FreezeNotice::What::frozen, "frozen"},
    {FreezeNotice::What::half_released, "half_released"},
    {FreezeNotice::What::released, "released"},
}};

constexpr std::array<std::pair<Redraw, std::string_view>, 3> redraw_names = {{
    {Redraw::when_newer, ""},
    {Redraw::in_any_case, "again"},
    {Redraw::as_waiting, "waiting"},
}};

constexpr std::array<std::pair<ThreadLine, std::string_view>, 3> line_names = {{
    {ThreadLine::reminder, "reminder"},
    {ThreadLine::asked_for_reminder, "asked_for_reminder"},
    {ThreadLine::passed_on, "passed_on"},
}};

// An object that this program wrote, and what `read` makes of its fields.
template <class Payload, class Read>
Result<Payload> read_object(std::string_view text, Read read)
{
    const auto parsed = stored::parse(text);
    if (!parsed) return parsed.error();
    const JsonReader fields{*parsed, JsonReader::Written::by_us};
    Result<Payload> payload = read(fields);
    if (!fields.is_sound()) return Errc::corrupt;
    return payload;
}

std::string to_text(const FreezeNotice& notice)
{
    json::object out;
    out["what"] = text_of(stored::stored_name(what_names, notice.what));
    out["version"] = notice.version;
    out["freeze"] = text_of(to_document(notice.freeze));
    return json::serialize(out);
}

Result<FreezeNotice> notice_from(std::string_view text)
{
    return read_object<FreezeNotice>(text, [](const JsonReader& fields) -> Result<FreezeNotice> {
        const auto what = fields.named("what", what_names, FreezeNotice::What::frozen);
        auto freeze = freeze_from_document(fields.text("freeze"));
        if (!freeze) return freeze.error();
        return FreezeNotice{what, std::move(*freeze), fields.number("version")};
    });
}

std::optional<MessageTs> optional_ts(const JsonReader& fields, json::string_view key)
{
    const std::string ts = fields.text_or(key, "");
    if (ts.empty()) return std::nullopt;
    return MessageTs{ts};
}

}  // namespace

template <>
Result<NoPayload> payload_from(std::string_view)
{
    return NoPayload{};
}

std::string to_payload(const Note& note)
{
    json::object out;
    out["user"] = text_of(note.user.str());
    out["text"] = text_of(note.text);
    if (note.channel) out["channel"] = text_of(note.channel->str());
    if (note.response_url) out["response_url"] = text_of(to_hex(note.response_url->bytes));
    return json::serialize(out);
}

template <>
Result<Note> payload_from(std::string_view text)
{
    return read_object<Note>(text, [](const JsonReader& fields) -> Result<Note> {
        Note note{SlackUserId{fields.text("user")}, fields.text("text")};
        if (fields.has("channel")) note.channel.emplace(fields.text("channel"));
        if (!fields.has("response_url")) return note;
        auto bytes = from_hex(fields.text("response_url"));
        if (!bytes) return bytes.error();
        note.response_url = Sealed{std::move(*bytes)};
        return note;
    });
}

std::string to_payload(const ClaimPress& press)
{
    json::object out;
    out["by"] = text_of(to_payload(press.by));
    stored::put(out, "at", press.claim.at);
    return json::serialize(out);
}

template <>
Result<ClaimPress> payload_from(std::string_view text)
{
    return read_object<ClaimPress>(text, [](const JsonReader& fields) -> Result<ClaimPress> {
        auto by = payload_from<Note>(fields.text("by"));
        if (!by) return by.error();
        return ClaimPress{std::move(*by), fields.time("at")};
    });
}

std::string to_payload(const LastRelease& release)
{
    json::object out;
    out["by"] = text_of(to_payload(release.by));
    out["pressed"] = release.pressed;
    if (release.announcement) out["announcement"] = text_of(release.announcement->str());
    return json::serialize(out);
}

template <>
Result<LastRelease> payload_from(std::string_view text)
{
    return read_object<LastRelease>(text, [](const JsonReader& fields) -> Result<LastRelease> {
        auto by = payload_from<Note>(fields.text("by"));
        if (!by) return by.error();
        LastRelease release{std::move(*by), fields.number("pressed")};
        release.announcement = optional_ts(fields, "announcement");
        return release;
    });
}

std::string to_payload(const FreezeTelling& telling)
{
    json::object out;
    out["notice"] = text_of(to_text(telling.notice));
    out["to_audit"] = telling.to_audit;
    if (telling.edits) out["edits"] = text_of(telling.edits->str());
    return json::serialize(out);
}

template <>
Result<FreezeTelling> payload_from(std::string_view text)
{
    return read_object<FreezeTelling>(text, [](const JsonReader& fields) -> Result<FreezeTelling> {
        auto notice = notice_from(fields.text("notice"));
        if (!notice) return notice.error();
        FreezeTelling telling{std::move(*notice), fields.flag("to_audit")};
        telling.edits = optional_ts(fields, "edits");
        return telling;
    });
}

std::string to_payload(const SlackRefusal& refusal)
{
    json::object out;
    out["what"] = text_of(refusal.what);
    out["reason"] = text_of(refusal.reason);
    out["since"] = to_unix_ms(refusal.since);
    return json::serialize(out);
}

template <>
Result<SlackRefusal> payload_from(std::string_view text)
{
    return read_object<SlackRefusal>(text, [](const JsonReader& fields) -> Result<SlackRefusal> {
        return SlackRefusal{fields.text("what"), fields.text("reason"), fields.time("since")};
    });
}

std::string to_payload(Redraw why) { return std::string{stored::stored_name(redraw_names, why)}; }

template <>
Result<Redraw> payload_from(std::string_view text)
{
    for (const auto& [why, name] : redraw_names)
        if (name == text) return why;
    return Redraw::when_newer;
}

std::string to_payload(ThreadLine line) { return std::string{stored::stored_name(line_names, line)}; }

template <>
Result<ThreadLine> payload_from(std::string_view text)
{
    for (const auto& [line, name] : line_names)
        if (name == text) return line;
    return Errc::corrupt;
}

std::string to_payload(ReminderNumber reminder) { return std::to_string(reminder.number); }

template <>
Result<ReminderNumber> payload_from(std::string_view text)
{
    ReminderNumber reminder;
    std::from_chars(text.data(), text.data() + text.size(), reminder.number);
    return reminder;
}

std::string to_payload(const GivenUpJob& given_up)
{
    return (given_up.to_audit ? "audit:" : "requester:") + given_up.kind;
}

template <>
Result<GivenUpJob> payload_from(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return Errc::corrupt;
    return GivenUpJob{text.substr(0, colon) == "audit", std::string{text.substr(colon + 1)}};
}

std::string to_payload(const HomeOf& home) { return home.user.str(); }

template <>
Result<HomeOf> payload_from(std::string_view text)
{
    return HomeOf{SlackUserId{std::string{text}}};
}

}  // namespace countersign
