#pragma once

#include "bot/config/process_environment.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace countersign::config {

// What is wrong with files that no key of a secret names: those of the database, as far as they are there, its folder,
// and the bundle of authorities that SSL_CERT_FILE names. Each with the command that mends it.
std::vector<std::string> faults_around(const std::filesystem::path& database, const ProcessEnvironment& surroundings);

}  // namespace countersign::config
