#include "bot/config/toml_document.hpp"

#include "bot/config/values.hpp"

#include <toml++/toml.h>

#include <algorithm>

namespace countersign::config {

namespace {

constexpr std::size_t list_entries_max = 100;
constexpr std::size_t repetitions_max = 50;  // of the repeated section

int line_at(const toml::source_region& source)
{
    return source.begin.line == 0 ? 1 : static_cast<int>(source.begin.line);
}

// The closest of `candidates`, when it is close enough to have been meant.
template <class Candidates>
std::string did_you_mean(std::string_view word, const Candidates& candidates)
{
    std::string_view best;
    std::size_t best_distance = 1 + std::max<std::size_t>(word.size() / 3, 1);
    for (const std::string_view candidate : candidates)
    {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance >= best_distance) continue;
        best = candidate;
        best_distance = distance;
    }
    return std::string{best};
}

// Words from the file are repeated in messages: kept short and printable, so that they cannot draw on a terminal.
std::string in_quotes(std::string_view word)
{
    constexpr std::size_t shown_max = 60;
    std::string out = "'";
    for (const char c : word.substr(0, shown_max)) out += (c >= ' ' && c != '\x7f') || c < '\0' ? c : '?';
    return out + (word.size() > shown_max ? "...'" : "'");
}

std::string example_of(const Key& key)
{
    return "; write for example " + std::string{key.name} + " = " + std::string{key.example};
}

class Checker
{
public:
    Checker(std::span<const Key> keys, ConfigReport& report) : keys_{keys}, report_{report} {}

    void check(const toml::table& root)
    {
        for (auto&& [name, node] : root)
        {
            if (name.str() == repeated_section)
                check_repeated(name, node);
            else if (const toml::table* section = node.as_table())
                check_section(std::string{name.str()}, name, *section);
            else if (is_section(name.str()))
                report_.mistake(
                    line_at(name.source()), name.str(), {},
                    "must be a section: write [" + std::string{name.str()} +
                        "] on a line of its own, and the keys below it");
            else
                report_stray(name);
        }
        for (const Key& key : keys_)
            if (key.presence == Presence::demanded && key.section != repeated_section && !root.at_path(path_of(key)))
                report_missing(root, key);
    }

    static std::string path_of(const Key& key) { return std::string{key.section} + '.' + std::string{key.name}; }

private:
    const Key* find_key(std::string_view section, std::string_view name) const
    {
        for (const Key& key : keys_)
            if (key.section == section && key.name == name) return &key;
        return nullptr;
    }

    bool is_section(std::string_view name) const
    {
        return std::any_of(keys_.begin(), keys_.end(), [&](const Key& key) { return key.section == name; });
    }

    void check_section(const std::string& section, const toml::key& heading, const toml::table& table)
    {
        if (!is_section(section))
        {
            report_unknown_section(section, heading);
            return;
        }
        for (auto&& [name, node] : table)
        {
            const std::string inner = section + '.' + std::string{name.str()};
            const Key* key = find_key(section, name.str());
            if (const toml::table* subtable = node.as_table(); subtable != nullptr && key == nullptr)
                check_section(inner, name, *subtable);
            else if (key == nullptr)
                report_unknown_key(section, name);
            else
                check_shape(*key, name, node);
        }
    }

    void check_repeated(const toml::key& heading, const toml::node& node)
    {
        const toml::array* list = node.as_array();
        const bool of_tables = list != nullptr && !list->empty() &&
            std::all_of(list->begin(), list->end(), [](const toml::node& entry) { return entry.is_table(); });
        const std::string name{heading.str()};
        if (!of_tables)
            report_.mistake(line_at(heading.source()), name, {}, "must be written with two brackets: [[" + name + "]]");
        else if (list->size() > repetitions_max)
            report_.mistake(line_at(heading.source()), name, {}, "stands there more than 50 times");
        else
            for (const toml::node& entry : *list) check_repetition(name, heading, *entry.as_table());
    }

    void check_repetition(const std::string& name, const toml::key& heading, const toml::table& table)
    {
        check_section(name, heading, table);
        for (const Key& key : keys_)
            if (key.section == name && key.presence == Presence::demanded && !table.contains(key.name))
                report_.mistake(line_at(table.source()), key.section, key.name, "is missing" + example_of(key));
    }

    // True when it is one of the shapes that are no text, judged here.
    bool check_plain(const Key& key, int line, const toml::node& node)
    {
        if (key.shape == Shape::flag && !node.is_boolean())
            report_.mistake(line, key.section, key.name, "must be true or false, without quotes");
        if (key.shape == Shape::count && !node.is_integer())
            report_.mistake(line, key.section, key.name, "must be a whole number, without quotes" + example_of(key));
        return key.shape == Shape::flag || key.shape == Shape::count;
    }

