#pragma once

#include "handlers/model/request.hpp"

#include <optional>
#include <string>

namespace countersign {

// What the requester wrote, as far as they did.
struct Draft
{
    Purpose purpose = Purpose::reset;
    std::string email;  // as typed or found; parsed where it is used
    std::string reason;
    std::string case_number;
    std::optional<Verification> verification;
    std::string given_name;
    std::string family_name;
};

}  // namespace countersign
