#include "bot/store/reader.hpp"

#include "bot/store/database.hpp"
#include "bot/store/post_kind.hpp"
#include "bot/store/sql.hpp"
#include "handlers/core/hex.hpp"
#include "handlers/model/freeze_document.hpp"

#include <algorithm>
#include <string>
#include <tuple>

namespace countersign::store {

namespace {

// id, version, state, document
using RequestRow = std::tuple<std::string, std::int64_t, std::string, std::string>;
using ViewerRow = std::tuple<std::string, std::int64_t, std::int64_t, std::string>;

Request request_of(const RequestRow& row)
{
    const auto& [id, version, state_name, document] = row;
    const auto state = state_named(state_name);
    if (!state) throw boost::system::system_error{make_error_code(Errc::corrupt), "request " + id};
    return from_document(RequestId{id}, version, *state, document).value();
}

std::vector<Request> requests_of(const std::vector<RequestRow>& rows)
{
    std::vector<Request> out;
    out.reserve(rows.size());
    for (const RequestRow& row : rows) out.push_back(request_of(row));
    return out;
}

HomeViewer viewer_of(const ViewerRow& row)
{
    const auto& [user, opened_at, page, digest] = row;
    return {SlackUserId{user}, from_unix_ms(opened_at), page, digest};
}

}  // namespace

std::optional<Request> Reader::request(const RequestId& id)
{
    using Row = std::tuple<std::int64_t, std::string, std::string>;
    const auto row = connection_.query_one<Row>(sql::find_request, id.str());
    if (!row) return std::nullopt;
    const auto& [version, state_name, document] = *row;
    const auto state = state_named(state_name);
    if (!state) throw boost::system::system_error{make_error_code(Errc::corrupt), "request " + id.str()};
    return from_document(id, version, *state, document).value();
}

std::optional<Post> Reader::post(const RequestId& id, PostKind kind)
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

std::optional<Sealed> Reader::credential(const RequestId& id)
{
    const auto row = connection_.query_one<std::tuple<std::string>>(sql::find_credential, id.str());
    if (!row) return std::nullopt;
    return Sealed{from_hex(std::get<0>(*row)).value()};
}

std::optional<AuditMark> Reader::last_audit_of(const RequestId& id)
{
    const auto row = connection_.query_one<std::tuple<std::int64_t, std::string>>(sql::last_audit_of, id.str());
    if (!row) return std::nullopt;
    AuditMark mark;
    std::tie(mark.sequence, mark.hash) = *row;
    return mark;
}

std::vector<AuditRow> Reader::audit_after(std::int64_t sequence, int limit)
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

FreezeSwitch Reader::freeze()
{
    using Row = std::tuple<std::int64_t, std::optional<std::string>>;
    FreezeSwitch out;
    const auto row = connection_.query_one<Row>(sql::find_freeze);
    // Without its row nobody knows whether everything is stopped.
    if (!row) throw boost::system::system_error{make_error_code(Errc::corrupt), "freeze"};
    out.version = std::get<0>(*row);
    if (const auto& document = std::get<1>(*row)) out.freeze = freeze_from_document(*document).value();
    return out;
}

std::vector<TimePoint> Reader::request_times(const RequestWindow& window, int limit)
{
    using Row = std::tuple<std::int64_t>;
    const std::int64_t since = to_unix_ms(window.since);
    std::vector<Row> rows;
    switch (window.of)
    {
    case RequestWindow::Of::person:
        rows = connection_.query<Row>(sql::request_times_of_person, window.key, since, limit);
        break;
    case RequestWindow::Of::account:
        rows = connection_.query<Row>(sql::request_times_of_account, window.key, since, limit);
        break;
    case RequestWindow::Of::look_ups:
        rows = connection_.query<Row>(sql::look_up_times_of_person, window.key, since, limit);
        break;
    case RequestWindow::Of::everybody: rows = connection_.query<Row>(sql::request_times, since, limit); break;
    }
    std::vector<TimePoint> out;
    for (const auto& [at] : rows) out.push_back(from_unix_ms(at));
    return out;
}

std::vector<Decision> Reader::deciders_of(const SlackUserId& requester, TimePoint since, int limit)
{
    using Row = std::tuple<std::string, std::int64_t>;
    std::vector<Decision> out;
    for (const auto& [by, at] : connection_.query<Row>(sql::deciders_of, requester.str(), to_unix_ms(since), limit))
        out.push_back({SlackUserId{by}, from_unix_ms(at)});
    return out;
}

std::optional<Request> Reader::open_request(const std::string& account_key)
{
    const auto row = connection_.query_one<RequestRow>(sql::find_open_request, account_key);
    if (!row) return std::nullopt;
    return request_of(*row);
}

std::optional<Request> Reader::last_change_of(const Auth0UserId& account)
{
    const auto row = connection_.query_one<RequestRow>(sql::last_change_of, account.str());
    if (!row) return std::nullopt;
    return request_of(*row);
}

std::vector<Request> Reader::requests_of(const SlackUserId& requester, int limit, int offset)
{
    return store::requests_of(connection_.query<RequestRow>(sql::requests_of, requester.str(), limit, offset));
}

std::vector<Request> Reader::pending_requests(int limit, int offset)
{
    return store::requests_of(connection_.query<RequestRow>(sql::pending_requests, limit, offset));
}

std::vector<Request> Reader::held_requests(int limit)
{
    return store::requests_of(connection_.query<RequestRow>(sql::held_requests, limit));
}

std::vector<Request> Reader::ended_requests(TimePoint since, int limit, int offset)
{
    return store::requests_of(connection_.query<RequestRow>(sql::ended_requests, to_unix_ms(since), limit, offset));
}

std::optional<HomeViewer> Reader::viewer(const SlackUserId& user)
{
    const auto row = connection_.query_one<ViewerRow>(sql::find_viewer, user.str());
    if (!row) return std::nullopt;
    return viewer_of(*row);
}

std::vector<HomeViewer> Reader::viewers(int limit)
{
    std::vector<HomeViewer> out;
    for (const auto& row : connection_.query<ViewerRow>(sql::list_viewers, limit)) out.push_back(viewer_of(row));
    return out;
}

}  // namespace countersign::store