    void check_shape(const Key& key, const toml::key& name, const toml::node& node)
    {
        if (check_plain(key, line_at(name.source()), node)) return;
        const toml::array* list = node.as_array();
        const bool takes_list = key.shape != Shape::text;
        if (node.is_string() && key.shape != Shape::texts) return;
        const bool of_strings = list != nullptr &&
            std::all_of(list->begin(), list->end(), [](const toml::node& entry) { return entry.is_string(); });
        const std::string example = example_of(key);
        const int line = line_at(name.source());
        if (!takes_list)
            report_.mistake(line, key.section, key.name, "must be a string in quotes" + example);
        else if (!of_strings)
            report_.mistake(line, key.section, key.name, "must be a list of strings" + example);
        else if (list->size() > list_entries_max)
            report_.mistake(line, key.section, key.name, "has more than 100 entries");
        else if (list->empty() && key.presence == Presence::demanded)
            report_.mistake(line, key.section, key.name, "must not be empty" + example);
    }

    void report_missing(const toml::table& root, const Key& key)
    {
        const auto section = root.at_path(key.section);
        const int line = section ? line_at(section.node()->source()) : 1;
        report_.mistake(line, key.section, key.name, "is missing" + example_of(key));
    }

    void report_stray(const toml::key& name)
    {
        std::string what = "stands outside of every section";
        const auto home =
            std::find_if(keys_.begin(), keys_.end(), [&](const Key& key) { return key.name == name.str(); });
        what += home == keys_.end() ? "; remove it" : "; move it below [" + std::string{home->section} + ']';
        report_.mistake(line_at(name.source()), {}, in_quotes(name.str()), std::move(what));
    }

    void report_unknown_section(const std::string& section, const toml::key& heading)
    {
        std::vector<std::string_view> known;
        known.reserve(keys_.size());
        for (const Key& key : keys_) known.push_back(key.section);
        const std::string meant = did_you_mean(section, known);
        std::string what = in_quotes(section) + " is no section of this file";
        what += meant.empty() ? "; remove it" : "; did you mean [" + meant + "]?";
        report_.mistake(line_at(heading.source()), {}, {}, std::move(what));
    }

    void report_unknown_key(const std::string& section, const toml::key& name)
    {
        std::vector<std::string_view> siblings;
        std::string_view elsewhere;
        for (const Key& key : keys_)
        {
            if (key.section == section) siblings.push_back(key.name);
            if (key.name == name.str()) elsewhere = key.section;
        }
        const std::string meant = did_you_mean(name.str(), siblings);
        std::string what = "is no key of this section; ";
        if (!elsewhere.empty())
            what += "move it below [" + std::string{elsewhere} + ']';
        else if (!meant.empty())
            what += "did you mean " + meant + '?';
        else
            what += "remove it";
        report_.mistake(line_at(name.source()), section, in_quotes(name.str()), std::move(what));
    }

    std::span<const Key> keys_;
    ConfigReport& report_;
};

}  // namespace

struct Document::Tree
{
    bool is_toml = false;
    toml::table root;
};

Document::Document(std::string_view text, std::span<const Key> keys, ConfigReport& report)
    : tree_{std::make_unique<Tree>()}
{
    try
    {
        tree_->root = toml::parse(text);
    }
    catch (const toml::parse_error& error)
    {
        report.mistake(line_at(error.source()), {}, {}, "is not TOML: " + in_quotes(error.description()));
        return;
    }
    tree_->is_toml = true;
    Checker{keys, report}.check(tree_->root);
}

Document::~Document() = default;

bool Document::is_toml() const noexcept { return tree_->is_toml; }

std::optional<Text> Document::text(std::string_view section, std::string_view key) const
{
    const auto node = tree_->root.at_path(section)[key];
    const auto value = node.value_exact<std::string>();
    if (!value) return std::nullopt;
    return Text{*value, line_at(node.node()->source())};
}

std::vector<Text> Document::texts(std::string_view section, std::string_view key) const
{
    std::vector<Text> entries;
    if (auto single = text(section, key)) entries.push_back(std::move(*single));
    const auto node = tree_->root.at_path(section)[key];
    const toml::array* list = node.as_array();
    if (list == nullptr) return entries;
    for (const toml::node& entry : *list)
        if (const auto* value = entry.as_string()) entries.push_back(Text{value->get(), line_at(entry.source())});
    return entries;
}

std::optional<Flag> Document::flag(std::string_view section, std::string_view key) const
{
    const auto node = tree_->root.at_path(section)[key];
    const auto value = node.value_exact<bool>();
    if (!value) return std::nullopt;
    return Flag{*value, line_at(node.node()->source())};
}

std::optional<Count> Document::count(std::string_view section, std::string_view key) const
{
    const auto node = tree_->root.at_path(section)[key];
    const auto value = node.value_exact<std::int64_t>();
    if (!value) return std::nullopt;
    return Count{*value, line_at(node.node()->source())};
}

std::vector<std::string> Document::repetitions() const
{
    std::vector<std::string> paths;
    const toml::array* list = tree_->root[repeated_section].as_array();
    const std::size_t size = list == nullptr ? 0 : std::min(list->size(), repetitions_max);
    for (std::size_t i = 0; i < size; ++i)
        paths.push_back(std::string{repeated_section} + '[' + std::to_string(i) + ']');
    return paths;
}

int Document::line_of(std::string_view section) const
{
    const auto node = tree_->root.at_path(section);
    return node ? line_at(node.node()->source()) : 1;
}

}  // namespace countersign::config
