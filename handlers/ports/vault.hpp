#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/sealed.hpp"
#include "handlers/core/secret.hpp"

#include <string>
#include <string_view>

namespace countersign {

// Seals credentials at rest. `context` names the row and the purpose ("credential:rq-1"): what was sealed for one
// context does not open in another. Pure computation: may be called from any thread.
class Vault
{
public:
    virtual ~Vault() = default;
    virtual Sealed seal(const Secret& plain, std::string_view context) const = 0;
    // Errc::corrupt when the bytes, the context or the key are not those of seal().
    virtual Result<Secret> open(const Sealed& sealed, std::string_view context) const = 0;
    // A keyed name for what must not stand in the clear (audit rows): the first 16 hex digits of an HMAC.
    virtual std::string pseudonym(std::string_view value) const = 0;
};

}  // namespace countersign
