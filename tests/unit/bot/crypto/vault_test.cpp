#include "bot/crypto/vault.hpp"

#include "handlers/core/hex.hpp"
#include "tests/support/seeded_random.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <span>

using namespace countersign;
using test::SeededRandom;

namespace {

const Secret material{"0123456789abcdef0123456789abcdef"};
const Secret password{"$Ann!O'Hara$!"};

// Three draws: 00 01 02 ..., 64 65 66 ..., c8 c9 ca ...
class CountingRandom final : public Random
{
public:
    void fill(std::span<std::byte> bytes) override
    {
        unsigned next = 100 * drawn++;
        for (std::byte& byte : bytes) byte = static_cast<std::byte>(next++);
    }

    unsigned drawn = 0;
};

// Made with another implementation of HKDF and AES-256-GCM, from those three draws.
constexpr const char* envelope =
    "0176aaa8bdbfb990a16465666768696a6b6c6d6e6f2f3011829280805d6a57826a2be2868ffbacfcd2a32727879bdece00537e1835a9cb1be4"
    "4a13d98f6a5e527b0529a7c7c8c9cacbcccdcecfd0d1d2d335390fb5a783dc68154e7e9a3fee47ff9d92046cc24aa4f000fe37f08e";

bool opens(const Vault& vault, const Sealed& sealed, std::string_view context)
{
    const auto opened = vault.open(sealed, context);
    if (!opened) CHECK(opened.error() == Errc::corrupt);
    return opened.has_value();
}

}  // namespace

TEST_CASE("what is sealed opens in its own context", "[crypto]")
{
    SeededRandom random{1};
    const FileVault vault{material, random};
    for (const char* text : {"", "x", "$Ann!O'Hara$!"})
    {
        const auto opened = vault.open(vault.seal(Secret{text}, "credential:rq-1"), "credential:rq-1");
        REQUIRE(opened.has_value());
        CHECK(opened->expose() == text);
    }
}

TEST_CASE("a sealed text does not show in its envelope, and no two envelopes are alike", "[crypto]")
{
    SeededRandom random{1};
    const FileVault vault{material, random};
    const Sealed first = vault.seal(password, "c");
    const Sealed second = vault.seal(password, "c");
    CHECK(first.bytes.find("Ann") == std::string::npos);
    CHECK(first.bytes != second.bytes);
}

TEST_CASE("the same seed gives the same envelope", "[crypto]")
{
    SeededRandom one{7};
    SeededRandom other{7};
    CHECK(FileVault{material, one}.seal(password, "c").bytes == FileVault{material, other}.seal(password, "c").bytes);
}

TEST_CASE("what was sealed for one context does not open in another", "[crypto]")
{
    SeededRandom random{1};
    const FileVault vault{material, random};
    const Sealed sealed = vault.seal(password, "credential:rq-1");
    const auto context = GENERATE("credential:rq-2", "credential:rq-", "credential:rq-11", "reply:rq-1", "");
    CHECK_FALSE(opens(vault, sealed, context));
}

TEST_CASE("an envelope with one flipped bit anywhere does not open", "[crypto]")
{
    SeededRandom random{1};
    const FileVault vault{material, random};
    const Sealed sealed = vault.seal(password, "c");
    for (std::size_t at = 0; at < sealed.bytes.size(); ++at)
        for (const int bit : {0, 3, 7})
        {
            Sealed forged = sealed;
            forged.bytes[at] = static_cast<char>(forged.bytes[at] ^ (1 << bit));
            CHECK_FALSE(opens(vault, forged, "c"));
        }
}

TEST_CASE("an envelope cut short or lengthened does not open", "[crypto]")
{
    SeededRandom random{1};
    const FileVault vault{material, random};
    const Sealed sealed = vault.seal(password, "c");
    for (std::size_t size = 0; size < sealed.bytes.size(); ++size)
        CHECK_FALSE(opens(vault, Sealed{sealed.bytes.substr(0, size)}, "c"));
    CHECK_FALSE(opens(vault, Sealed{sealed.bytes + "x"}, "c"));
}

TEST_CASE("an envelope does not open with another key", "[crypto]")
{
    SeededRandom random{1};
    const FileVault vault{material, random};
    const FileVault other{Secret{"0123456789abcdef0123456789abcdeX"}, random};
    CHECK_FALSE(opens(other, vault.seal(password, "c"), "c"));
}

TEST_CASE("parts of two envelopes do not make a third", "[crypto]")
{
    SeededRandom random{1};
    const FileVault vault{material, random};
    const std::string one = vault.seal(password, "c").bytes;
    const std::string two = vault.seal(password, "c").bytes;
    for (std::size_t cut = 10; cut < one.size(); ++cut)
        CHECK_FALSE(opens(vault, Sealed{one.substr(0, cut) + two.substr(cut)}, "c"));
}

TEST_CASE("the line end of a key file does not count, a short key is refused", "[crypto]")
{
    SeededRandom random{1};
    const FileVault vault{material, random};
    const Sealed sealed = vault.seal(password, "c");
    for (const char* end : {"\n", "\r\n"})
        CHECK(opens(FileVault{Secret{std::string{material.expose()} + end}, random}, sealed, "c"));
    for (const std::string& text : {std::string{}, std::string(31, 'k')})
        CHECK_THROWS_AS((FileVault{Secret{text}, random}), std::invalid_argument);
}

TEST_CASE("a pseudonym depends on the value and on the key, and on nothing else", "[crypto]")
{
    SeededRandom random{1};
    const FileVault vault{material, random};
    const FileVault other{Secret{"another key of thirty-two bytes!!"}, random};
    CHECK(vault.pseudonym("ann@example.com") == vault.pseudonym("ann@example.com"));
    CHECK(vault.pseudonym("ann@example.com").size() == 16);
    CHECK(vault.pseudonym("ann@example.com") != vault.pseudonym("bob@example.com"));
    CHECK(vault.pseudonym("ann@example.com") != other.pseudonym("ann@example.com"));
}

TEST_CASE("32 bytes are a key even when the last one is a line feed, and 31 are not", "[crypto]")
{
    CHECK(FileVault::material_of(std::string(31, 'k') + "\n").size() == 32);
    CHECK(FileVault::material_of(std::string(32, 'k') + "\n").size() == 32);
    CHECK(FileVault::material_of(std::string(31, 'k')).empty());
    CHECK(FileVault::material_of("").empty());
}

TEST_CASE("an envelope has the layout that stored ones have, and one of those opens", "[crypto]")
{
    CountingRandom random;
    const FileVault vault{material, random};
    CHECK(to_hex(vault.seal(password, "credential:rq-1").bytes) == envelope);
    CHECK(random.drawn == 3);
    const auto opened = vault.open(Sealed{from_hex(envelope).value()}, "credential:rq-1");
    REQUIRE(opened.has_value());
    CHECK(opened->expose() == password.expose());
}

TEST_CASE("a pseudonym is the one that stored audit rows have", "[crypto]")
{
    SeededRandom random{1};
    CHECK(FileVault{material, random}.pseudonym("ann@example.com") == "51a4a8a5e8757010");
}

TEST_CASE("of a key file one line end is left out, and no more", "[crypto]")
{
    const std::string key(32, 'k');
    CHECK(FileVault::material_of(key + "\r\n").size() == 32);
    CHECK(FileVault::material_of(key + "\n\n").size() == 33);
    CHECK(FileVault::material_of(key + "kk").size() == 34);
    CHECK(FileVault::material_of(std::string(30, 'k') + "\r\n").size() == 32);
}
