#pragma once

#include <filesystem>

namespace standins {

struct CertificateFiles
{
    std::filesystem::path authority;    // PEM: what clients are told to trust
    std::filesystem::path certificate;  // PEM: for localhost and 127.0.0.1
    std::filesystem::path key;          // PEM, unencrypted: for tests only
};

// Makes a certificate authority and a certificate of its own, valid for a day from now, in an existing directory.
// Throws std::runtime_error.
CertificateFiles make_test_certificates(const std::filesystem::path& directory);

}  // namespace standins
