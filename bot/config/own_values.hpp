#pragma once

#include "bot/config/entry.hpp"

#include <string_view>

// How the values are read that are like no other: each takes the value of its key into the draft, or reports it.
namespace countersign::config {

// Whether this is an id of Slack's that begins with one of `prefixes`; else "must be `kind`" is reported.
bool is_id(const Entry& entry, const Text& text, std::string_view prefixes, const char* kind);

void listen(const Entry& entry);
void signing_secrets(const Entry& entry);
void team_ids(const Entry& entry);
void app_id(const Entry& entry);
void domain(const Entry& entry);
void client_id(const Entry& entry);
void database_connection(const Entry& entry);
void verification_methods(const Entry& entry);
void own_account_check(const Entry& entry);
void tier_emails(const Entry& entry);
void tier_domains(const Entry& entry);
void tier_connections(const Entry& entry);
void tier_metadata(const Entry& entry);
void storage_url(const Entry& entry);
void log_level(const Entry& entry);

}  // namespace countersign::config
