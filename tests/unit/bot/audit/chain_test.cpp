#include "bot/audit/chain.hpp"

#include "bot/crypto/digest.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;

namespace {

const TimePoint noon = from_unix_ms(1'795'348'800'123);

std::vector<AuditRow> sound_log(int size)
{
    std::vector<AuditRow> rows;
    AuditMark head = audit::genesis();
    for (int i = 0; i < size; ++i)
    {
        AuditEvent event{"request_received", "U1", RequestId{"rq-" + std::to_string(i)}};
        event.details.emplace_back("reason", "\"quoted\" " + std::to_string(i));
        rows.push_back(audit::next_row(head, event, noon));
        head = rows.back().mark;
    }
    return rows;
}

}  // namespace

TEST_CASE("a row is the canonical text of its event", "[audit]")
{
    AuditEvent event{"request_approved", "U2", RequestId{"rq-1"}};
    event.details = {{"z", "1"}, {"a", "line\nend \"q\" \\"}};
    const AuditRow row = audit::next_row(audit::genesis(), event, noon);
    CHECK(row.mark.sequence == 1);
    CHECK(
        row.text ==
        R"({"seq":1,"at":"2026-11-22T12:00:00.123Z","request":"rq-1","action":"request_approved","actor":"U2",)"
        R"("details":{"z":"1","a":"line\nend \"q\" \\"},"prev":")" +
            std::string(64, '0') + "\"}");
    CHECK(row.mark.hash == sha256_hex(std::string{'\0'} + row.text));
}

TEST_CASE("a row without request and details says so", "[audit]")
{
    const AuditRow row = audit::next_row(audit::genesis(), AuditEvent{"service_started", "countersign"}, noon);
    CHECK(row.text.find(R"("request":null,)") != std::string::npos);
    CHECK(row.text.find(R"("details":{},)") != std::string::npos);
}

TEST_CASE("a sound log verifies, whole and in pieces", "[audit]")
{
    const auto rows = sound_log(20);
    CHECK_FALSE(audit::verify(rows));
    CHECK_FALSE(audit::verify({}));
    const std::span<const AuditRow> all{rows};
    CHECK_FALSE(audit::verify(all.subspan(7), rows[6].mark));
    CHECK(audit::verify(all.subspan(7)) == 1);
}

TEST_CASE("each flipped byte of each row is found at its row", "[audit]")
{
    const auto rows = sound_log(5);
    for (std::size_t at = 0; at < rows.size(); ++at)
    {
        for (std::size_t i = 0; i < rows[at].text.size(); ++i)
        {
            auto forged = rows;
            forged[at].text[i] = static_cast<char>(forged[at].text[i] ^ 1);
            CHECK(audit::verify(forged) == rows[at].mark.sequence);
        }
        for (std::size_t i = 0; i < rows[at].mark.hash.size(); ++i)
        {
            auto forged = rows;
            forged[at].mark.hash[i] = static_cast<char>(forged[at].mark.hash[i] ^ 1);
            CHECK(audit::verify(forged) == rows[at].mark.sequence);
        }
    }
}

TEST_CASE("a row taken out, doubled or put elsewhere is found", "[audit]")
{
    const auto rows = sound_log(6);
    for (std::size_t at = 0; at + 1 < rows.size(); ++at)
    {
        const auto place = static_cast<std::ptrdiff_t>(at);
        auto cut = rows;
        cut.erase(cut.begin() + place);
        CHECK(audit::verify(cut) == rows[at].mark.sequence);

        auto doubled = rows;
        doubled.insert(doubled.begin() + place, rows[at]);
        CHECK(audit::verify(doubled) == rows[at].mark.sequence + 1);

        auto swapped = rows;
        std::swap(swapped[at], swapped[at + 1]);
        CHECK(audit::verify(swapped) == rows[at].mark.sequence);
    }
}

TEST_CASE("a row that was rewritten with a fitting hash is found at the next one", "[audit]")
{
    auto rows = sound_log(4);
    rows[1] = audit::next_row(rows[0].mark, AuditEvent{"request_denied", "U9"}, noon);
    CHECK(audit::verify(rows) == 3);
}

TEST_CASE("rows renumbered over a gap are found", "[audit]")
{
    auto rows = sound_log(4);
    rows.erase(rows.begin() + 1);
    rows[1].mark.sequence = 2;
    rows[2].mark.sequence = 3;
    CHECK(audit::verify(rows) == 2);
}

TEST_CASE("a row whose text has another number than its place is found, whatever its hash", "[audit]")
{
    auto rows = sound_log(3);
    AuditMark further = rows[1].mark;
    further.sequence += 5;
    rows[2] = audit::next_row(further, AuditEvent{"request_denied", "U9"}, noon);
    rows[2].mark.sequence = 3;
    CHECK(audit::verify(rows) == 3);
}

TEST_CASE("a row that stands at another place than its text says is found", "[audit]")
{
    auto rows = sound_log(3);
    rows[1].mark.sequence = GENERATE(1, 3, 4);
    CHECK(audit::verify(rows) == 2);
}

TEST_CASE("a log begins with the first row, behind the row that there never was", "[audit]")
{
    CHECK(audit::genesis().sequence == 0);
    CHECK(audit::genesis().hash == std::string(64, '0'));
    auto rows = sound_log(2);
    AuditMark other = audit::genesis();
    other.hash.front() = '1';
    rows[0] = audit::next_row(other, AuditEvent{"request_denied", "U9"}, noon);
    CHECK(audit::verify(rows) == 1);
}
