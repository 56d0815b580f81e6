#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct evp_pkey_st;
struct x509_st;

namespace countersign::test {

enum class KeyKind
{
    p256,
    rsa1024
};

// What a certificate says; the defaults are a good one for a server called localhost.
struct CertificateSpec
{
    std::string common_name = "localhost";
    std::vector<std::string> alt_names{"DNS:localhost"};  // OpenSSL's notation; empty: no subjectAltName
    std::string extended_key_usage = "serverAuth";        // empty: none
    std::chrono::hours begins{-1};                        // from now
    std::chrono::hours ends{1};
    bool is_authority = false;
    bool signs_with_sha1 = false;
    KeyKind key = KeyKind::p256;
};

struct Pem
{
    std::string certificate;
    std::string key;
};

// A certificate with its key, made on the spot: a root of its own, or signed by another.
class Identity
{
public:
    static Identity self_signed(const CertificateSpec& spec) { return Identity{spec, nullptr}; }
    Identity issue(const CertificateSpec& spec) const { return Identity{spec, this}; }

    const Pem& pem() const noexcept { return pem_; }

private:
    Identity(const CertificateSpec& spec, const Identity* issuer);

    std::shared_ptr<evp_pkey_st> key_;
    std::shared_ptr<x509_st> certificate_;
    Pem pem_;
};

// A root that may sign.
Identity make_authority(const std::string& name);

// A directory that is removed with everything in it.
class TemporaryDirectory
{
public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();

    // Writes a file and returns its path.
    std::string write(const std::string& name, const std::string& text) const;

private:
    std::filesystem::path path_;
};

}  // namespace countersign::test
