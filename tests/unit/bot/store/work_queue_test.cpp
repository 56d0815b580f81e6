#include "bot/store/work_queue.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using store::WorkQueue;

using Numbers = std::vector<int>;

TEST_CASE("what was put in first is taken first, and no more at once than asked for", "[store]")
{
    WorkQueue<int> queue{10};
    for (int i = 1; i <= 5; ++i) queue.push(i);
    CHECK(queue.take(2) == Numbers{1, 2});
    queue.push(6);
    CHECK(queue.take(3) == Numbers{3, 4, 5});
    CHECK(queue.take(3) == Numbers{6});
}

TEST_CASE("a queue takes as many as may wait, one more when one was taken, and no other", "[store]")
{
    WorkQueue<int> queue{3};
    for (int i = 1; i <= 3; ++i) queue.push(i);
    CHECK_THROWS_WITH(queue.push(4), "too many calls wait for the store");
    CHECK(queue.take(1) == Numbers{1});
    CHECK_NOTHROW(queue.push(5));
    CHECK_THROWS_AS(queue.push(6), StoreUnavailable);
    CHECK(queue.take(9) == Numbers{2, 3, 5});
}

TEST_CASE("a closed queue takes nothing more, and gives what waits before it ends", "[store]")
{
    WorkQueue<int> queue{3};
    queue.push(1);
    queue.push(2);
    queue.close();
    CHECK_THROWS_WITH(queue.push(3), "the store is shutting down");
    CHECK(queue.take(1) == Numbers{1});
    CHECK(queue.take(9) == Numbers{2});
    CHECK(queue.take(9).empty());
    CHECK(queue.take(9).empty());
}
