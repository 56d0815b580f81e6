#pragma once

#include "bot/config/draft.hpp"
#include "bot/config/key.hpp"
#include "bot/config/report.hpp"
#include "bot/config/toml_document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::config {

// A key and the file in which it may stand, on its way into a draft.
struct Entry
{
    const Key& key;
    const Document& document;
    std::string_view section;  // in the document: "tier[1]" for the second [[tier]]
    ConfigReport& report;
    Draft& draft;  // for a tier: its last one

    std::optional<Text> text() const { return document.text(section, key.name); }
    std::vector<Text> texts() const { return document.texts(section, key.name); }
    void mistake(int line, std::string what) const { report.mistake(line, key.section, key.name, std::move(what)); }
};

}  // namespace countersign::config
