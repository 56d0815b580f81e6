#pragma once

#include "bot/store/reader.hpp"
#include "bot/store/writer.hpp"
#include "handlers/ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace countersign::store {

// The port on the two halves of a ledger. Where and when a half does its work is the derived class's business: here
// stands once which half a call is for, and what it asks of it.
class LedgerStore : public Store
{
public:
    boost::asio::awaitable<std::optional<Request>> find_request(RequestId id) override;
    boost::asio::awaitable<std::optional<Post>> find_post(RequestId id, PostKind kind) override;
    boost::asio::awaitable<std::optional<Sealed>> find_credential(RequestId id) override;
    boost::asio::awaitable<FreezeSwitch> find_freeze() override;
    boost::asio::awaitable<std::vector<TimePoint>> request_times(RequestWindow window, int limit) override;
    boost::asio::awaitable<std::vector<Decision>> deciders_of(
        SlackUserId requester, TimePoint since, int limit) override;
    boost::asio::awaitable<std::optional<Request>> find_open_request(std::string account_key) override;
    boost::asio::awaitable<std::optional<Request>> last_change_of(Auth0UserId account) override;
    boost::asio::awaitable<std::vector<Request>> requests_of(SlackUserId requester, int limit, int offset) override;
    boost::asio::awaitable<std::vector<Request>> pending_requests(int limit, int offset) override;
    boost::asio::awaitable<std::vector<Request>> held_requests(int limit) override;
    boost::asio::awaitable<std::vector<Request>> ended_requests(TimePoint since, int limit, int offset) override;
    boost::asio::awaitable<std::optional<HomeViewer>> find_viewer(SlackUserId user) override;
    boost::asio::awaitable<std::vector<HomeViewer>> viewers(int limit) override;
    boost::asio::awaitable<std::optional<AuditMark>> last_audit_of(RequestId id) override;
    boost::asio::awaitable<std::vector<Job>> claim_jobs(
        TimePoint now, TimePoint lease_until, int limit, JobKinds kinds) override;

protected:
    // Lets a half do `work`, and ends when that is done; throws what it threw.
    virtual boost::asio::awaitable<void> read(std::function<void(Reader&)> work) = 0;
    virtual boost::asio::awaitable<void> write(std::function<void(Writer&)> work) = 0;

    // The same for work that comes to something, which it shares: it may be at it still when the caller is gone.
    template <class Work>
    boost::asio::awaitable<std::invoke_result_t<Work, Reader&>> read_by(Work work)
    {
        const auto value = std::make_shared<std::optional<std::invoke_result_t<Work, Reader&>>>();
        std::function<void(Reader&)> call = [value, work = std::move(work)](Reader& reader) {
            value->emplace(work(reader));
        };
        co_await read(std::move(call));
        co_return std::move(**value);
    }
    template <class Work>
    boost::asio::awaitable<std::invoke_result_t<Work, Writer&>> write_by(Work work)
    {
        const auto value = std::make_shared<std::optional<std::invoke_result_t<Work, Writer&>>>();
        std::function<void(Writer&)> call = [value, work = std::move(work)](Writer& writer) {
            value->emplace(work(writer));
        };
        co_await write(std::move(call));
        co_return std::move(**value);
    }
};

}  // namespace countersign::store
