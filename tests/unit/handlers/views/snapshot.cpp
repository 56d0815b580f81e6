#include "tests/support/snapshot.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace countersign::test {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

// Indented, so that a change shows as the lines that changed.
void write(std::ostream& out, const json::value& value, const std::string& indent)
{
    const std::string inner = indent + "  ";
    const char* comma = "";
    if (const json::object* object = value.if_object(); object && !object->empty())
    {
        out << "{";
        for (const auto& [key, member] : *object)
        {
            out << comma << "\n" << inner << json::serialize(json::value(key)) << ": ";
            write(out, member, inner);
            comma = ",";
        }
        out << "\n" << indent << "}";
        return;
    }
    if (const json::array* array = value.if_array(); array && !array->empty())
    {
        out << "[";
        for (const json::value& each : *array)
        {
            out << comma << "\n" << inner;
            write(out, each, inner);
            comma = ",";
        }
        out << "\n" << indent << "]";
        return;
    }
    out << json::serialize(value);
}

std::string content_of(const fs::path& file)
{
    std::ostringstream content;
    content << std::ifstream{file}.rdbuf();
    return content.str();
}

}  // namespace

std::string snapshot_fault(const std::string& name, const json::value& drawn)
{
    const fs::path file = fs::path{COUNTERSIGN_SOURCE_DIR} / "tests/unit/handlers/views/snapshots" / (name + ".json");
    std::ostringstream text;
    write(text, drawn, "");
    text << "\n";
    const bool is_there = fs::exists(file);
    if (is_there && content_of(file) == text.str()) return {};
    if (std::getenv("COUNTERSIGN_UPDATE_SNAPSHOTS") != nullptr)
    {
        // Never a pass: nobody has looked at it yet.
        std::ofstream out{file};
        out << text.str();
        out.close();
        return name + (out ? ": written anew; review it, and run again" : ": its snapshot cannot be written");
    }
    if (!is_there) return name + ": no snapshot; run with COUNTERSIGN_UPDATE_SNAPSHOTS=1 and review it";
    return name + ": drawn otherwise than its snapshot:\n" + text.str();
}

}  // namespace countersign::test
