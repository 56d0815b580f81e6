#include "handlers/effects/operations.hpp"

#include "handlers/effects/make_link.hpp"
#include "handlers/effects/send_change.hpp"
#include "handlers/effects/set_password.hpp"

#include <stdexcept>

namespace countersign::effects {

OperationHandler handler_of(Operation operation)
{
    switch (operation)
    {
    case Operation::set_password: return {set_password, settle_change, send_durably};
    case Operation::create_account: return {set_password, settle_creation, send_durably};
    case Operation::make_link: return {make_link};
    }
    throw std::logic_error{"operation without a handler"};
}

}  // namespace countersign::effects
