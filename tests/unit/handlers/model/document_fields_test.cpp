#include "handlers/model/request.hpp"
#include "tests/support/text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Every field of a stored request, one by one: what is not written, or written and not read, is lost.
using namespace countersign;
namespace json = boost::json;

namespace {

TimePoint at(int ms) { return from_unix_ms(1'763'800'000'000 + ms); }

Account full_account()
{
    Account account{Auth0UserId{"auth0|1"}};
    account.email = "Ada@acme.example";
    account.email_verified = true;
    account.name = "ada b";
    account.given_name = "Ada";
    account.family_name = "Byron";
    account.nickname = "addie";
    account.username = "ada1";
    account.phone_number = "+15550100";
    account.metadata_name = "A. Byron";
    account.metadata_first = "Augusta";
    account.metadata_last = "King";
    account.database_connections = {"Users", "Partners"};
    account.other_providers = {"google-oauth2"};
    account.blocked = true;
    account.created_at = at(1);
    account.updated_at = at(2);
    account.last_login = at(3);
    account.last_password_reset = at(4);
    account.logins_count = 5;
    account.marker = "cs-0";
    account.app_metadata = R"({"plan":"gold"})";
    account.metadata_too_large = true;
    account.sign_ins = {{"ada@acme.example", true}, {"other@acme.example", false}};
    account.profile_bytes = 20'000;
    return account;
}

// With no field as it is when nothing is said.
Request full_request()
{
    ReplyPath reply{Sealed{std::string{"\x00\xff", 2}}, at(6), ChannelId{"C0DESK"}};
    Request request{RequestId{"cs-1"}, SlackUserId{"U0AGENT"}, Email{"ada@acme.example"}, reply, at(7)};
    request.purpose = Purpose::first_password;
    request.reason = "locked out";
    request.reason_was_cut = true;
    request.case_number = "CS-17";
    request.verification = Verification{"call_back", "rang twice"};
    request.names = GivenNames{"Augusta", "King"};
    request.names_were_split = true;
    request.person_confirmed = true;
    request.in_modal = true;
    request.wants_link = true;
    request.updated_at = at(8);
    request.expires_at = at(9);
    request.candidates = {Account{Auth0UserId{"auth0|2"}}};
    request.choice = Choice{Auth0UserId{"auth0|3"}, "Chosen"};
    request.questions = {"account", "names"};
    request.account = full_account();
    request.connection = "Partners";
    request.lookalikes = {"another", "one more"};
    request.tier = "gold";
    request.approvals_needed = 2;
    request.cooling = std::chrono::seconds{600};
    request.format = PasswordFormat::link;
    request.risk_notes = {{"many_requests", "3"}, {"blocked", ""}};
    request.asked = true;
    request.approvals = {{SlackUserId{"U0LEAD"}, at(10)}, {SlackUserId{"U0LEAD2"}, at(11)}};
    request.decision = Decision{SlackUserId{"U0LEAD3"}, at(12)};
    request.denial_reason = "not her voice";
    request.escalated_at = at(13);
    request.reminders = 4;
    request.reminded_at = at(14);
    request.change_from = at(15);
    request.intent = Intent{at(16), at(17), true, 2, true, at(21), 1};
    request.ending = Ending::demands_more;
    request.ending_detail = "a rule";
    request.again_at = at(18);
    request.given_up = {"thread", "announce"};
    request.reblock = AfterChange::failed;
    request.after_change = {{"end_sessions", AfterChange::sending}, {"tell_owner", AfterChange::not_in_plan}};
    request.handover = Handover{HandoverState::shown, at(19), at(20), false, true, 5, 4, 3, 2, at(21)};
    return request;
}

// clang-format off
const std::string full_document =
    R"({"format":1,"purpose":"first_password","requester":"U0AGENT","email":"ada@acme.example","reason":"locked out",)"
    R"("reason_was_cut":true,"ticket":"CS-17","verification":{"method":"call_back","note":"rang twice"},)"
    R"("names":{"given":"Augusta","family":"King"},"names_were_split":true,"person_confirmed":true,"reply":{"url":"00ff","expires_at":1763800000006,)"
    R"("channel":"C0DESK"},)"
    R"("in_modal":true,"wants_link":true,"created_at":1763800000007,"updated_at":1763800000008,)"
    R"("expires_at":1763800000009,)"
    R"("candidates":[{"id":"auth0|2","email":"","email_verified":false,"name":"","given_name":"","family_name":"",)"
    R"("nickname":"","username":"","phone_number":"","metadata_name":"","metadata_first":"","metadata_last":"",)"
    R"("database_connections":[],"other_providers":[],"blocked":false,"logins_count":0,"marker":"","app_metadata":"",)"
    R"("metadata_too_large":false,"sign_ins":[],"profile_bytes":0}],"questions":["account","names"],)"
    R"("choice":{"account":"auth0|3","connection":"Chosen"},"account":{"id":"auth0|1","email":"Ada@acme.example",)"
    R"("email_verified":true,"name":"ada b","given_name":"Ada","family_name":"Byron","nickname":"addie",)"
    R"("username":"ada1",)"
    R"("phone_number":"+15550100","metadata_name":"A. Byron","metadata_first":"Augusta","metadata_last":"King",)"
    R"("database_connections":["Users","Partners"],"other_providers":["google-oauth2"],"blocked":true,)"
    R"("created_at":1763800000001,"updated_at":1763800000002,"last_login":1763800000003,)"
    R"("last_password_reset":1763800000004,"logins_count":5,"marker":"cs-0","app_metadata":"{\"plan\":\"gold\"}",)"
    R"("metadata_too_large":true,"sign_ins":[{"address":"ada@acme.example","is_verified":true},)"
    R"({"address":"other@acme.example","is_verified":false}],"profile_bytes":20000},"connection":"Partners","lookalikes":["another","one more"],"tier":"gold",)"
    R"("approvals_needed":2,"cooling_s":600,"password_format":"ticket","signals":[{"code":"many_requests",)"
    R"("detail":"3"},)"
    R"({"code":"blocked","detail":""}],"asked":true,"approvals":[{"by":"U0LEAD","at":1763800000010},)"
    R"({"by":"U0LEAD2","at":1763800000011}],"decision":{"by":"U0LEAD3","at":1763800000012},)"
    R"("denial_reason":"not her voice","escalated_at":1763800000013,"reminders":4,"reminded_at":1763800000014,)"
    R"("change_from":1763800000015,"intent":{"started_at":1763800000016,"reset_before":1763800000017,)"
    R"("blocked_before":true,"sends":2,"redrawn":true,"sent_at":1763800000021,"answered":1},"ending":"demands_more","ending_detail":"a rule",)"
    R"("again_at":1763800000018,"given_up":["thread","announce"],"reblock":"failed",)"
    R"("after_care":{"end_sessions":"sending","tell_owner":"not_in_plan"},)"
    R"("handover":{"state":"shown","until":1763800000019,"shown_at":1763800000020,"is_certain":false,)"
    R"("is_closed":true,"windows":5,"window":4,"times_shown":3,"left":2,"pressed_at":1763800000021}})";
// clang-format on

Result<Request> read(const json::value& document)
{
    return from_document(RequestId{"cs-1"}, 3, State::pending, json::serialize(document));
}

json::object parsed(const std::string& document) { return json::parse(document).as_object(); }

bool is_corrupt(const json::value& document)
{
    const auto request = read(document);
    return !request && request.error() == Errc::corrupt;
}

std::string text_of_key(std::string_view key) { return std::string{key.data(), key.size()}; }

// Calls `visit` with the path of every value in the document, which it may change.
void visit_all(
    json::value& place, const std::string& path, const std::function<void(const std::string&, json::value&)>& visit)
{
    if (!path.empty()) visit(path, place);
    if (place.is_object())
        for (auto& member : place.get_object())
            visit_all(member.value(), path + "/" + text_of_key({member.key().data(), member.key().size()}), visit);
    if (place.is_array())
        for (json::value& each : place.get_array()) visit_all(each, path + "/-", visit);
}

// The object that holds the last key of "/account/email".
json::object& holder_of(json::object& document, const std::string& path, std::string& key)
{
    const auto slash = path.rfind('/');
    key = path.substr(slash + 1);
    if (slash == 0) return document;
    return document.at(path.substr(1, slash - 1)).as_object();
}

using countersign::test::has;

}  // namespace

