#include "bot/config/files_around.hpp"

#include "bot/files/rights.hpp"
#include "bot/store/file_lock.hpp"

#include <algorithm>

namespace countersign::config {

namespace {

namespace fs = std::filesystem;

// A file that is looked up in a folder without links in its path: if there is a link, it is the file itself.
std::string fault_of_database_file(const fs::path& file, const ProcessEnvironment& surroundings)
{
    const auto way = surroundings.look_at(file);
    if (!way && way.error() == Errc::not_found) return {};
    if (!way) return file.string() + " cannot be looked at";
    const auto link =
        std::find_if(way->begin(), way->end(), [](const files::Step& step) { return step.kind == files::Kind::link; });
    if (link != way->end()) return files::fault_of({*link}, surroundings.user, files::Demand::database);
    return files::fault_of(*way, surroundings.user, files::Demand::database);
}

}  // namespace

std::vector<std::string> faults_around(const fs::path& database, const ProcessEnvironment& surroundings)
{
    std::vector<std::string> faults;
    const auto add = [&faults](std::string fault) {
        if (!fault.empty() && std::find(faults.begin(), faults.end(), fault) == faults.end())
            faults.push_back(std::move(fault));
    };
    // Without the folder there is no database either; the start says so.
    if (const auto folder = surroundings.look_at(database.parent_path()))
    {
        add(files::fault_of_folder(*folder, surroundings.user));
        for (const std::string_view suffix : store::database_files)
            add(fault_of_database_file(
                folder->back().path / (database.filename().string() + std::string{suffix}), surroundings));
    }
    if (const auto bundle = surroundings.environment("SSL_CERT_FILE"))
        if (const auto way = surroundings.look_at(fs::path{bundle->expose()}))
        {
            std::string fault = files::fault_of(*way, surroundings.user, files::Demand::public_text);
            if (!fault.empty()) add("SSL_CERT_FILE: " + fault);
        }
    return faults;
}

}  // namespace countersign::config
