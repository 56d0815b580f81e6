#include "tests/demo/page/assets.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace demo::page {

namespace {

namespace fs = std::filesystem;

struct Kind
{
    std::string_view ending;
    std::string_view content_type;
};

constexpr std::array kinds{
    Kind{".html", "text/html; charset=utf-8"},
    Kind{".css", "text/css; charset=utf-8"},
    Kind{".js", "text/javascript; charset=utf-8"},
    Kind{".svg", "image/svg+xml"},
    Kind{".png", "image/png"},
};

const Kind* kind_of(std::string_view path)
{
    const auto kind =
        std::find_if(kinds.begin(), kinds.end(), [&](const Kind& each) { return path.ends_with(each.ending); });
    return kind == kinds.end() ? nullptr : &*kind;
}

// Words of letters, digits, dots, dashes and underscores between slashes; none begins with a dot.
bool is_plain(std::string_view path)
{
    char before = '/';
    for (const char c : path)
    {
        const bool is_word =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        const bool is_mark = (c == '.' || c == '/') && before != '/';
        if (!is_word && !is_mark) return false;
        before = c;
    }
    return !path.empty();
}

std::optional<std::string> embedded(std::string_view path)
{
    for (const EmbeddedFile& file : embedded_files())
        if (file.path == path) return std::string{file.bytes};
    return std::nullopt;
}

std::optional<std::string> read(const fs::path& file)
{
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) return std::nullopt;
    std::ifstream in{file, std::ios::binary};
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

Assets::Assets(fs::path folder) : folder_{std::move(folder)}
{
    if (!fs::is_directory(folder_)) throw std::invalid_argument{"there is no folder " + folder_.string()};
}

std::optional<Asset> Assets::find(std::string_view path) const
{
    const Kind* kind = kind_of(path);
    if (kind == nullptr || !is_plain(path)) return std::nullopt;
    // The library is no file of the folder.
    auto body = folder_.empty() || path == "vue.js" ? embedded(path) : read(folder_ / path);
    if (!body) return std::nullopt;
    return Asset{*std::move(body), std::string{kind->content_type}};
}

}  // namespace demo::page