TEST_CASE("a request is written with every field under its name", "[requests]")
{
    CHECK(to_document(full_request()) == full_document);
}

TEST_CASE("a request is read with every field as it was written", "[requests]")
{
    const auto request = from_document(RequestId{"cs-1"}, 3, State::checking, full_document);
    REQUIRE(request.has_value());
    CHECK(to_document(*request) == full_document);
    CHECK(request->id == RequestId{"cs-1"});
    CHECK(request->version == 3);
    CHECK(request->state == State::checking);
}

TEST_CASE("what an older version did not write has its default", "[requests]")
{
    // Without a default the key stays absent.
    const auto [path, otherwise] = GENERATE(table<std::string, std::string>(
        {{"/purpose", R"("reset")"},
         {"/reason_was_cut", "false"},
         {"/ticket", R"("")"},
         {"/verification", ""},
         {"/names", ""},
         {"/reply", ""},
         {"/in_modal", "false"},
         {"/wants_link", "false"},
         {"/expires_at", ""},
         {"/candidates", "[]"},
         {"/questions", "[]"},
         {"/choice", ""},
         {"/account", ""},
         {"/connection", R"("Users")"},
         {"/tier", R"("")"},
         {"/approvals_needed", "1"},
         {"/cooling_s", "0"},
         {"/password_format", R"("sop")"},
         {"/signals", "[]"},
         {"/asked", "true"},
         {"/approvals", "[]"},
         {"/decision", ""},
         {"/denial_reason", R"("")"},
         {"/escalated_at", ""},
         {"/reminders", "0"},
         {"/reminded_at", ""},
         {"/change_from", ""},
         {"/intent", ""},
         {"/intent/reset_before", ""},
         {"/intent/sends", "0"},
         {"/intent/redrawn", "false"},
         {"/intent/sent_at", ""},
         {"/intent/answered", "0"},
         {"/ending_detail", R"("")"},
         {"/again_at", ""},
         {"/given_up", "[]"},
         {"/reblock", R"("not_needed")"},
         {"/after_care", "{}"},
         {"/handover", ""},
         {"/handover/state", R"("destroyed")"},
         {"/handover/shown_at", ""},
         {"/account/sign_ins", "[]"},
         {"/account/profile_bytes", "0"},
         {"/handover/windows", "1"},
         {"/handover/window", "1"},
         {"/handover/times_shown", "1"},
         {"/handover/left", "0"},
         {"/handover/pressed_at", ""},
         {"/account/nickname", R"("")"},
         {"/account/username", R"("")"},
         {"/account/phone_number", R"("")"},
         {"/account/metadata_name", R"("")"},
         {"/account/metadata_first", R"("")"},
         {"/account/metadata_last", R"("")"},
         {"/account/created_at", ""},
         {"/account/updated_at", ""},
         {"/account/last_login", ""},
         {"/account/last_password_reset", ""},
         {"/account/app_metadata", R"("")"},
         {"/account/metadata_too_large", "false"}}));
    INFO(path);
    json::object document = parsed(full_document);
    std::string key;
    json::object& holder = holder_of(document, path, key);
    REQUIRE(holder.erase(key) == 1);
    const auto request = read(document);
    REQUIRE(request.has_value());
    if (!otherwise.empty()) holder[key] = json::parse(otherwise);
    CHECK(json::parse(to_document(*request)) == json::value(document));
}

