#include "bot/crypto/aes_gcm.hpp"
#include "bot/crypto/digest.hpp"
#include "bot/crypto/vault.hpp"
#include "bot/slack/signature.hpp"
#include "tests/support/ordinary_memory.hpp"
#include "tests/support/seeded_random.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <string>
#include <vector>

using namespace countersign;
using countersign::test::copies_in_ordinary_memory;
using countersign::test::SeededRandom;

namespace {

constexpr std::size_t secret_bytes = 32;  // so that it can be a key of AES, too

char letter(std::size_t at) { return static_cast<char>('!' + (at * 37 + 11) % 90); }

// Made where it is to lie, and nowhere else.
Secret made_in_place()
{
    locked_memory::Bytes bytes = locked_memory::take(secret_bytes);
    for (std::size_t at = 0; at < secret_bytes; ++at) bytes[at] = letter(at);
    return Secret{std::move(bytes)};
}

std::string secret_turned()
{
    std::string text(secret_bytes, '\0');
    for (std::size_t at = 0; at < secret_bytes; ++at) text[at] = test::turned(std::string{letter(at)})[0];
    return text;
}

std::size_t copies() { return copies_in_ordinary_memory(::getpid(), secret_turned()); }

bool is_locked()
{
    if (!test::can_search_memory()) return false;
    if (locked_memory::state() == locked_memory::State::locked) return true;
    WARN("this machine locks no memory");
    return false;
}

}  // namespace

TEST_CASE("a copy in ordinary memory is found", "[memory]")
{
    if (!is_locked()) return;
    const Secret secret = made_in_place();
    CHECK(copies() == 0);
    {
        const std::vector<char> copy{secret.expose().begin(), secret.expose().end()};
        CHECK(copies() == 1);
        static_cast<void>(copy);
    }
}

TEST_CASE("a signing secret lies in locked memory alone, before, between and after its uses", "[memory]")
{
    if (!is_locked()) return;
    std::vector<Secret> secrets;
    secrets.push_back(made_in_place());
    const slack::SignatureVerifier verifier{secrets};
    CHECK(copies() == 0);
    const slack::SignatureVerifier::Headers headers = {
        {"X-Slack-Request-Timestamp", "1531420618"}, {"X-Slack-Signature", "v0=" + std::string(64, '0')}};
    CHECK_FALSE(verifier.verify(headers, "body", from_unix_ms(1'531'420'618'000)).has_value());
    CHECK(copies() == 0);
}

TEST_CASE("a vault's key material lies in locked memory alone", "[memory]")
{
    if (!is_locked()) return;
    const Secret material = made_in_place();
    SeededRandom random{1};
    const FileVault vault{material, random};
    const Sealed sealed = vault.seal(material, "context");
    CHECK(copies() == 0);
    CHECK(vault.open(sealed, "context").has_value());
    CHECK(copies() == 0);
}

TEST_CASE("a key of HMAC is in no ordinary memory once its digest is made, however long it is", "[memory]")
{
    if (!is_locked()) return;
    const Secret secret = made_in_place();
    static_cast<void>(hmac_sha256(secret.expose(), {"text"}));
    CHECK(copies() == 0);
}

TEST_CASE("a key of AES, and a text that it opened, are in no ordinary memory afterwards", "[memory]")
{
    if (!is_locked()) return;
    const Secret key = made_in_place();
    const std::string nonce(aes_gcm::nonce_bytes, 'n');
    const std::string cipher = aes_gcm::encrypt(key.expose(), nonce, "bound", key.expose());
    CHECK(copies() == 0);
    CHECK(aes_gcm::decrypt(key.expose(), nonce, "bound", cipher).has_value());
    CHECK(copies() == 0);
}
