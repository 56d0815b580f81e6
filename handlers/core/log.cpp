#include "handlers/core/log.hpp"

#include "handlers/core/time.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace countersign::log {

namespace {

constexpr std::string_view names[] = {"debug", "info", "warn", "error"};
constexpr spdlog::level::level_enum levels[] = {
    spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};

std::shared_ptr<spdlog::logger>& logger()
{
    static std::shared_ptr<spdlog::logger> instance;
    return instance;
}

// Without a lock of its own: what it hands lines to is for any thread.
class GivenSink final : public spdlog::sinks::sink
{
public:
    explicit GivenSink(Sink take) : take_{std::move(take)} {}

    void log(const spdlog::details::log_msg& message) override
    {
        const auto at = std::chrono::floor<Milliseconds>(message.time);
        const std::string stamp = R"({"ts":")" + to_iso8601(at) + R"(",)";
        const auto* const level = std::find(std::begin(levels), std::end(levels), message.level);
        const auto index = static_cast<int>(std::distance(std::begin(levels), level));
        take_(static_cast<Level>(index), stamp, {message.payload.data(), message.payload.size()});
    }
    void flush() override {}
    void set_pattern(const std::string&) override {}
    void set_formatter(std::unique_ptr<spdlog::formatter>) override {}

private:
    Sink take_;
};

void start_with(std::shared_ptr<spdlog::sinks::sink> sink, std::string_view level)
{
    auto made = std::make_shared<spdlog::logger>("countersign", std::move(sink));
    // The time stamp is the sink's: a line is {"ts":"...", then what render() made, without its first brace.
    made->set_pattern(R"({"ts":"%Y-%m-%dT%H:%M:%S.%eZ",%v)", spdlog::pattern_time_type::utc);
    made->set_level(spdlog::level::from_str(std::string{level}));
    made->flush_on(spdlog::level::debug);
    // Otherwise it writes to standard error, which may block.
    made->set_error_handler([](const std::string&) {});
    logger() = std::move(made);
}

}  // namespace

void start(std::string_view level, Sink sink) { start_with(std::make_shared<GivenSink>(std::move(sink)), level); }

void start(std::string_view level) { start_with(std::make_shared<spdlog::sinks::stdout_sink_mt>(), level); }

std::string render(Level level, std::string_view event, std::initializer_list<Field> fields)
{
    boost::json::object line;
    line["level"] = boost::json::string_view{names[static_cast<int>(level)]};
    line["event"] = boost::json::string_view{event};
    for (const Field& field : fields) line[boost::json::string_view{field.key}] = boost::json::string_view{field.value};
    return boost::json::serialize(line);
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields)
{
    const auto target = levels[static_cast<int>(level)];
    if (!logger() || !logger()->should_log(target)) return;
    const std::string line = render(level, event, fields);
    logger()->log(target, "{}", std::string_view{line}.substr(1));
}

void debug(std::string_view event, std::initializer_list<Field> fields) { write(Level::debug, event, fields); }
void info(std::string_view event, std::initializer_list<Field> fields) { write(Level::info, event, fields); }
void warn(std::string_view event, std::initializer_list<Field> fields) { write(Level::warn, event, fields); }
void error(std::string_view event, std::initializer_list<Field> fields) { write(Level::error, event, fields); }

}  // namespace countersign::log
