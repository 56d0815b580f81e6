#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace countersign {

enum class Severity
{
    mistake,  // the configuration cannot be used
    warning,  // it can, but should not be
};

// One thing that is wrong with a configuration, in words for the person who wrote it. Never holds a secret.
struct ConfigFinding
{
    Severity severity;
    int line;           // 1 for what concerns the file as a whole
    std::string where;  // "[slack] app_id", "[slack]", or empty
    std::string what;   // what is wrong, and what to write
};

// Everything that is wrong with one configuration file.
class ConfigReport
{
public:
    explicit ConfigReport(std::string file) : file_{std::move(file)} {}

    void mistake(int line, std::string_view section, std::string_view key, std::string what);
    void warning(int line, std::string_view section, std::string_view key, std::string what);

    bool has_mistakes() const noexcept;
    const std::vector<ConfigFinding>& findings() const noexcept { return findings_; }

    // One line a finding, in the order of the file: "FILE:LINE: [section] key: what", warnings with "warning: " after
    // the line number. Ends with a newline; empty when there is nothing to say.
    std::string text() const;

private:
    std::string file_;
    std::vector<ConfigFinding> findings_;
};

}  // namespace countersign
