#include "tests/support/ledger.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using test::noon;

namespace {

Request full_request()
{
    Request request = test::some_request("rq-1", State::executing);
    request.version = 7;
    request.reason = "lost \"phone\" \\ caf\xc3\xa9 \xff\n";
    request.updated_at = noon + Milliseconds{1};
    request.expires_at = noon + std::chrono::hours{4};
    Account account{Auth0UserId{"auth0|1"}};
    account.email = "Ann@example.com";
    account.email_verified = true;
    account.name = "ann";
    account.given_name = "Ann";
    account.family_name = "O'Hara";
    account.database_connections = {"Users", ""};
    account.other_providers = {"google-oauth2"};
    account.blocked = true;
    account.created_at = from_unix_ms(0);
    account.last_login = noon - std::chrono::days{1};
    account.last_password_reset = from_unix_ms(-1);
    account.logins_count = 9'007'199'254'740'993;
    account.marker = "rq-0";
    account.nickname = "annie";
    account.username = "ann \xe2\x98\x83";
    account.phone_number = "+15550100";
    account.metadata_name = "Ann O.";
    account.metadata_first = "A";
    account.metadata_last = "O";
    account.app_metadata = R"({"plan":"gold","list":[1,{"a":null}]})";
    account.metadata_too_large = true;
    account.updated_at = noon - std::chrono::hours{5};
    request.account = account;
    request.lookalikes = {"another one", "and one more"};
    request.decision = Decision{SlackUserId{"U2"}, noon};
    request.intent = Intent{noon, noon - std::chrono::days{3}, true, 2, false, std::nullopt};
    request.ending = Ending::password_too_weak;
    request.reblock = AfterChange::failed;
    request.purpose = Purpose::reset;
    return request;
}

Result<Request> reread(const Request& request)
{
    return from_document(request.id, request.version, request.state, to_document(request));
}

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("a request with everything set survives the way through its document", "[requests]")
{
    const Request before = full_request();
    const auto after = reread(before);
    REQUIRE(after.has_value());
    CHECK(after->id == before.id);
    CHECK(after->version == 7);
    CHECK(after->state == State::executing);
    CHECK(after->requester == before.requester);
    CHECK(after->email == before.email);
    CHECK(after->reason == before.reason);
    CHECK(after->reply->response_url.bytes == before.reply->response_url.bytes);
    CHECK(after->reply->expires_at == before.reply->expires_at);
    CHECK(after->reply->channel == before.reply->channel);
    CHECK(after->created_at == before.created_at);
    CHECK(after->updated_at == before.updated_at);
    CHECK(after->expires_at == before.expires_at);
    CHECK(after->account == before.account);
    CHECK(after->lookalikes == before.lookalikes);
    REQUIRE(after->decision);
    CHECK(after->decision->by == before.decision->by);
    CHECK(after->decision->at == before.decision->at);
    REQUIRE(after->intent);
    CHECK(after->intent->started_at == before.intent->started_at);
    CHECK(after->intent->reset_before == before.intent->reset_before);
    CHECK(after->intent->blocked_before);
    CHECK(after->intent->sends == 2);
    CHECK(after->ending == before.ending);
    CHECK(after->reblock == AfterChange::failed);
}

TEST_CASE("what people and policy add to a request survives the way through its document", "[requests]")
{
    Request before = full_request();
    before.purpose = Purpose::first_password;
    before.case_number = "T-17";
    before.verification = Verification{"call_back", "number on record"};
    before.names = GivenNames{"Ada", "Byron"};
    before.in_modal = true;
    before.candidates = {*before.account};
    before.choice = Choice{Auth0UserId{"auth0|1"}, "Users"};
    before.connection = "Users";
    before.tier = "Gold";
    before.approvals_needed = 2;
    before.cooling = std::chrono::minutes{5};
    before.reason_was_cut = true;
    before.format = PasswordFormat::link;
    before.risk_notes = {{"never_signed_in", ""}, {"request_today", "3"}};
    before.asked = true;
    before.approvals = {{SlackUserId{"U3"}, noon}, {SlackUserId{"U2"}, noon}};
    before.claims = {{SlackUserId{"U4"}, noon}, {SlackUserId{"U5"}, noon}};
    before.denial_reason = "no";
    before.escalated_at = noon;
    before.reminders = 2;
    before.change_from = noon;
    before.after_change[std::string{after_change::end_sessions}] = AfterChange::not_in_plan;
    before.handover = Handover{HandoverState::shown, noon, noon, false, true};
    const auto after = reread(before);
    REQUIRE(after.has_value());
    CHECK(to_document(*after) == to_document(before));
    CHECK(after->candidates == before.candidates);
    CHECK(after->approvals.size() == 2);
    REQUIRE(after->claims.size() == 2);
    CHECK(after->claims.back().by == SlackUserId{"U5"});
    CHECK(after->claims.back().at == noon);
    CHECK(after->after_change == before.after_change);
    CHECK(after->handover->state == HandoverState::shown);
}

TEST_CASE("before windows were counted a hand-over had one, once it was pressed for", "[requests]")
{
    for (const auto& [state, windows, window] :
         {std::tuple{HandoverState::ready, 0, 0},
          {HandoverState::opening, 1, 0},
          {HandoverState::shown, 1, 1},
          {HandoverState::expired, 0, 0},
          {HandoverState::destroyed, 0, 0}})
    {
        Request before = full_request();
        before.handover = Handover{state, noon, noon, true, false};
        std::string text = to_document(before);
        for (const std::string key : {"windows", "window", "times_shown", "left"})
            text = replaced(text, "\"" + key + "\":", "\"new_" + key + "\":");
        const auto after = from_document(RequestId{"rq-1"}, 1, State::changed, text);
        REQUIRE(after.has_value());
        CHECK(after->handover->windows == windows);
        CHECK(after->handover->window == window);
        CHECK(after->handover->times_shown == window);
        CHECK(after->handover->left == 0);
        CHECK_FALSE(after->handover->pressed_at);
    }
}

TEST_CASE("a document of the first version is read with what it did not know as it was then", "[requests]")
{
    std::string text = to_document(full_request());
    for (const std::string key : {"purpose", "ticket", "connection", "asked", "password_format"})
        text = replaced(text, "\"" + key + "\":", "\"old_" + key + "\":");
    const auto after = from_document(RequestId{"rq-1"}, 1, State::pending, text);
    REQUIRE(after.has_value());
    CHECK(after->purpose == Purpose::reset);
    CHECK(after->connection == "Users");
    CHECK(after->asked);
    CHECK(after->approvals_needed == 1);
    CHECK(after->format == PasswordFormat::sop);
}

TEST_CASE("a request with nothing set survives the way through its document", "[requests]")
{
    Request before = test::some_request("rq-1");
    before.reply->response_url.bytes.clear();
    const auto after = reread(before);
    REQUIRE(after.has_value());
    CHECK(to_document(*after) == to_document(before));
    CHECK_FALSE(after->account);
    CHECK_FALSE(after->decision);
    CHECK_FALSE(after->intent);
    CHECK_FALSE(after->expires_at);
    CHECK(after->reblock == AfterChange::not_needed);
}

TEST_CASE("a document in any of its forms is read back byte for byte", "[requests]")
{
    Request request = full_request();
    request.account->last_login.reset();
    request.account->last_password_reset.reset();
    request.account->created_at.reset();
    request.intent->reset_before.reset();
    const auto care = GENERATE(AfterChange::not_needed, AfterChange::waiting, AfterChange::done, AfterChange::failed);
    request.reblock = care;
    const auto after = reread(request);
    REQUIRE(after.has_value());
    CHECK(to_document(*after) == to_document(request));
}

TEST_CASE("a document from before an account showed more is read, with nothing in its place", "[requests]")
{
    Request request = full_request();
    const auto after = from_document(
        request.id, 7, State::executing,
        R"({"format":1,"requester":"U1","email":"a@b.co","reason":"","reply":{"url":"00ff","expires_at":1,"channel":"C1"},)"
        R"("created_at":1,"updated_at":2,"account":{"id":"auth0|1","email":"a@b.co","email_verified":true,"name":"n",)"
        R"("given_name":"g","family_name":"f","database_connections":["Main"],"other_providers":[],"blocked":false,)"
        R"("logins_count":3,"marker":""},"lookalikes":[],"ending":"","reblock":"not_needed"})");
    REQUIRE(after.has_value());
    REQUIRE(after->account);
    Account expected{Auth0UserId{"auth0|1"}};
    expected.email = "a@b.co";
    expected.email_verified = true;
    expected.name = "n";
    expected.given_name = "g";
    expected.family_name = "f";
    expected.database_connections = {"Main"};
    expected.logins_count = 3;
    CHECK(*after->account == expected);
}

TEST_CASE("an ending of another version is written back as it was read", "[requests]")
{
    Request before{RequestId{"rq-1"}, SlackUserId{"U1"}, Email{"ada@example.com"}, std::nullopt, TimePoint{}};
    before.ending = StoredEnding::named("of_a_later_version");
    const auto after = from_document(RequestId{"rq-1"}, 0, State::failed, to_document(before));
    REQUIRE(after.has_value());
    CHECK(after->ending.name() == "of_a_later_version");
    CHECK(to_document(*after) == to_document(before));
}

TEST_CASE("a document that is not one of ours is corrupt", "[requests]")
{
    const auto text = GENERATE("", "null", "[]", "{}", "{\"format\":1}", "{\"format\":2}", "not json");
    CHECK(from_document(RequestId{"rq-1"}, 0, State::pending, text).error() == Errc::corrupt);
}

TEST_CASE("a document with one wrong field is corrupt", "[requests]")
{
    const auto change = GENERATE(
        as<std::pair<std::string, std::string>>{}, std::make_pair("\"format\":1", "\"format\":2"),
        std::make_pair("\"requester\":\"U1\"", "\"requester\":1"), std::make_pair("\"url\":\"00", "\"url\":\"0"),
        std::make_pair("\"url\":\"00", "\"url\":\"zz"), std::make_pair("\"blocked\":true", "\"blocked\":1"),
        std::make_pair("\"logins_count\":9007199254740993", "\"logins_count\":1.5"),
        std::make_pair("\"nickname\":\"annie\"", "\"nickname\":1"),
        std::make_pair("\"app_metadata\":\"", "\"app_metadata\":null,\"was\":\""),
        std::make_pair("\"metadata_too_large\":true", "\"metadata_too_large\":1"),
        std::make_pair("\"sends\":2", "\"sends\":-1"), std::make_pair("\"reblock\":\"failed\"", "\"reblock\":\"lost\""),
        std::make_pair("\"decision\":{", "\"decision\":null,\"was\":{"), std::make_pair("[\"another one\"", "[1"),
        std::make_pair("\"ending\":", "\"ended\":"), std::make_pair("\"reply\":{", "\"reply\":[],\"was\":{"),
        std::make_pair("\"purpose\":\"reset\"", "\"purpose\":\"other\""),
        std::make_pair("\"in_modal\":false", "\"in_modal\":0"),
        std::make_pair("\"candidates\":[]", "\"candidates\":{}"),
        std::make_pair("\"after_care\":{}", "\"after_care\":{\"end_sessions\":\"perhaps\"}"));
    const std::string document = replaced(to_document(full_request()), change.first, change.second);
    CAPTURE(document);
    CHECK(from_document(RequestId{"rq-1"}, 0, State::pending, document).error() == Errc::corrupt);
}

TEST_CASE("a document cut short anywhere is corrupt", "[requests]")
{
    const std::string document = to_document(full_request());
    for (std::size_t size = 0; size < document.size(); ++size)
        CHECK_FALSE(from_document(RequestId{"rq-1"}, 0, State::pending, document.substr(0, size)).has_value());
}
