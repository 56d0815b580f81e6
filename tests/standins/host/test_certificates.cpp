#include "tests/standins/host/test_certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

namespace standins {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

void must(bool done, const char* what)
{
    if (!done) throw std::runtime_error{what};
}

Key make_key()
{
    Key key{EVP_EC_gen("P-256"), EVP_PKEY_free};
    must(key != nullptr, "no key");
    return key;
}

void add_extension(X509* certificate, X509* issuer, int kind, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension{
        X509V3_EXT_conf_nid(nullptr, &context, kind, value), X509_EXTENSION_free};
    must(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, "extension refused");
}

Certificate make_certificate(const std::string& name, long serial, EVP_PKEY* key)
{
    constexpr long day_s = 24L * 3600;
    Certificate certificate{X509_new(), X509_free};
    must(certificate != nullptr, "no certificate");
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), day_s);
    const std::basic_string<unsigned char> text{name.begin(), name.end()};
    X509_NAME_add_entry_by_txt(
        X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8, text.data(), static_cast<int>(text.size()), -1,
        0);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key)
{
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    must(X509_sign(certificate, issuer_key, EVP_sha256()) > 0, "not signed");
}

File open_file(const std::filesystem::path& path)
{
    File file{std::fopen(path.c_str(), "we"), &std::fclose};
    must(file != nullptr, "file not written");
    // The key's must be.
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return file;
}

void write(const std::filesystem::path& path, X509* certificate)
{
    const File file = open_file(path);
    must(PEM_write_X509(file.get(), certificate) == 1, "certificate not written");
}

}  // namespace

CertificateFiles make_test_certificates(const std::filesystem::path& directory)
{
    const Key authority_key = make_key();
    const Certificate authority = make_certificate("Stand-in test authority", 1, authority_key.get());
    add_extension(authority.get(), authority.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(authority.get(), authority.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(authority.get(), authority.get(), NID_subject_key_identifier, "hash");
    sign(authority.get(), authority.get(), authority_key.get());

    const Key key = make_key();
    const Certificate certificate = make_certificate("localhost", 2, key.get());
    add_extension(certificate.get(), authority.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate.get(), authority.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(certificate.get(), authority.get(), NID_ext_key_usage, "serverAuth");
    add_extension(certificate.get(), authority.get(), NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
    sign(certificate.get(), authority.get(), authority_key.get());

    CertificateFiles files{directory / "authority.pem", directory / "certificate.pem", directory / "key.pem"};
    write(files.authority, authority.get());
    write(files.certificate, certificate.get());
    const File key_file = open_file(files.key);
    must(
        PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1, "key not written");
    return files;
}

}  // namespace standins
