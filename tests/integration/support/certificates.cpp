#include "tests/integration/support/certificates.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace countersign::test {

namespace {

void require(bool is_done, const char* what)
{
    if (!is_done) throw std::runtime_error{std::string{"OpenSSL: "} + what};
}

EVP_PKEY* make_key(KeyKind kind)
{
    switch (kind)
    {
    case KeyKind::p256: return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    case KeyKind::rsa1024: return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{1024});
    }
    return nullptr;
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, "extension");
    X509_EXTENSION_free(extension);
}

template <class Write>
std::string to_pem(Write write)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio{BIO_new(BIO_s_mem()), &BIO_free};
    require(write(bio.get()) == 1, "PEM");
    std::string text(static_cast<std::size_t>(BIO_pending(bio.get())), '\0');
    BIO_read(bio.get(), text.data(), static_cast<int>(text.size()));
    return text;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ",") + name;
    return all;
}

}  // namespace

Identity::Identity(const CertificateSpec& spec, const Identity* issuer)
    : key_{make_key(spec.key), &EVP_PKEY_free},
      certificate_{X509_new(), &X509_free}
{
    static long serial = 1;
    X509* certificate = certificate_.get();
    X509* parent = issuer == nullptr ? certificate : issuer->certificate_.get();
    require(key_ != nullptr && certificate != nullptr, "key");
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), std::chrono::seconds{spec.begins}.count());
    X509_gmtime_adj(X509_getm_notAfter(certificate), std::chrono::seconds{spec.ends}.count());
    X509_set_pubkey(certificate, key_.get());
    const auto* name = reinterpret_cast<const unsigned char*>(spec.common_name.c_str());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, name, -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(parent));

    add_extension(certificate, parent, NID_basic_constraints, spec.is_authority ? "critical,CA:TRUE" : "CA:FALSE");
    if (spec.is_authority) add_extension(certificate, parent, NID_key_usage, "critical,keyCertSign,cRLSign");
    if (!spec.alt_names.empty()) add_extension(certificate, parent, NID_subject_alt_name, joined(spec.alt_names));
    if (!spec.extended_key_usage.empty())
        add_extension(certificate, parent, NID_ext_key_usage, spec.extended_key_usage);

    EVP_PKEY* signer = issuer == nullptr ? key_.get() : issuer->key_.get();
    require(X509_sign(certificate, signer, spec.signs_with_sha1 ? EVP_sha1() : EVP_sha256()) > 0, "signature");
    pem_.certificate = to_pem([certificate](BIO* out) { return PEM_write_bio_X509(out, certificate); });
    EVP_PKEY* key = key_.get();
    pem_.key =
        to_pem([key](BIO* out) { return PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

Identity make_authority(const std::string& name)
{
    CertificateSpec spec;
    spec.common_name = name;
    spec.alt_names.clear();
    spec.extended_key_usage.clear();
    spec.is_authority = true;
    return Identity::self_signed(spec);
}

TemporaryDirectory::TemporaryDirectory()
{
    std::string path = (std::filesystem::temp_directory_path() / "countersign-test-XXXXXX").string();
    require(::mkdtemp(path.data()) != nullptr, "no temporary directory");
    path_ = path;
}

TemporaryDirectory::~TemporaryDirectory()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryDirectory::write(const std::string& name, const std::string& text) const
{
    const auto file = path_ / name;
    std::ofstream{file} << text;
    return file.string();
}

}  // namespace countersign::test
