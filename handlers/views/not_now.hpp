#pragma once

#include "handlers/model/transaction.hpp"
#include "handlers/rules/limits.hpp"

#include <string>
#include <string_view>

// Why nothing goes on at the moment, and how or when that ends. Escaped mrkdwn, whole sentences.
namespace countersign::views {

// Who froze, since when, why, and who has released it so far.
std::string frozen(const Freeze& freeze);

// `code`: "limit_person", "limit_account", "limit_look_ups" or "limit_everybody".
std::string limit_reached(std::string_view code, const rules::FullWindow& full);

}  // namespace countersign::views
