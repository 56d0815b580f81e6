#include "bot/crypto/aes_gcm.hpp"

#include "handlers/core/hex.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>
#include <string>

using namespace countersign;

namespace {

std::string bytes(const char* hex) { return from_hex(hex).value(); }

// Test case 16 of "The Galois/Counter Mode of Operation (GCM)", McGrew and Viega.
const std::string key = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
const std::string nonce = bytes("cafebabefacedbaddecaf888");
const std::string bound = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
const std::string plain = bytes("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                                "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
const std::string cipher = bytes("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                 "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                 "76fc6ece0f4e1768cddf8853bb2d551b");

std::string changed(std::string text)
{
    text.back() = static_cast<char>(text.back() ^ 1);
    return text;
}

}  // namespace

TEST_CASE("AES-256-GCM gives the values of its specification", "[crypto]")
{
    CHECK(to_hex(aes_gcm::encrypt(key, nonce, bound, plain)) == to_hex(cipher));
    const auto opened = aes_gcm::decrypt(key, nonce, bound, cipher);
    REQUIRE(opened.has_value());
    CHECK(to_hex(opened->expose()) == to_hex(plain));
}

TEST_CASE("what was encrypted does not open with another key, nonce, bound text, text or tag", "[crypto]")
{
    const auto error = make_error_code(Errc::corrupt);
    CHECK(aes_gcm::decrypt(changed(key), nonce, bound, cipher).error() == error);
    CHECK(aes_gcm::decrypt(key, changed(nonce), bound, cipher).error() == error);
    CHECK(aes_gcm::decrypt(key, nonce, changed(bound), cipher).error() == error);
    CHECK(aes_gcm::decrypt(key, nonce, "", cipher).error() == error);
    CHECK(aes_gcm::decrypt(key, nonce, bound, changed(cipher)).error() == error);
    CHECK(aes_gcm::decrypt(key, nonce, bound, "x" + cipher.substr(1)).error() == error);
}

TEST_CASE("a text shorter than its tag is corrupt, one that is only a tag may be empty", "[crypto]")
{
    const std::string empty = aes_gcm::encrypt(key, nonce, bound, "");
    CHECK(empty.size() == aes_gcm::tag_bytes);
    const auto opened = aes_gcm::decrypt(key, nonce, bound, empty);
    REQUIRE(opened.has_value());
    CHECK(opened->expose().empty());
    for (std::size_t size = 0; size < aes_gcm::tag_bytes; ++size)
        CHECK(aes_gcm::decrypt(key, nonce, bound, empty.substr(0, size)).error() == Errc::corrupt);
}

TEST_CASE("a key or a nonce of another length is not used", "[crypto]")
{
    CHECK_THROWS_AS(aes_gcm::encrypt(key + "x", nonce, bound, plain), std::runtime_error);
    CHECK_THROWS_AS(aes_gcm::encrypt(key.substr(1), nonce, bound, plain), std::runtime_error);
    CHECK_THROWS_AS(aes_gcm::encrypt(key, nonce + "x", bound, plain), std::runtime_error);
    CHECK_THROWS_AS(aes_gcm::encrypt(key, nonce.substr(1), bound, plain), std::runtime_error);
    CHECK_THROWS_AS(aes_gcm::decrypt(key.substr(1), nonce, bound, cipher), std::runtime_error);
    CHECK_THROWS_AS(aes_gcm::decrypt(key, nonce.substr(1), bound, cipher), std::runtime_error);
}
