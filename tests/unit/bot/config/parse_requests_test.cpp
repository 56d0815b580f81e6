#include "bot/config/parse.hpp"
#include "tests/support/config_sample.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace countersign;
using namespace std::chrono_literals;
using countersign::config::parse_config;
using countersign::test::minimal_config;

namespace {

std::string complaints(const std::string& added)
{
    ConfigReport report{"f.toml"};
    parse_config(minimal_config + added, report);
    return report.text();
}

RequestConfig accepted(const std::string& added)
{
    ConfigReport report{"f.toml"};
    auto draft = parse_config(minimal_config + added, report);
    REQUIRE(report.text() == "");
    return std::move(draft.config.requests);
}

}  // namespace

TEST_CASE("without a word about people and policy the safe defaults hold", "[config]")
{
    const RequestConfig requests = accepted("");
    CHECK_FALSE(requests.verification.required);
    CHECK(requests.verification.methods.empty());
    CHECK(requests.limits.person.an_hour == 5);
    CHECK(requests.limits.account.a_day == 3);
    CHECK(requests.password.reveal_within == 15min);
    CHECK_FALSE(requests.after_change.must_change);
    CHECK(requests.after_change.end_sessions);
    CHECK_FALSE(requests.after_change.tell_owner);
    CHECK(requests.tiers.empty());
}

TEST_CASE("everything about people and policy is taken over", "[config]")
{
    const RequestConfig requests = accepted(R"(
[request]
reason_required = true
ticket_required = true
ticket_pattern = "HD-#*"
ticket_example = "HD-1234"
[verification]
methods = ["Call back to the number on record", "Video with ID"]
required = true
[approval]
expires_after = "2h"
remind_after = "0s"
[limits]
person_an_hour = 0
everybody_a_day = 17
[password]
format = "passphrase"
implementation_format = "ticket"
reveal_within = "5m"
[new_accounts]
connection = "partners"
verify_email = false
[after_change]
tell_owner = true
end_sessions = false
)");
    CHECK(requests.fields.reason_required);
    CHECK(requests.fields.case_number_pattern == "HD-#*");
    REQUIRE(requests.verification.methods.size() == 2);
    CHECK(requests.verification.methods[0].id == "call_back_to_the_number_on_record");
    CHECK(requests.verification.methods[1].label == "Video with ID");
    CHECK(requests.approval.expires_after == 2h);
    CHECK(requests.approval.remind_after == 0s);
    CHECK(requests.limits.person.an_hour == 0);
    CHECK(requests.limits.everybody.a_day == 17);
    CHECK(requests.password.format == PasswordFormat::passphrase);
    CHECK_FALSE(requests.password.support);
    CHECK(requests.password.implementation == PasswordFormat::link);
    CHECK(requests.password.reveal_within == 5min);
    CHECK(requests.new_accounts.connection == "partners");
    CHECK_FALSE(requests.new_accounts.verify_email);
    CHECK(requests.after_change.tell_owner);
    CHECK_FALSE(requests.after_change.end_sessions);
}

TEST_CASE("tiers are read in their order, with all that they match and demand", "[config]")
{
    const RequestConfig requests = accepted(R"(
[verification]
methods = ["In person"]
[[tier]]
name = "Administrators"
emails = ["CEO@example.com"]
metadata = ["account.plan = gold ", "vip=true"]
approvals = 2
verification_required = true
format = "ticket"
cooling = "10m"
[[tier]]
name = "Never"
domains = ["Internal.example.com"]
connections = ["break-glass"]
refuse = true
)");
    REQUIRE(requests.tiers.size() == 2);
    const Tier& first = requests.tiers[0];
    CHECK(first.name == "Administrators");
    CHECK(first.emails == std::vector<std::string>{"ceo@example.com"});
    REQUIRE(first.metadata.size() == 2);
    CHECK(first.metadata[0].path == std::vector<std::string>{"account", "plan"});
    CHECK(first.metadata[0].value == "gold");
    CHECK(first.approvals == 2);
    CHECK(first.verification_required);
    CHECK(first.format == PasswordFormat::link);
    CHECK(first.cooling == 10min);
    CHECK_FALSE(first.refuse);
    CHECK(requests.tiers[1].domains == std::vector<std::string>{"internal.example.com"});
    CHECK(requests.tiers[1].refuse);
    CHECK(requests.tiers[1].approvals == 1);
}