TEST_CASE("what every version writes must be there", "[requests]")
{
    const std::string path = GENERATE(
        "/format", "/requester", "/email", "/reason", "/created_at", "/updated_at", "/lookalikes", "/ending",
        "/verification/method", "/verification/note", "/names/given", "/names/family", "/reply/url",
        "/reply/expires_at", "/reply/channel", "/choice/account", "/choice/connection", "/decision/by", "/decision/at",
        "/intent/started_at", "/intent/blocked_before", "/handover/until", "/handover/is_certain",
        "/handover/is_closed", "/account/id", "/account/email", "/account/email_verified", "/account/name",
        "/account/given_name", "/account/family_name", "/account/database_connections", "/account/other_providers",
        "/account/blocked", "/account/logins_count", "/account/marker");
    INFO(path);
    json::object document = parsed(full_document);
    std::string key;
    REQUIRE(holder_of(document, path, key).erase(key) == 1);
    CHECK(is_corrupt(document));
}

TEST_CASE("a value of another kind, anywhere in a document, makes it corrupt", "[requests]")
{
    json::value document = json::parse(full_document);
    std::size_t places = 0;
    visit_all(document, "", [&](const std::string& path, json::value& place) {
        INFO(path);
        const json::value kept = place;
        ++places;
        place = nullptr;
        CHECK(is_corrupt(document));
        place = kept.is_string() ? json::value(7) : json::value("7");
        CHECK(is_corrupt(document));
        place = 1.5;
        CHECK(is_corrupt(document));
        place = kept;
    });
    CHECK(places > 100);
    CHECK_FALSE(is_corrupt(document));
}

