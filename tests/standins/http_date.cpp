#include "tests/standins/http_date.hpp"

#include <array>
#include <ctime>

namespace standins {

void put_date(Response& response, TimeMs now)
{
    const std::time_t seconds = now / 1000;
    std::tm date{};
    ::gmtime_r(&seconds, &date);
    std::array<char, 64> text{};
    const auto size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &date);
    response.headers.emplace_back("date", std::string{text.data(), size});
}

}  // namespace standins
