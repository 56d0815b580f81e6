#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The stand-ins' own small HTTP vocabulary: they share no code with the product, so that a mistake of the product's
// HTTP does not hide in both.
namespace standins {

struct Request
{
    std::string method;  // "GET", "POST", ...
    std::string target;  // as on the request line: path and query, still percent-encoded
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;

    // The first value of a header (name in lower case), or empty.
    std::string_view header(std::string_view name) const
    {
        for (const auto& [key, value] : headers)
            if (key == name) return value;
        return {};
    }
    std::string_view path() const { return std::string_view{target}.substr(0, target.find('?')); }
    std::string_view query() const
    {
        const auto mark = target.find('?');
        return mark == std::string::npos ? std::string_view{} : std::string_view{target}.substr(mark + 1);
    }
};

struct Response
{
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;  // without content-length
    std::string body;
};

// What may go wrong with one exchange. The stand-in's own rules come first; a fault is what the network adds.
enum class Fault
{
    none,
    delay,         // answered, but only after Plan::delay_ms
    rate_limit,    // 429 with Retry-After, nothing applied
    error_before,  // 500 with an HTML body, nothing applied
    error_after,   // applied, then 500 with an HTML body
    reset_before,  // connection reset, nothing applied
    reset_after,   // applied, then the connection is reset without an answer
    garbage,       // applied, then 200 with a body that is no JSON
    truncate,      // applied, then an answer cut in the middle
};

}  // namespace standins
