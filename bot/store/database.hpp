#pragma once

// Internal to bot/store: the only header that includes SOCI.

#include "bot/store/statement.hpp"

#include <soci/soci.h>

#include <atomic>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace countersign::store {

enum class Constraint
{
    unique,   // a unique index or primary key
    foreign,  // a reference to a row that is not there
    other,    // a CHECK, a NOT NULL, a trigger
};

// A statement was refused by the schema. It changed nothing, and the transaction goes on.
class ConstraintViolated : public std::exception
{
public:
    explicit ConstraintViolated(Constraint kind) : kind_{kind} {}
    Constraint kind() const noexcept { return kind_; }
    const char* what() const noexcept override { return "constraint violated"; }

private:
    Constraint kind_;
};

enum class Health
{
    good,
    strained,  // the last attempt failed for want of space, memory or a lock: the next one may succeed
    failed,    // an I/O error or a corrupt file: nothing is trusted until the process starts anew
};

namespace detail {

// A value on its way to or from SOCI.
template <class T>
struct Exchanged
{
    T value{};
    soci::indicator state = soci::i_ok;
};

inline Exchanged<long long> exchanged(std::int64_t value) { return {value, soci::i_ok}; }
inline Exchanged<std::string> exchanged(std::string_view value) { return {std::string{value}, soci::i_ok}; }
inline Exchanged<std::string> exchanged(const std::string& value) { return {value, soci::i_ok}; }
inline Exchanged<std::string> exchanged(const char* value) { return {value, soci::i_ok}; }
inline Exchanged<long long> exchanged(const std::optional<std::int64_t>& value)
{
    return {value.value_or(0), value ? soci::i_ok : soci::i_null};
}
inline Exchanged<std::string> exchanged(const std::optional<std::string>& value)
{
    return {value.value_or(std::string{}), value ? soci::i_ok : soci::i_null};
}

// How a column of type T is fetched.
template <class T>
struct Column;
template <>
struct Column<std::int64_t>
{
    using Fetched = Exchanged<long long>;
    static std::int64_t taken(Fetched& from) { return from.value; }
};
template <>
struct Column<std::string>
{
    using Fetched = Exchanged<std::string>;
    static std::string taken(Fetched& from) { return std::move(from.value); }
};
template <class T>
struct Column<std::optional<T>>
{
    using Fetched = typename Column<T>::Fetched;
    static std::optional<T> taken(Fetched& from)
    {
        if (from.state == soci::i_null) return std::nullopt;
        return Column<T>::taken(from);
    }
};

template <class Row>
struct Fetch;
template <class... Columns>
struct Fetch<std::tuple<Columns...>>
{
    std::tuple<typename Column<Columns>::Fetched...> slots;

    void define(soci::statement& statement)
    {
        std::apply([&](auto&... slot) { (statement.exchange(soci::into(slot.value, slot.state)), ...); }, slots);
    }
    std::tuple<Columns...> row()
    {
        return std::apply([](auto&... slot) { return std::tuple<Columns...>{Column<Columns>::taken(slot)...}; }, slots);
    }
};

}  // namespace detail

// One connection. Statements stay prepared. For one thread, except health(). Errors are told without SOCI's text, which
// quotes the parameters: StoreUnavailable, or ConstraintViolated.
class Connection
{
public:
    enum class Use
    {
        write,  // writes and checkpoints: one in the world
        read,   // cannot write
    };

    // Opens and sets up; each setting is read back. Throws StartRefused.
    Connection(const std::string& path, Use use);
    ~Connection();

    // Parameters: std::int64_t, text, or std::optional of them. Row: a std::tuple of the same.
    template <class Row, class... Parameters>
    std::vector<Row> query(Statement what, const Parameters&... parameters)
    {
        auto uses = std::make_tuple(detail::exchanged(parameters)...);
        detail::Fetch<Row> fetch;
        std::vector<Row> rows;
        try
        {
            soci::statement& statement = prepared(what);
            fetch.define(statement);
            bind(statement, uses);
            statement.execute();
            // To the end: a statement that is not at its end keeps the transaction open.
            while (statement.fetch()) rows.push_back(fetch.row());
            statement.bind_clean_up();
        }
        catch (...)
        {
            give_up(what);
        }
        return rows;
    }

    template <class Row, class... Parameters>
    std::optional<Row> query_one(Statement what, const Parameters&... parameters)
    {
        auto rows = query<Row>(what, parameters...);
        if (rows.empty()) return std::nullopt;
        return std::move(rows.front());
    }

    // The number of rows changed.
    template <class... Parameters>
    std::int64_t exec(Statement what, const Parameters&... parameters)
    {
        auto uses = std::make_tuple(detail::exchanged(parameters)...);
        std::int64_t changed = 0;
        try
        {
            soci::statement& statement = prepared(what);
            bind(statement, uses);
            statement.execute(true);
            changed = statement.get_affected_rows();
            statement.bind_clean_up();
        }
        catch (...)
        {
            give_up(what);
        }
        return changed;
    }

    // Several statements, as in a migration.
    void script(Statement what);

    // Whether a lock that another process holds is waited for. Without a word it is, for five seconds.
    void wait_for_locks(bool waits) noexcept;

    bool in_transaction() noexcept;
    Health health() const noexcept { return health_.load(std::memory_order_relaxed); }
    // After a durable write: space and locks are there again.
    void relieve() noexcept;

private:
    template <class Uses>
    static void bind(soci::statement& statement, Uses& uses)
    {
        std::apply([&](auto&... use) { (statement.exchange(soci::use(use.value, use.state)), ...); }, uses);
        statement.define_and_bind();
    }

    soci::statement& prepared(Statement what);
    // Within a handler: forgets the statement, which SOCI has left in an unknown state, and throws what it means.
    [[noreturn]] void give_up(Statement what);
    [[noreturn]] void throw_for(int code, Statement what);
    void set_up(const std::string& path, Use use);

    soci::session session_;
    std::unordered_map<const char*, soci::statement> statements_;
    std::atomic<Health> health_ = Health::good;
};

// BEGIN now, ROLLBACK unless commit() was reached.
class SqlTransaction
{
public:
    explicit SqlTransaction(Connection& connection);
    ~SqlTransaction();
    SqlTransaction(const SqlTransaction&) = delete;
    SqlTransaction& operator=(const SqlTransaction&) = delete;

    void commit();

private:
    Connection& connection_;
};

}  // namespace countersign::store
