#pragma once

#include <stdexcept>

namespace countersign::store {

// The database must not be used as it stands. The text is for the operator: what is wrong, and with which file.
class StartRefused : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

}  // namespace countersign::store
