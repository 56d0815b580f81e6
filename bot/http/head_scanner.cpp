#include "bot/http/head_scanner.hpp"

namespace countersign::http {

std::size_t HeadScanner::feed(std::string_view bytes) noexcept
{
    std::size_t taken = 0;
    while (taken < bytes.size() && state_ == State::reading) take(bytes[taken++]);
    return taken;
}

void HeadScanner::take(char byte) noexcept
{
    if (after_cr_)
    {
        after_cr_ = false;
        if (byte != '\n' || (at_line_start_ && is_first_line_))
            state_ = State::malformed;
        else if (at_line_start_)
            state_ = State::complete;
        is_first_line_ = false;
        at_line_start_ = true;
        return;
    }
    if (byte == '\r')
    {
        after_cr_ = true;
        return;
    }
    const bool is_folded = at_line_start_ && (byte == ' ' || byte == '\t');
    if (byte == '\n' || byte == '\0' || is_folded) state_ = State::malformed;
    at_line_start_ = false;
}

}  // namespace countersign::http
