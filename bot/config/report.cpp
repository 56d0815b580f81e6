#include "bot/config/report.hpp"

#include <algorithm>
#include <utility>

namespace countersign {

namespace {

std::string place(std::string_view section, std::string_view key)
{
    std::string where;
    if (!section.empty()) where = '[' + std::string{section} + ']';
    if (!section.empty() && !key.empty()) where += ' ';
    where += key;
    return where;
}

}  // namespace

void ConfigReport::mistake(int line, std::string_view section, std::string_view key, std::string what)
{
    findings_.push_back(ConfigFinding{Severity::mistake, line, place(section, key), std::move(what)});
}

void ConfigReport::warning(int line, std::string_view section, std::string_view key, std::string what)
{
    findings_.push_back(ConfigFinding{Severity::warning, line, place(section, key), std::move(what)});
}

bool ConfigReport::has_mistakes() const noexcept
{
    return std::any_of(findings_.begin(), findings_.end(), [](const ConfigFinding& finding) {
        return finding.severity == Severity::mistake;
    });
}

std::string ConfigReport::text() const
{
    std::vector<ConfigFinding> sorted = findings_;
    std::stable_sort(
        sorted.begin(), sorted.end(), [](const ConfigFinding& a, const ConfigFinding& b) { return a.line < b.line; });
    std::string text;
    for (const ConfigFinding& finding : sorted)
    {
        text += file_ + ':' + std::to_string(finding.line) + ": ";
        if (finding.severity == Severity::warning) text += "warning: ";
        if (!finding.where.empty()) text += finding.where + ": ";
        text += finding.what + '\n';
    }
    return text;
}

}  // namespace countersign
