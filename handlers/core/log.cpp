#include "handlers/core/log.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

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

}  // namespace

void start(std::string_view level)
{
    logger() = std::make_shared<spdlog::logger>("countersign", std::make_shared<spdlog::sinks::stdout_sink_mt>());
    // The time stamp is the sink's: a line is {"ts":"...", then what render() made, without its first brace.
    logger()->set_pattern(R"({"ts":"%Y-%m-%dT%H:%M:%S.%eZ",%v)", spdlog::pattern_time_type::utc);
    logger()->set_level(spdlog::level::from_str(std::string{level}));
    logger()->flush_on(spdlog::level::debug);
}

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
