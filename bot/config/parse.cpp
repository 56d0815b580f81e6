#include "bot/config/parse.hpp"

#include "bot/config/entry.hpp"
#include "bot/config/keys.hpp"
#include "bot/config/toml_document.hpp"

#include <set>

namespace countersign::config {

namespace {

using std::chrono::seconds;

constexpr std::string_view methods_wanted = "needs methods: write methods = [\"Call back to the number on record\"]";
constexpr std::string_view methods_wanted_above =
    "needs methods: write methods = [\"Call back to the number on record\"] below [verification]";

// What no key can tell by itself.
class Checker
{
public:
    Checker(const Document& document, const Draft& draft, ConfigReport& report)
        : document_{document},
          draft_{draft},
          report_{report}
    {}

    void check()
    {
        one_needs_other(draft_.secrets.tls_certificate, draft_.secrets.tls_key, "tls_key");
        one_needs_other(draft_.secrets.tls_key, draft_.secrets.tls_certificate, "tls_certificate");
        channels();
        requesters();
        verification();
        escalation();
        tiers();
    }

private:
    void one_needs_other(
        const std::optional<SecretSource>& one, const std::optional<SecretSource>& other, const std::string& missing)
    {
        if (!one) return;
        if (one->source.value.starts_with("env:") || one->source.value.starts_with("fd:"))
            report_.mistake(one->source.line, one->section, one->key, "must be the path of a file, or credential:NAME");
        if (!other) report_.mistake(one->source.line, one->section, one->key, "needs " + missing + " beside it");
    }

    void channels()
    {
        const SlackConfig& slack = draft_.config.slack;
        const auto audit = document_.text("slack.channels", "audit");
        if (audit && !slack.audit.str().empty() && slack.audit == slack.approvals)
            report_.warning(
                audit->line, "slack.channels", "audit",
                "is the approvals channel too; better keep apart those who decide and those who audit");
    }

    void requesters()
    {
        const bool is_given = !document_.texts("slack.groups", "support").empty() ||
            !document_.texts("slack.groups", "implementation").empty();
        if (!is_given)
            report_.mistake(
                document_.line_of("slack.groups"), "slack.groups", {},
                "nobody may ask for a reset; write support = [\"S...\"] or implementation = [\"S...\"]");
    }

    void verification()
    {
        const VerificationSettings& verification = draft_.config.requests.verification;
        if (verification.required && verification.methods.empty())
            report_.mistake(document_.line_of("verification"), "verification", "required", std::string{methods_wanted});
    }

    // One without the other would never do anything.
    void escalation()
    {
        const ApprovalSettings& approval = draft_.config.requests.approval;
        const auto after = document_.text("approval", "escalate_after");
        const bool to_nobody = draft_.config.slack.escalation.empty();
        if (after && approval.escalate_after > seconds{0} && to_nobody)
            report_.mistake(
                after->line, "approval", "escalate_after",
                "needs to know to whom: write escalation = [\"S...\"] below [slack.groups]");
        if (after && approval.escalate_after >= approval.expires_after)
            report_.mistake(
                after->line, "approval", "escalate_after",
                "must be less than expires_after: by then the request has expired");
        if (!to_nobody && approval.escalate_after == seconds{0})
            report_.warning(
                document_.line_of("slack.groups"), "slack.groups", "escalation",
                "decides nothing until [approval] escalate_after says when");
    }

    void tiers()
    {
        const RequestConfig& requests = draft_.config.requests;
        std::set<std::string> names;
        for (std::size_t i = 0; i < requests.tiers.size(); ++i)
        {
            const Tier& tier = requests.tiers[i];
            const int line = document_.line_of(document_.repetitions()[i]);
            const auto mistake = [&](std::string_view key, std::string what) {
                report_.mistake(line, repeated_section, key, std::move(what));
            };
            if (tier.emails.empty() && tier.domains.empty() && tier.connections.empty() && tier.metadata.empty())
                mistake({}, "matches no account: write emails, domains, connections or metadata");
            if (tier.verification_required && requests.verification.methods.empty())
                mistake("verification_required", std::string{methods_wanted_above});
            if (!tier.name.empty() && !names.insert(tier.name).second)
                mistake("name", "is the name of another tier too");
        }
    }

    const Document& document_;
    const Draft& draft_;
    ConfigReport& report_;
};

void take(const Document& document, std::string_view section, ConfigReport& report, Draft& draft)
{
    const bool is_repeated = !section.empty();
    for (const Key& key : keys)
        if ((key.section == repeated_section) == is_repeated)
            key.take(Entry{key, document, is_repeated ? section : key.section, report, draft});
}

}  // namespace

Draft parse_config(std::string_view text, ConfigReport& report)
{
    const Document document{text, keys, report};
    Draft draft;
    if (!document.is_toml()) return draft;
    take(document, {}, report, draft);
    for (const std::string& section : document.repetitions())
    {
        draft.config.requests.tiers.emplace_back();
        take(document, section, report, draft);
    }
    Checker{document, draft, report}.check();
    return draft;
}

}  // namespace countersign::config
