#include "handlers/core/http_date.hpp"

#include <ctime>

namespace countersign::http {

std::optional<std::chrono::sys_seconds> parse_date(const std::string& text)
{
    std::tm date{};
    const char* end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date);
    if (end == nullptr || end != text.c_str() + text.size()) return std::nullopt;
    return std::chrono::sys_seconds{std::chrono::seconds{::timegm(&date)}};
}

}  // namespace countersign::http
