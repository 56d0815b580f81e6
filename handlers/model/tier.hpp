#pragma once

#include "handlers/model/account.hpp"
#include "handlers/model/password_format.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

// A value of app_metadata, by its path: {"account", "plan"} for app_metadata.account.plan. Of a list, one element is
// enough.
struct MetadataMatch
{
    std::vector<std::string> path;
    std::string value;  // as text; numbers and booleans as JSON writes them
};

// A class of accounts that needs more care than others. It matches an account that fits any one of its four lists.
struct Tier
{
    std::string name;  // as people read it on the card

    std::vector<std::string> emails;       // whole addresses, lower case
    std::vector<std::string> domains;      // what stands behind the @, lower case, without subdomains
    std::vector<std::string> connections;  // names of Auth0 connections
    std::vector<MetadataMatch> metadata;

    bool refuse = false;                   // never through this bot
    int approvals = 1;                     // 1 or 2, by different people
    bool verification_required = false;    // also where [verification] does not demand it
    std::optional<PasswordFormat> format;  // instead of the usual one
    std::chrono::seconds cooling{0};       // between the last approval and the change: time to deny it after all
};

// What an account's tier demands: that of the first which it belongs to; nullopt when it belongs to none. While its
// app_metadata cannot be read, an account may belong to every tier that asks for metadata: of those that come before
// the first certain one, and of that one, the strictest demands count.
std::optional<Tier> tier_of(const std::vector<Tier>& tiers, const Account& account);

}  // namespace countersign
