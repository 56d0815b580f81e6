#include "handlers/model/ending.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

using namespace countersign;

TEST_CASE("each ending is found again by the name under which it is stored", "[model]")
{
    for (std::size_t i = 0; i < endings_count; ++i)
    {
        const auto ending = static_cast<Ending>(i);
        const bool is_named = ending != Ending::none && ending != Ending::unlisted;
        INFO(name_of(ending));
        CHECK(name_of(ending).empty() != is_named);
        CHECK(ending_named(name_of(ending)) == (is_named ? std::optional{ending} : std::nullopt));
        if (is_named) CHECK(StoredEnding::named(name_of(ending)) == ending);
    }
}

TEST_CASE("two endings are stored under other names than those of their enumerators", "[model]")
{
    CHECK(name_of(Ending::protected_account) == "protected");
    CHECK(name_of(Ending::foreign_link) == "foreign_ticket");
}

TEST_CASE("a name that this version does not list is kept as it was read", "[model]")
{
    const StoredEnding later = StoredEnding::named("of_a_later_version");
    CHECK(later.value() == Ending::unlisted);
    CHECK(later.name() == "of_a_later_version");
    CHECK_FALSE(later.is_none());
    CHECK(StoredEnding::named("another") != later);
}

TEST_CASE("no name is no ending", "[model]")
{
    CHECK(StoredEnding::named("").is_none());
    CHECK(StoredEnding{}.name().empty());
    CHECK(StoredEnding{} == Ending::none);
}

TEST_CASE("a request that a service refused ends with its reason, or with the word of its code", "[model]")
{
    CHECK(ending_of(Problem{Errc::refused, "password_too_weak"}) == Ending::password_too_weak);
    CHECK(ending_of(Problem{Errc::not_found}) == Ending::not_found);
    CHECK(ending_of(Problem{Errc::corrupt}).name() == "corrupt");
    CHECK(ending_of(Problem{Errc::refused, "http_418"}).name() == "http_418");
}

TEST_CASE("a link serves where only the password stands in the way", "[model]")
{
    const std::vector<Ending> about_the_password = {
        Ending::name_missing,         Ending::password_too_long,   Ending::policy_refuses,
        Ending::policy_unknown,       Ending::no_passphrase_fits,  Ending::password_too_weak,
        Ending::password_used_before, Ending::password_too_common, Ending::password_has_personal_data};
    for (std::size_t i = 0; i < endings_count; ++i)
    {
        const auto ending = static_cast<Ending>(i);
        INFO(name_of(ending));
        const bool is_listed = std::count(about_the_password.begin(), about_the_password.end(), ending) == 1;
        CHECK((remedy_of(ending) == Remedy::ask_a_link) == is_listed);
        CHECK((remedy_of(ending) == Remedy::another_way) == (ending == Ending::protected_account));
    }
}

TEST_CASE("the endings by a limit are those of the four limits", "[model]")
{
    for (std::size_t i = 0; i < endings_count; ++i)
    {
        const auto ending = static_cast<Ending>(i);
        INFO(name_of(ending));
        CHECK(is_limit(ending) == name_of(ending).starts_with("limit_"));
    }
}
