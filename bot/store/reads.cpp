#include "bot/store/reads.hpp"

#include "bot/store/change.hpp"
#include "bot/store/connection.hpp"
#include "bot/store/sql.hpp"
#include "handlers/core/hex.hpp"

#include <algorithm>
#include <string>
#include <tuple>

namespace countersign::store {

std::optional<Request> Reads::request(const RequestId& id)
{
    using Row = std::tuple<std::int64_t, std::string, std::string>;
    const auto row = connection_.query_one<Row>(sql::find_request, id.str());
    if (!row) return std::nullopt;
    const auto& [version, state_name, document] = *row;
    const auto state = state_named(state_name);
    if (!state) throw boost::system::system_error{make_error_code(Errc::corrupt), "request " + id.str()};
    return from_document(id, version, *state, document).value();
}

std::optional<Post> Reads::post(const RequestId& id, PostKind kind)
{
    using Row = std::tuple<
        std::string, std::optional<std::string>, std::optional<std::string>, std::optional<std::int64_t>, std::int64_t>;
    const auto row = connection_.query_one<Row>(sql::find_post, id.str(), name_of(kind));
    if (!row) return std::nullopt;
    const auto& [uuid, channel, ts, sending_since, drawn_version] = *row;
    Post post{id, kind, uuid};
    if (channel) post.channel = ChannelId{*channel};
    if (ts) post.ts = MessageTs{*ts};
    if (sending_since) post.sending_since = from_unix_ms(*sending_since);
    post.drawn_version = drawn_version;
    return post;
}

std::optional<Sealed> Reads::credential(const RequestId& id)
{
    const auto row = connection_.query_one<std::tuple<std::string>>(sql::find_credential, id.str());
    if (!row) return std::nullopt;
    return Sealed{from_hex(std::get<0>(*row)).value()};
}

std::optional<AuditMark> Reads::last_audit_of(const RequestId& id)
{
    const auto row = connection_.query_one<std::tuple<std::int64_t, std::string>>(sql::last_audit_of, id.str());
    if (!row) return std::nullopt;
    AuditMark mark;
    std::tie(mark.sequence, mark.hash) = *row;
    return mark;
}

std::optional<TimePoint> Reads::next_due()
{
    using Row = std::tuple<std::optional<std::int64_t>, std::optional<std::int64_t>>;
    const auto row = connection_.query_one<Row>(sql::next_due);
    if (!row) return std::nullopt;
    const auto [due, lease_end] = *row;
    if (due && lease_end) return from_unix_ms(std::min(*due, *lease_end));
    if (due || lease_end) return from_unix_ms(due ? *due : *lease_end);
    return std::nullopt;
}

std::vector<AuditRow> Reads::audit_after(std::int64_t sequence, int limit)
{
    using Row = std::tuple<std::int64_t, std::string, std::string>;
    std::vector<AuditRow> out;
    for (const auto& [number, hash, text] : connection_.query<Row>(sql::audit_after, sequence, limit))
    {
        AuditRow& row = out.emplace_back();
        row.mark.sequence = number;
        row.mark.hash = hash;
        row.text = text;
    }
    return out;
}

}  // namespace countersign::store
