#include "tests/support/auth0_tenant.hpp"

namespace countersign::test {

Tenant::Tenant() = default;
Tenant::~Tenant() = default;

}  // namespace countersign::test
