#include "bot/audit/chain.hpp"

#include "bot/crypto/digest.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <string>
#include <string_view>

namespace countersign::audit {

namespace {

std::string json_text(std::string_view text)
{
    return boost::json::serialize(boost::json::string{boost::json::string_view{text.data(), text.size()}});
}

std::string head_of(std::int64_t sequence) { return R"({"seq":)" + std::to_string(sequence) + R"(,"at":")"; }
std::string tail_of(const AuditMark& previous) { return R"(,"prev":")" + previous.hash + R"("})"; }

// The leading zero byte keeps row hashes apart from those of tree nodes (RFC 6962 section 2.1).
std::string hash_of(std::string_view text) { return sha256_hex({std::string_view{"\0", 1}, text}); }

}  // namespace

AuditMark genesis()
{
    AuditMark mark;
    mark.hash = std::string(64, '0');
    return mark;
}

AuditRow next_row(const AuditMark& previous, const AuditEvent& event, TimePoint at)
{
    AuditRow row;
    row.mark.sequence = previous.sequence + 1;
    row.text = head_of(row.mark.sequence) + to_iso8601(at) + R"(","request":)";
    row.text += event.request ? json_text(event.request->str()) : "null";
    row.text += R"(,"action":)" + json_text(event.action) + R"(,"actor":)" + json_text(event.actor) + R"(,"details":{)";
    std::string_view comma;
    for (const auto& [key, value] : event.details)
    {
        row.text.append(comma).append(json_text(key)).append(":").append(json_text(value));
        comma = ",";
    }
    row.text += "}" + tail_of(previous);
    row.mark.hash = hash_of(row.text);
    return row;
}

std::optional<std::int64_t> verify(std::span<const AuditRow> rows, const AuditMark& previous)
{
    AuditMark before = previous;
    for (const AuditRow& row : rows)
    {
        const std::int64_t expected = before.sequence + 1;
        const bool follows = row.mark.sequence == expected && row.text.starts_with(head_of(expected)) &&
            row.text.ends_with(tail_of(before)) && row.mark.hash == hash_of(row.text);
        if (!follows) return expected;
        before = row.mark;
    }
    return std::nullopt;
}

}  // namespace countersign::audit
