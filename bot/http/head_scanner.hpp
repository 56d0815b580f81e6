#pragma once

#include <cstddef>
#include <string_view>

namespace countersign::http {

// Holds the head of a request (request line and fields) to RFC 9112's line discipline before any parser reads it:
// every line ends in CR LF, neither stands alone, there is no NUL, no line begins with white space (obs-fold), and the
// first line is not empty. Beast 1.81 unfolds obs-fold silently, which is why this looks at the raw bytes.
class HeadScanner
{
public:
    enum class State
    {
        reading,
        complete,  // the empty line was seen
        malformed
    };

    // Reads on from the last byte given; stops after the empty line. Returns how many bytes it has taken.
    std::size_t feed(std::string_view bytes) noexcept;
    State state() const noexcept { return state_; }

private:
    void take(char byte) noexcept;

    State state_ = State::reading;
    bool is_first_line_ = true;
    bool at_line_start_ = true;
    bool after_cr_ = false;
};

}  // namespace countersign::http
