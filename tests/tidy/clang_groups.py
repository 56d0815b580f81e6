#!/usr/bin/env python3
"""Groups the product's sources so that clang-tidy reads what they include once a group, instead of once a file.

    clang_groups.py BUILD      prints the groups' files, one a line; they and their compile commands are in BUILD/groups

A group is a source that includes up to a dozen others of the same library: see deploy/cmake/source_groups.py. What a
file forgets to include another of its group may bring: that is found by the nightly build without groups.
"""

import collections
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "deploy/cmake"))
import source_groups  # noqa: E402

GROUP_MAX = 12
def target_of(command):
    return re.search(r"CMakeFiles/(\w+)\.dir/", command).group(1)


def main(arguments):
    build = pathlib.Path(arguments[0]).resolve()
    root = pathlib.Path(__file__).resolve().parents[2]
    by_target = collections.defaultdict(list)
    commands = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        file = pathlib.Path(entry["file"])
        if root not in file.parents or build in file.parents:
            continue
        name = file.relative_to(root).as_posix()
        if name.split("/")[0] not in ("handlers", "auth0", "bot"):
            continue
        target = target_of(entry["command"])
        by_target[target].append((name, source_groups.read(file, root)))
        commands[target] = entry
    folder = build / "groups"
    folder.mkdir(exist_ok=True)
    made = []
    for target, files in sorted(by_target.items()):
        for number, group in enumerate(source_groups.grouped(sorted(files), GROUP_MAX)):
            source = folder / f"{target}_{number:02}.cpp"
            source.write_text("".join(
                f'#include "{name}"  // NOLINT(bugprone-suspicious-include)\n' for name in group))
            entry = dict(commands[target])
            # The compilers warn of what they see in one file; here a name may hide one of another file.
            command = entry["command"].replace(" -Werror", "").replace(" -Wshadow", "")
            entry["command"] = command.replace(entry["file"], str(source))
            entry["file"] = str(source)
            made.append(entry)
    (folder / "compile_commands.json").write_text(json.dumps(made, indent=1))
    print("\n".join(entry["file"] for entry in made))
    return 0 if made else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
