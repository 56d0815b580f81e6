#include "bot/crypto/digest.hpp"

#include <catch2/catch.hpp>

using namespace countersign;

TEST_CASE("SHA-256 gives the values of FIPS 180-4", "[crypto]")
{
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex({"a", "", "bc"}) == sha256_hex("abc"));
}

TEST_CASE("HMAC-SHA256 gives the values of RFC 4231", "[crypto]")
{
    // Test cases 1, 2 and 6 of RFC 4231 section 4.
    CHECK(
        to_hex(hmac_sha256(std::string(20, '\x0b'), {"Hi There"})) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(
        to_hex(hmac_sha256("Jefe", {"what do ya want ", "for nothing?"})) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(
        to_hex(hmac_sha256(std::string(131, '\xaa'), {"Test Using Larger Than Block-Size Key - Hash Key First"})) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("an HMAC with an empty key does not use the key of before", "[crypto]")
{
    static_cast<void>(hmac_sha256("Jefe", {"text"}));
    CHECK(to_hex(hmac_sha256("", {""})) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}
