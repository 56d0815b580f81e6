#pragma once

#include "bot/config/config.hpp"
#include "bot/config/report.hpp"
#include "bot/config/toml_document.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace countersign::config {

// The sections about requests: [request], [verification], [approval], [limits], [password], [new_accounts],
// [after_change] and [[tier]].
class RequestParser
{
public:
    RequestParser(const Document& document, ConfigReport& report) : document_{document}, report_{report} {}

    void parse(RequestConfig& requests);

private:
    void fields(FieldSettings& fields);
    void verification(VerificationSettings& verification);
    void approval(ApprovalSettings& approval);
    void own_account_check(OwnAccountCheck& check);
    void limits(LimitSettings& limits);
    void password(PasswordSettings& password);
    void new_accounts(NewAccountSettings& accounts);
    void after_change(AfterCareSettings& care);
    Tier tier(const std::string& path);
    void tier_members(const std::string& path, Tier& tier);

    void take(std::string_view section, std::string_view key, bool& into);
    void take(std::string_view section, std::string_view key, int min, int max, int& into);
    void take(
        std::string_view section, std::string_view key, std::chrono::seconds min, std::chrono::seconds max,
        std::string_view range, std::chrono::seconds& into);
    std::optional<PasswordFormat> format(std::string_view section, std::string_view key);
    // One clean line of at most `bytes_max`; empty when absent or reported.
    std::string line(std::string_view section, std::string_view key, std::size_t bytes_max);

    const Document& document_;
    ConfigReport& report_;
};

}  // namespace countersign::config
