#include "handlers/rules/same_person.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;

namespace {

const SlackUserId ada{"U1"};
const SlackUserId ada_elsewhere{"W1"};
const SlackUserId bob{"U2"};

Member member(std::optional<Email> email) { return Member{MemberStatus::member, {}, std::move(email)}; }

People known(std::optional<Email> adas, std::optional<Email> bobs)
{
    People people;
    people.add(ada, ada_elsewhere, member(std::move(adas)));
    people.add(bob, bob, member(std::move(bobs)));
    return people;
}

}  // namespace

TEST_CASE("two ids are one person's when they are the same, or lead to the same identity", "[rules]")
{
    const People people = known(Email{"ada@staff.example"}, Email{"bob@staff.example"});
    CHECK(is_same(people, ada, ada));
    CHECK(is_same(people, ada, ada_elsewhere));
    CHECK(is_same(people, ada_elsewhere, ada));
    CHECK_FALSE(is_same(people, ada, bob));
    CHECK_FALSE(is_same(people, bob, ada_elsewhere));
    CHECK(is_same(People{}, bob, bob));
    CHECK_FALSE(is_same(People{}, ada, ada_elsewhere));
}

TEST_CASE("one address may be one person's, and rights that hang on who somebody is are not given by it", "[rules]")
{
    const People people = known(Email{"dual@staff.example"}, Email{"dual@staff.example"});
    CHECK(may_be_one(people, ada, bob));
    CHECK(may_be_one(people, bob, ada));
    CHECK_FALSE(is_same(people, ada, bob));
}

TEST_CASE("an address that is another, or that nobody tells, makes nobody one", "[rules]")
{
    CHECK_FALSE(may_be_one(known(Email{"ada@staff.example"}, Email{"bob@staff.example"}), ada, bob));
    CHECK_FALSE(may_be_one(known(Email{"ada@staff.example"}, std::nullopt), ada, bob));
    CHECK_FALSE(may_be_one(known(std::nullopt, Email{"bob@staff.example"}), ada, bob));
    CHECK_FALSE(may_be_one(known(std::nullopt, std::nullopt), ada, bob));
    CHECK_FALSE(may_be_one(People{}, ada, bob));
    CHECK(may_be_one(known(std::nullopt, std::nullopt), ada, ada_elsewhere));
}

TEST_CASE("somebody may be among those who decided by any of them", "[rules]")
{
    const People people = known(Email{"ada@staff.example"}, Email{"bob@staff.example"});
    const std::vector<Decision> both = {Decision{SlackUserId{"U3"}, {}}, Decision{ada_elsewhere, {}}};
    CHECK(may_be_among(people, both, ada));
    CHECK_FALSE(may_be_among(people, both, bob));
    CHECK_FALSE(may_be_among(people, {}, ada));
}

TEST_CASE("of who was not added nothing is known", "[rules]")
{
    CHECK(People{}.member(ada).error() == Errc::unavailable);
    CHECK(People{}.identity(ada) == ada);
    People people;
    people.add(ada, ada, Errc::unavailable);
    people.add(ada, ada_elsewhere, member(std::nullopt));
    CHECK(people.member(ada).has_value());
    CHECK(people.identity(ada) == ada_elsewhere);
}
