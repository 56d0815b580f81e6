#include "handlers/rules/completeness.hpp"

namespace countersign::rules {

bool is_incomplete(const Request& request, const Settings& settings)
{
    return (settings.fields.reason_required && request.reason.empty()) ||
        (settings.fields.case_number_required && request.case_number.empty()) ||
        (settings.verification.required && !request.verification);
}

}  // namespace countersign::rules
