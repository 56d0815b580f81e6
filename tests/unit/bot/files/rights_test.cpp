#include "bot/files/rights.hpp"

#include <catch2/catch.hpp>

using namespace countersign::files;

namespace {

constexpr std::uint32_t us = 1000;
constexpr std::uint32_t stranger = 1001;

Step folder(const char* path, std::uint32_t mode = 0755, std::uint32_t owner = 0)
{
    return {path, Kind::folder, owner, mode, 2};
}

Step link(const char* path, std::uint32_t owner = 0) { return {path, Kind::link, owner, 0777, 1}; }

Step file(std::uint32_t mode, std::uint32_t owner = us, std::uint64_t names = 1)
{
    return {"/srv/c/file", Kind::regular, owner, mode, names};
}

Way to(Step last) { return {folder("/"), folder("/srv"), folder("/srv/c", 0700, us), std::move(last)}; }

bool passes(const Way& way, Demand demand) { return fault_of(way, us, demand).empty(); }

}  // namespace

TEST_CASE("each kind of file has its rights, and with any other is refused", "[files]")
{
    struct Row
    {
        Demand demand;
        std::uint32_t allowed;  // of the nine bits
    };
    for (const Row& row :
         {Row{Demand::secret, 0700}, Row{Demand::credential, 0740}, Row{Demand::database, 0700},
          Row{Demand::public_text, 0755}, Row{Demand::configuration, 0755}})
        for (std::uint32_t right = 1; right <= 0400; right *= 2)
        {
            CAPTURE(static_cast<int>(row.demand), right);
            CHECK(passes(to(file(right)), row.demand) == ((row.allowed & right) != 0));
        }
}

TEST_CASE("a secret that root hands to a group of ours may be read by it, and one of our own may not", "[files]")
{
    CHECK(passes(to(file(0440, 0)), Demand::secret));
    CHECK_FALSE(passes(to(file(0440, us)), Demand::secret));
    CHECK_FALSE(passes(to(file(0444, 0)), Demand::secret));
    CHECK_FALSE(passes(to(file(0460, 0)), Demand::secret));
    CHECK_FALSE(passes(to(file(0440, 0)), Demand::database));
    // For the superuser every file of root is one of their own.
    CHECK_FALSE(fault_of(to(file(0440, 0)), 0, Demand::secret).empty());
}

TEST_CASE("what belongs to us or to root is trusted, what belongs to anybody else is not", "[files]")
{
    const Demand demand =
        GENERATE(Demand::secret, Demand::credential, Demand::database, Demand::public_text, Demand::configuration);
    CHECK(passes(to(file(0600, us)), demand));
    CHECK(passes(to(file(0600, 0)), demand));
    CHECK(
        fault_of(to(file(0600, stranger)), us, demand) ==
        "/srv/c/file belongs to another user (1001): take it over with: chown 1000 /srv/c/file");
}

TEST_CASE("the superuser is told that a bot's files are checked as the user that it runs as", "[files]")
{
    CHECK(
        fault_of(to(file(0600, stranger)), 0, Demand::secret) ==
        "/srv/c/file belongs to another user (1001): run this as that user, or take it over with: chown 0 /srv/c/file");
}

TEST_CASE("what others could exchange on the way is refused, wherever it stands", "[files]")
{
    const Demand demand =
        GENERATE(Demand::secret, Demand::credential, Demand::database, Demand::public_text, Demand::configuration);
    const Step last = file(0600);
    const Step home = folder("/srv/c", 0700, us);
    const std::uint32_t mode = GENERATE(0775U, 0757U, 0777U);
    CHECK(
        fault_of({folder("/"), folder("/srv", mode), home, last}, us, demand) ==
        "others than its owner may write in /srv; take that away with: chmod go-w /srv");
    CHECK(
        fault_of({folder("/"), folder("/srv", 0755, stranger), home, last}, us, demand) ==
        "/srv belongs to another user (1001): take it over with: chown 1000 /srv");
    CHECK(
        fault_of({folder("/"), link("/srv", stranger), home, last}, us, demand) ==
        "/srv belongs to another user (1001): take it over with: chown -h 1000 /srv");
    // In a sticky folder what is ours stays ours.
    CHECK(passes({folder("/"), folder("/srv", 01777), home, last}, demand));
    CHECK(passes({folder("/"), folder("/srv"), link("/srv/c"), folder("/srv"), home, last}, demand));
}

TEST_CASE(
    "beside a secret in a sticky folder others may make files, beside a configuration or a database not", "[files]")
{
    const Way way = {folder("/"), folder("/srv"), folder("/srv/c", 01777), file(0600)};
    CHECK(passes(way, Demand::secret));
    const std::string told =
        "others may make files in /srv/c: move it to a folder of its own, made with: install -d -m 700 FOLDER";
    CHECK(fault_of(way, us, Demand::configuration) == told);
    CHECK(fault_of(way, us, Demand::database) == told);
    const Way open = {folder("/"), folder("/srv"), folder("/srv/c", 0770), file(0600)};
    CHECK(
        fault_of(open, us, Demand::configuration) ==
        "others than its owner may write in /srv/c; take that away with: chmod go-w /srv/c");
}

TEST_CASE("a configuration that a link in a sticky folder leads to is where it lies", "[files]")
{
    // As Kubernetes mounts it.
    CHECK(passes(
        {folder("/"), folder("/srv", 01777), link("/srv/file"), link("/srv/..data"), folder("/srv/c"), file(0644, 0)},
        Demand::configuration));
}

TEST_CASE("a database has one name, and is a file", "[files]")
{
    CHECK(passes(to(file(0600, us, 2)), Demand::secret));
    CHECK(
        fault_of(to(file(0600, us, 2)), us, Demand::database) ==
        "/srv/c/file has 2 names, and by another one a second process could use it; find them, and remove all but one, "
        "with: find / -xdev -samefile /srv/c/file");
    CHECK(
        fault_of({link("/srv/c/file", us)}, us, Demand::database) ==
        "/srv/c/file is a link: put the file itself there, or name the file itself");
    CHECK(
        fault_of(to({"/srv/c/file", Kind::other, us, 0600, 1}), us, Demand::database) ==
        "/srv/c/file is no regular file: put one there");
    CHECK_FALSE(passes({}, Demand::database));
}

TEST_CASE("the folder of a database is ours alone", "[files]")
{
    const auto fault = [](std::uint32_t mode, std::uint32_t owner) {
        return fault_of_folder({folder("/"), folder("/srv", mode, owner)}, us);
    };
    CHECK(fault(0755, us) == "");
    CHECK(fault(0755, 0) == "");
    CHECK(fault(0775, us) == "others than its owner may write in /srv; take that away with: chmod go-w /srv");
    CHECK_THAT(fault(01777, 0), Catch::StartsWith("others may make files in /srv: "));
    CHECK_THAT(fault(0755, stranger), Catch::StartsWith("/srv belongs to another user (1001)"));
    CHECK(fault_of_folder({folder("/"), folder("/srv", 0777), folder("/srv/c", 0700, us)}, us) != "");
    CHECK(fault_of_folder(to(file(0600)), us) == "/srv/c/file is no folder");
    CHECK_FALSE(fault_of_folder({}, us).empty());
}
