#include "bot/files/rights.hpp"

namespace countersign::files {

namespace {

constexpr std::uint32_t all_of_others = 077;
constexpr std::uint32_t group_reads = 040;
constexpr std::uint32_t others_write = 022;
constexpr std::uint32_t sticky = 01000;

std::string fault_of_owner(const Step& step, std::uint32_t us)
{
    if (step.owner == us || step.owner == 0) return {};
    const std::string command = step.kind == Kind::link ? "chown -h " : "chown ";
    // The superuser may look after what another user runs.
    const std::string other_way = us == 0 ? "run this as that user, or " : "";
    return step.path.string() + " belongs to another user (" + std::to_string(step.owner) + "): " + other_way +
        "take it over with: " + command + std::to_string(us) + " " + step.path.string();
}

// In a sticky folder everybody may make files, but exchange only their own: what belongs to us or root stays.
std::string fault_of_passing(const Step& folder)
{
    const bool is_open = (folder.mode & others_write) != 0 && (folder.mode & sticky) == 0;
    if (!is_open) return {};
    return "others than its owner may write in " + folder.path.string() + "; take that away with: chmod go-w " +
        folder.path.string();
}

std::string fault_of_keeping(const Step& folder)
{
    if ((folder.mode & others_write) == 0) return {};
    if ((folder.mode & sticky) == 0) return fault_of_passing(folder);
    return "others may make files in " + folder.path.string() +
        ": move it to a folder of its own, made with: install -d -m 700 FOLDER";
}

// Root hands a file to a process of another user by a group of that process: Kubernetes does so with fsGroup.
bool is_handed_over(const Step& file, std::uint32_t us) { return file.owner == 0 && us != 0; }

std::string fault_of_file(const Step& file, std::uint32_t us, Demand demand)
{
    const std::string path = file.path.string();
    if (file.kind == Kind::link) return path + " is a link: put the file itself there, or name the file itself";
    if (file.kind != Kind::regular) return path + " is no regular file: put one there";
    if (demand == Demand::secret && is_handed_over(file, us)) demand = Demand::credential;
    switch (demand)
    {
    case Demand::secret:
    case Demand::database:
        if ((file.mode & all_of_others) == 0) break;
        return "others than its owner have rights on " + path + "; take them away with: chmod 600 " + path;
    case Demand::credential:
        if ((file.mode & (all_of_others & ~group_reads)) == 0) break;
        return "others than its owner have rights on " + path + "; take them away with: chmod 400 " + path;
    case Demand::public_text:
    case Demand::configuration:
        if ((file.mode & others_write) == 0) break;
        return "others than its owner may write " + path + "; take that away with: chmod go-w " + path;
    }
    if (demand == Demand::database && file.names != 1)
        return path + " has " + std::to_string(file.names) +
            " names, and by another one a second process could use it; find them, and remove all but one, with: find / "
            "-xdev -samefile " +
            path;
    return {};
}

// All but the last step.
std::string fault_on_the_way(const Way& way, std::uint32_t us)
{
    for (std::size_t at = 0; at + 1 < way.size(); ++at)
    {
        if (auto fault = fault_of_owner(way[at], us); !fault.empty()) return fault;
        if (way[at].kind != Kind::folder) continue;
        if (auto fault = fault_of_passing(way[at]); !fault.empty()) return fault;
    }
    return {};
}

// In which the last step lies.
const Step* folder_of(const Way& way)
{
    const std::filesystem::path folder = way.back().path.parent_path();
    for (auto step = way.rbegin(); step != way.rend(); ++step)
        if (step->kind == Kind::folder && step->path == folder) return &*step;
    return nullptr;
}

}  // namespace

std::string fault_of(const Way& way, std::uint32_t us, Demand demand)
{
    if (way.empty()) return "it leads nowhere";
    if (auto fault = fault_of_owner(way.back(), us); !fault.empty()) return fault;
    if (auto fault = fault_of_file(way.back(), us, demand); !fault.empty()) return fault;
    if (auto fault = fault_on_the_way(way, us); !fault.empty()) return fault;
    if (demand != Demand::configuration && demand != Demand::database) return {};
    const Step* folder = folder_of(way);
    return folder == nullptr ? std::string{} : fault_of_keeping(*folder);
}

std::string fault_of_folder(const Way& way, std::uint32_t us)
{
    if (way.empty()) return "it leads nowhere";
    if (way.back().kind != Kind::folder) return way.back().path.string() + " is no folder";
    if (auto fault = fault_of_owner(way.back(), us); !fault.empty()) return fault;
    if (auto fault = fault_on_the_way(way, us); !fault.empty()) return fault;
    return fault_of_keeping(way.back());
}

}  // namespace countersign::files
