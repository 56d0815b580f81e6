#include "tests/demo/page/audit_chain.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <utility>

namespace json = boost::json;
using demo::page::check_chain;

namespace {

// Three rows as the bot writes them. Their hashes were computed with Python's hashlib.
json::array written()
{
    return json::parse(R"([
    {"sequence":1,"at":1763800000000,"request_id":"cs-aaaaaaaaaaaa",
     "hash":"faf33b2ced5b48d1777af6df6af0853ce71034bc5e88a9c599a1a3cf18b5fb72",
     "text":"{\"seq\":1,\"at\":\"2025-11-22T08:26:40.000Z\",\"request\":\"cs-aaaaaaaaaaaa\",\"action\":\"request_received\",\"actor\":\"U0SUPPORT1\",\"details\":{},\"prev\":\"0000000000000000000000000000000000000000000000000000000000000000\"}"},
    {"sequence":2,"at":1763800000250,"request_id":"cs-aaaaaaaaaaaa",
     "hash":"c1b74eb3fc9e98a82162df81d1bd5da45cbddfd586d947ba2bf9b6bd7ff2bce3",
     "text":"{\"seq\":2,\"at\":\"2025-11-22T08:26:40.250Z\",\"request\":\"cs-aaaaaaaaaaaa\",\"action\":\"account_found\",\"actor\":\"U0SUPPORT1\",\"details\":{},\"prev\":\"faf33b2ced5b48d1777af6df6af0853ce71034bc5e88a9c599a1a3cf18b5fb72\"}"},
    {"sequence":3,"at":1763800003000,"request_id":null,
     "hash":"afe93930f61910eb7c130089a4e05c64832d76c45908d784051977d7cf9f30b8",
     "text":"{\"seq\":3,\"at\":\"2025-11-22T08:26:43.000Z\",\"request\":null,\"action\":\"decision_not_accepted\",\"actor\":\"U0SUPPORT1\",\"details\":{},\"prev\":\"c1b74eb3fc9e98a82162df81d1bd5da45cbddfd586d947ba2bf9b6bd7ff2bce3\"}"}])")
        .as_array();
}

}  // namespace

TEST_CASE("a log as it was written is whole", "[page]")
{
    CHECK_FALSE(check_chain(written()).broken_at);
    CHECK(check_chain(written()).rows == 3);
    CHECK_FALSE(check_chain({}).broken_at);
}

TEST_CASE("an edited text, time, request or hash is found at its row", "[page]")
{
    const auto [column, value] = GENERATE(
        std::pair<const char*, json::value>{"text", R"({"seq":2})"}, std::pair<const char*, json::value>{"text", "2"},
        std::pair<const char*, json::value>{"at", 1'763'800'000'251},
        std::pair<const char*, json::value>{"request_id", "cs-bbbbbbbbbbbb"},
        std::pair<const char*, json::value>{"request_id", nullptr},
        std::pair<const char*, json::value>{"hash", std::string(64, 'a')},
        std::pair<const char*, json::value>{"sequence", 5});
    CAPTURE(column);
    auto rows = written();
    rows[1].as_object()[column] = value;
    CHECK(check_chain(rows).broken_at == 2);
}

TEST_CASE("one changed letter in a text is found", "[page]")
{
    auto rows = written();
    auto& text = rows[0].as_object()["text"].as_string();
    text.replace(text.find("U0SUPPORT1"), 10, "U0SUPPORT2");
    CHECK(check_chain(rows).broken_at == 1);
}

TEST_CASE("rows taken out, doubled or exchanged are found", "[page]")
{
    auto cut = written();
    cut.erase(cut.begin());
    CHECK(check_chain(cut).broken_at == 1);
    auto hole = written();
    hole.erase(hole.begin() + 1);
    CHECK(check_chain(hole).broken_at == 2);
    auto doubled = written();
    doubled.insert(doubled.begin(), doubled.front());
    CHECK(check_chain(doubled).broken_at == 2);
    auto exchanged = written();
    std::swap(exchanged[1], exchanged[2]);
    CHECK(check_chain(exchanged).broken_at == 2);
}