TEST_CASE("what does not fit about people and policy is refused with what to write", "[config]")
{
    const auto [added, told] = GENERATE(table<std::string, std::string>({
        {"[request]\nreason_required = \"yes\"", "[request] reason_required: must be true or false"},
        {"[request]\nticket_pattern = \"*HD\"", "[request] ticket_pattern: must not begin with * nor have two of them"},
        {"[request]\nticket_pattern = \"HD-#**\"", "[request] ticket_pattern: must not begin with * nor have two of"},
        {"[request]\nticket_pattern = \"" + std::string(129, '#') + "\"", "[request] ticket_pattern: must be one line"},
        {"[request]\nticket_pattern = \"\"", "[request] ticket_pattern: must be one line"},
        {"[limits]\nperson_an_hour = -1", "[limits] person_an_hour: must be a number from 0 to 1000000"},
        {"[limits]\nperson_an_hour = 1.5", "[limits] person_an_hour: must be a whole number"},
        {"[limits]\nperson_an_hour = \"5\"", "[limits] person_an_hour: must be a whole number"},
        {"[verification]\nrequired = true", "[verification] required: needs methods"},
        {"[verification]\nmethods = [\"A b\", \"a  B!\"]", "[verification] methods: has the same method twice"},
        {"[verification]\nmethods = [\"!\"]", "[verification] methods: must be words"},
        {"[password]\nformat = \"md5\"", "[password] format: must be \"sop\", \"passphrase\" or \"ticket\""},
        {"[password]\nreveal_within = \"30s\"", "[password] reveal_within: must be a time from \"1m\" to \"24h\""},
        {"[approval]\nescalate_after = \"1h\"", "[approval] escalate_after: needs to know to whom"},
        {"[approval]\nexpires_after = \"2h\"\nescalate_after = \"2h\"",
         "[approval] escalate_after: must be less than expires_after"},
        {"[approval]\nescalate_after = \"4h\"", "[approval] escalate_after: must be less than expires_after"},
        {"[tier]\nname = \"x\"", "[tier]: must be written with two brackets: [[tier]]"},
        {"[[tier]]\nemails = [\"a@b.example\"]", "[tier] name: is missing"},
        {"[[tier]]\nname = \"x\"", "[tier]: matches no account"},
        {"[[tier]]\nname = \"x\"\ndomains = [\"a@b\"]", "[tier] domains: must be hosts"},
        {"[[tier]]\nname = \"x\"\nemails = [\"ceo\"]", "[tier] emails: must be whole addresses"},
        {"[[tier]]\nname = \"x\"\nmetadata = [\" =gold\"]", "[tier] metadata: must be a path and a value"},
        {"[[tier]]\nname = \"x\"\nmetadata = [\"plan\"]", "[tier] metadata: must be a path and a value"},
        {"[[tier]]\nname = \"x\"\nmetadata = [\"a..b=c\"]", "[tier] metadata: must be a path and a value"},
        {"[[tier]]\nname = \"x\"\ndomains = [\"b.example\"]\nverification_required = true",
         "[tier] verification_required: needs methods"},
        {"[[tier]]\nname = \"x\"\ndomains = [\"b.example\"]\napprovals = 3", "[tier] approvals: must be a number"},
        {"[[tier]]\nname = \"x\"\ndomains = [\"b.example\"]\ncooling = \"2h\"", "[tier] cooling: must be a time"},
        {"[[tier]]\nname = \"x\"\ndomains = [\"b.example\"]\napproval = 2",
         "[tier] 'approval': is no key of this section; did you mean approvals?"},
        {"[[tier]]\nname = \"x\"\ndomains = [\"b.example\"]\n[[tier]]\nname = \"x\"\nemails = [\"a@b.example\"]",
         "[tier] name: is the name of another tier too"},
    }));
    CHECK_THAT(complaints(added + "\n"), Catch::Contains(told));
}

