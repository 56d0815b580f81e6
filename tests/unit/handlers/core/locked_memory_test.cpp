#include "handlers/core/locked_memory.hpp"

#include "handlers/core/secret.hpp"

#include <catch2/catch.hpp>

#include <cstring>
#include <string>

using namespace countersign;

TEST_CASE("a secret lies in the part of the memory that is set apart, and gives it back", "[core]")
{
    REQUIRE(locked_memory::state() != locked_memory::State::unavailable);
    const std::size_t before = locked_memory::used();
    {
        const Secret secret{std::string(1000, 's')};
        CHECK(locked_memory::used() >= before + 1000);
        CHECK(secret.expose() == std::string(1000, 's'));
    }
    CHECK(locked_memory::used() == before);
}

TEST_CASE("what a secret held is wiped when it is given back", "[core]")
{
    const char* where = nullptr;
    {
        const Secret secret{std::string(64, 'w')};
        where = secret.expose().data();
    }
    // The heap keeps its list of free pieces in the first bytes; the page stays mapped.
    CHECK(std::string(where + 32, 32) != std::string(32, 'w'));
}

TEST_CASE("an empty secret is one, too", "[core]")
{
    const Secret empty{""};
    CHECK(empty.empty());
    CHECK(empty.matches(""));
}

TEST_CASE("a secret that does not fit into the locked heap is kept all the same", "[core]")
{
    const std::size_t before = locked_memory::used();
    const std::string much(2 * locked_memory::heap_bytes, 'm');
    const Secret secret{much};
    CHECK(secret.matches(much));
    CHECK(locked_memory::used() == before);
    const Secret other = secret.duplicate();
    CHECK(other.matches(much));
}
