#include "bot/config/load.hpp"

#include "bot/config/files_around.hpp"
#include "bot/config/parse.hpp"
#include "bot/config/secrets.hpp"
#include "bot/files/rights.hpp"

#include <utility>

namespace countersign {

namespace {

std::string why_unreadable(const boost::system::error_code& why)
{
    if (why == Errc::not_found) return "there is no such file";
    if (why == Errc::forbidden) return "this user may not read the file";
    if (why == Errc::too_large) return "the file is larger than 64 KiB";
    if (why == Errc::unsupported) return "it is no regular file";
    return "the file cannot be read";
}

}  // namespace

LoadedConfig load_config(const std::filesystem::path& file, const ProcessEnvironment& surroundings)
{
    LoadedConfig loaded{std::nullopt, ConfigReport{file.string()}};
    const auto content = surroundings.read_file(file);
    if (!content)
    {
        loaded.report.mistake(1, {}, {}, why_unreadable(content.error()));
        return loaded;
    }
    std::string fault = files::fault_of(content->way, surroundings.user, files::Demand::configuration);
    if (!fault.empty())
    {
        loaded.report.mistake(1, {}, {}, std::move(fault));
        return loaded;
    }
    config::Draft draft = config::parse_config(content->bytes.expose(), loaded.report);
    config::SecretReader{file.parent_path(), surroundings, loaded.report}.read(draft.secrets, draft.config);
    for (std::string& each : config::faults_around(draft.config.database, surroundings))
        loaded.report.mistake(1, {}, {}, std::move(each));
    if (!loaded.report.has_mistakes()) loaded.config = std::move(draft.config);
    return loaded;
}

}  // namespace countersign
