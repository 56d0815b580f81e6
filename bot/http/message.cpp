#include "bot/http/message.hpp"

#include "handlers/core/secret.hpp"

#include <algorithm>

namespace countersign::http {

ServerRequest::~ServerRequest() { wipe(body); }

std::size_t ServerRequest::header_count(std::string_view name) const noexcept
{
    return static_cast<std::size_t>(
        std::count_if(headers.begin(), headers.end(), [name](const auto& field) { return field.first == name; }));
}

std::string_view ServerRequest::header(std::string_view name) const noexcept
{
    for (const auto& [key, value] : headers)
        if (key == name) return value;
    return {};
}

std::string_view ServerRequest::path() const noexcept { return std::string_view{target}.substr(0, target.find('?')); }

std::string_view ServerRequest::query() const noexcept
{
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view{} : std::string_view{target}.substr(mark + 1);
}

}  // namespace countersign::http
