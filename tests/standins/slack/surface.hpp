#pragma once

namespace standins::slack {

// Where blocks are shown: some kinds of block may stand in one place only.
enum class Surface
{
    message,
    modal,
    home
};

}  // namespace standins::slack
