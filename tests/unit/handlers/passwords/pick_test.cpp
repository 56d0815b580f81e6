#include "handlers/passwords/pick.hpp"

#include "handlers/passwords/words.hpp"
#include "tests/support/seeded_random.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>
#include <vector>

using namespace countersign;
using namespace countersign::passwords;

namespace {

// Gives the two-byte numbers it was told, the last one for ever.
class ToldRandom final : public Random
{
public:
    explicit ToldRandom(std::vector<unsigned> numbers) : numbers_{std::move(numbers)} {}

    void fill(std::span<std::byte> bytes) override
    {
        REQUIRE(bytes.size() == 2);
        const unsigned number = numbers_.at(std::min(next_++, numbers_.size() - 1));
        bytes[0] = static_cast<std::byte>(number >> 8);
        bytes[1] = static_cast<std::byte>(number & 0xFFU);
    }
    std::size_t asked() const { return next_; }

private:
    std::vector<unsigned> numbers_;
    std::size_t next_ = 0;
};

std::size_t drawn(std::vector<unsigned> numbers, std::size_t bound)
{
    ToldRandom random{std::move(numbers)};
    return pick_below(random, bound);
}

}  // namespace

TEST_CASE("what would favour small numbers is drawn again", "[passwords]")
{
    // 65536 is 21845 times 3, and one.
    CHECK(drawn({65'535, 4}, 3) == 1);
    CHECK(drawn({65'534}, 3) == 2);
    // 8 times 7776 is 62208.
    CHECK(drawn({62'207}, 7'776) == 7'775);
    CHECK(drawn({62'208, 65'535, 7'777}, 7'776) == 1);
}

TEST_CASE("a power of two takes every number", "[passwords]")
{
    CHECK(drawn({65'535}, 2) == 1);
    CHECK(drawn({65'535}, 65'536) == 65'535);
    CHECK(drawn({65'535}, 1) == 0);
}

TEST_CASE("every number is as likely as the others", "[passwords]")
{
    // Over all 65536 values of the source each number must come up equally often.
    for (const std::size_t bound : {std::size_t{3}, passphrase_words().size()})
    {
        std::vector<unsigned> counts(bound);
        for (unsigned number = 0; number < 65'536; ++number)
        {
            ToldRandom random{{number, 0}};
            const std::size_t result = pick_below(random, bound);
            if (random.asked() == 1) ++counts.at(result);
        }
        CHECK(std::all_of(counts.begin(), counts.end(), [&](unsigned n) { return n == 65'536 / bound; }));
    }
}

TEST_CASE("a source that is stuck is an error, not a password and no endless loop", "[passwords]")
{
    ToldRandom stuck{{65'535}};
    CHECK_THROWS_AS(pick_below(stuck, 3), std::runtime_error);
    CHECK(stuck.asked() == 128);
}

TEST_CASE("there is no number below nothing, and none above what two bytes hold", "[passwords]")
{
    test::SeededRandom random{1};
    CHECK_THROWS_AS(pick_below(random, 0), std::logic_error);
    CHECK_THROWS_AS(pick_below(random, 65'537), std::logic_error);
}