TEST_CASE("an unfinished decision, or no account, does not ask anybody after the fact", "[requests]")
{
    json::object document = parsed(full_document);
    document.erase("asked");
    document.erase("account");
    document.erase("connection");
    const auto request = read(document);
    REQUIRE(request.has_value());
    CHECK_FALSE(request->asked);
    CHECK(request->connection.empty());
    json::object refused = parsed(full_document);
    refused["asked"] = false;
    CHECK_FALSE(read(refused)->asked);
}

TEST_CASE("a key that a newer version writes is passed over", "[requests]")
{
    json::object document = parsed(full_document);
    document["from_the_future"] = 1;
    REQUIRE(read(document).has_value());
    CHECK(to_document(*read(document)) == full_document);
}

TEST_CASE("each choice has its stored name, and no other name is one", "[requests]")
{
    Request request = full_request();
    const auto check = [&request](const std::string& key, const std::string& name) {
        INFO(key << " " << name);
        const std::string document = to_document(request);
        CHECK(has(document, "\"" + key + "\":\"" + name + "\""));
        const auto reread = from_document(request.id, 0, request.state, document);
        REQUIRE(reread.has_value());
        CHECK(to_document(*reread) == document);
        json::object wrong = parsed(document);
        (key == "state" ? wrong["handover"].as_object() : wrong)[key] = name + "x";
        CHECK(is_corrupt(wrong));
    };
    using Care = std::pair<AfterChange, const char*>;
    for (const auto& [value, name] :
         {Care{AfterChange::not_needed, "not_needed"}, Care{AfterChange::waiting, "waiting"},
          Care{AfterChange::sending, "sending"}, Care{AfterChange::done, "done"}, Care{AfterChange::failed, "failed"},
          Care{AfterChange::not_in_plan, "not_in_plan"}})
    {
        request.reblock = value;
        check("reblock", name);
    }
    using Handed = std::pair<HandoverState, const char*>;
    for (const auto& [value, name] :
         {Handed{HandoverState::ready, "ready"}, Handed{HandoverState::opening, "opening"},
          Handed{HandoverState::shown, "shown"}, Handed{HandoverState::reopening, "reopening"},
          Handed{HandoverState::expired, "expired"}, Handed{HandoverState::destroyed, "destroyed"}})
    {
        request.handover->state = value;
        check("state", name);
    }
    using Format = std::pair<PasswordFormat, const char*>;
    for (const auto& [value, name] :
         {Format{PasswordFormat::sop, "sop"}, Format{PasswordFormat::passphrase, "passphrase"},
          Format{PasswordFormat::link, "ticket"}})
    {
        request.format = value;
        check("password_format", name);
    }
    request.purpose = Purpose::reset;
    check("purpose", "reset");
    request.purpose = Purpose::first_password;
    check("purpose", "first_password");
}

TEST_CASE("a number that no request comes to is corrupt", "[requests]")
{
    const std::string path = GENERATE("/reminders", "/approvals_needed", "/intent/sends");
    const auto [number, is_sound] = GENERATE(
        table<std::int64_t, bool>({{-1, false}, {0, true}, {1'000'000, true}, {1'000'001, false}, {1LL << 40, false}}));
    INFO(path << " " << number);
    json::object document = parsed(full_document);
    std::string key;
    holder_of(document, path, key)[key] = number;
    CHECK(is_corrupt(document) == !is_sound);
}

TEST_CASE("a document of another format is not guessed at", "[requests]")
{
    json::object document = parsed(full_document);
    for (const int format : {0, 2})
    {
        document["format"] = format;
        CHECK(is_corrupt(document));
    }
}
