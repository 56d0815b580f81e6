#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace demo::page {

// A file of web/, as it was when this program was built; vue.js is Debian's libjs-vue.
struct EmbeddedFile
{
    std::string_view path;  // below web/: "slack/slack.css"
    std::string_view bytes;
};

std::span<const EmbeddedFile> embedded_files();

struct Asset
{
    std::string body;
    std::string content_type;
};

// What the browser gets: the embedded files or, for whoever works on a view, those in a folder as they are now.
class Assets
{
public:
    Assets() = default;
    // Throws std::invalid_argument when that is no folder.
    explicit Assets(std::filesystem::path folder);

    // By its path below web/. Nothing when there is none, when its kind is not for browsers, or when the path leaves
    // the folder.
    std::optional<Asset> find(std::string_view path) const;

private:
    std::filesystem::path folder_;  // empty: the embedded ones
};

}  // namespace demo::page
