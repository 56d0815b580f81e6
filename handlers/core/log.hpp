#pragma once

#include <concepts>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

namespace countersign {

class Secret;

namespace log {

enum class Level
{
    debug,
    info,
    warn,
    error
};

// One datum of a line. Ids, numbers and fixed words go in; a Secret does not compile. Message text, tokens,
// bodies, response URLs and e-mail addresses are never fields.
struct Field
{
    std::string_view key;
    std::string value;

    Field(std::string_view k, std::string_view v) : key{k}, value{v} {}
    Field(std::string_view k, const char* v) : key{k}, value{v} {}
    Field(std::string_view k, const std::string& v) : key{k}, value{v} {}
    template <class Int>
        requires std::is_integral_v<Int> Field(std::string_view k, Int v) : key{k}, value{std::to_string(v)} {}
        template <class Id>
            requires requires(const Id& id)
            {
                {
                    id.str()
                    } -> std::convertible_to<std::string_view>;
            }
        Field(std::string_view k, const Id& id) : key{k}, value{id.str()} {}
        Field(std::string_view, const Secret&) = delete;
};

// One JSON object a line. `event` is a fixed noun_verb, never built from input.
void write(Level level, std::string_view event, std::initializer_list<Field> fields);
std::string render(Level level, std::string_view event, std::initializer_list<Field> fields);

void debug(std::string_view event, std::initializer_list<Field> fields = {});
void info(std::string_view event, std::initializer_list<Field> fields = {});   // what happened to a request
void warn(std::string_view event, std::initializer_list<Field> fields = {});   // we coped
void error(std::string_view event, std::initializer_list<Field> fields = {});  // someone must act

// Takes what is logged, from any thread, one line at a time: `stamp` and then `body`, without the end of the line.
// Lines that say the same have the same body.
using Sink = std::function<void(Level level, std::string_view stamp, std::string_view body)>;

// Called once by main; until then lines go nowhere. `level` is one of debug, info, warn, error, off.
void start(std::string_view level, Sink sink);
// To standard output, which is waited for when nobody reads it: for what has nothing else to do.
void start(std::string_view level);

}  // namespace log
}  // namespace countersign