TEST_CASE("a second group that would never be asked is warned of", "[config]")
{
    ConfigReport report{"f.toml"};
    parse_config(test::with(minimal_config, "approvers =", "escalation = [\"S0009\"]\napprovers ="), report);
    CHECK_FALSE(report.has_mistakes());
    CHECK_THAT(report.text(), Catch::Contains("escalation: decides nothing until [approval] escalate_after"));
}

TEST_CASE("the id of a way of verification is its letters and digits", "[config]")
{
    const auto [label, id] = GENERATE(table<std::string, std::string>({
        {"Call back", "call_back"},
        {"  Call  --  back! ", "call_back"},
        {"(2 of 3) Questions", "2_of_3_questions"},
        {"az AZ 09", "az_az_09"},
        {"\xC3\x9C"
         "ber Video",
         "ber_video"},
    }));
    const auto requests = accepted("[verification]\nmethods = [\"" + label + "\"]\n");
    REQUIRE(requests.verification.methods.size() == 1);
    CHECK(requests.verification.methods[0].id == id);
}

TEST_CASE("what a tier matches in metadata is a path and a value", "[config]")
{
    const auto match = [](const std::string& text) {
        const auto requests = accepted("[[tier]]\nname = \"x\"\nmetadata = [\"" + text + "\"]\n");
        const MetadataMatch& found = requests.tiers.at(0).metadata.at(0);
        std::string path;
        for (const std::string& key : found.path) path += key + '/';
        return path + found.value;
    };
    CHECK(match("plan=gold") == "plan/gold");
    CHECK(match(" a . b . c = d = e ") == "a/b/c/d = e");
    CHECK(match("plan=") == "plan/");
    CHECK_THAT(
        complaints("[[tier]]\nname = \"x\"\nmetadata = [\"a.=b\"]\n"), Catch::Contains("must be a path and a value"));
    CHECK_THAT(
        complaints("[[tier]]\nname = \"x\"\nmetadata = [\"=b\"]\n"), Catch::Contains("must be a path and a value"));
}

TEST_CASE("one thing to match by is enough for a tier", "[config]")
{
    const auto line = GENERATE(
        "emails = [\"a@b.example\"]", "domains = [\"b.example\"]", "connections = [\"c\"]", "metadata = [\"a=b\"]");
    const auto requests = accepted("[[tier]]\nname = \"x\"\n" + std::string{line} + '\n');
    REQUIRE(requests.tiers.size() == 1);
    const Tier& tier = requests.tiers[0];
    CHECK(tier.emails.size() + tier.domains.size() + tier.connections.size() + tier.metadata.size() == 1);
    CHECK(tier.cooling == 0s);
    CHECK_FALSE(tier.format);
    CHECK_FALSE(tier.verification_required);
}

TEST_CASE("two tiers have two names", "[config]")
{
    const std::string tier = "[[tier]]\nemails = [\"a@b.example\"]\nname = ";
    CHECK(complaints(tier + "\"x\"\n" + tier + "\"y\"\n") == "");
    // The line of the second one.
    CHECK(
        complaints(tier + "\"x\"\n" + tier + "\"x\"\n") == "f.toml:25: [tier] name: is the name of another tier too\n");
    // Two that have none do not have the same one.
    const std::string nameless = "[[tier]]\nemails = [\"a@b.example\"]\n";
    const std::string told = complaints(nameless + nameless);
    CHECK_THAT(told, Catch::Contains("[tier] name: is missing") && !Catch::Contains("another tier"));
}
