#pragma once

#include "handlers/core/secret.hpp"
#include "handlers/ports/random.hpp"
#include "handlers/ports/vault.hpp"

#include <cstddef>
#include <string_view>

namespace countersign {

// Seals with a key encryption key (KEK) that is derived from a file which the operator keeps outside the database.
//
// Envelope: each seal() draws a data key, which encrypts this one text (AES-256-GCM, so that a nonce cannot repeat
// under a key) and is itself wrapped by the KEK. Both encryptions authenticate version, KEK id and context.
// KEK = HKDF-SHA256(material, info "countersign vault 1"), RFC 5869.
class FileVault final : public Vault
{
public:
    // `material` is the file's content; one line end at its end does not count. Throws std::invalid_argument when
    // fewer than 32 bytes remain. seal() is as thread-safe as `random` is.
    FileVault(const Secret& material, Random& random);

    Sealed seal(const Secret& plain, std::string_view context) const override;
    Result<Secret> open(const Sealed& sealed, std::string_view context) const override;
    std::string pseudonym(std::string_view value) const override;

    static constexpr std::size_t material_bytes_min = 32;

    // What counts of a key file: all of it but a line end at its end, as editors and shells add one. Of 32 raw bytes
    // the last one counts even if it looks like a line end. Empty when it is too short.
    static std::string_view material_of(std::string_view file) noexcept;

private:
    std::string bound_to(std::string_view context) const;

    Random& random_;
    Secret wrapping_key_;
    Secret pseudonym_key_;
    std::string key_id_;  // tells keys apart, reveals nothing of them
};

}  // namespace countersign
