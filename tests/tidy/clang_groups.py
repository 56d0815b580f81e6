#!/usr/bin/env python3
"""Groups the product's sources so that clang-tidy reads what they include once a group, instead of once a file.

    clang_groups.py BUILD      prints the groups' files, one a line; they and their compile commands are in BUILD/groups

Nearly all of clang-tidy's time goes into headers. A group is a source that includes up to a dozen others of the same
library. Two files that have a name of their own in common (in an unnamed namespace) are never in one group. What a file
forgets to include another of its group may bring: that is found by the nightly build without precompiled headers.
"""

import collections
import json
import pathlib
import re
import sys

GROUP_MAX = 12
COMMENTS_AND_STRINGS = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)
WORDS_BEFORE_A_CALL = {"if", "for", "while", "switch", "return", "co_return", "co_await", "catch", "sizeof"}


def plain(text):
    return COMMENTS_AND_STRINGS.sub(lambda found: '""' if found.group(0)[0] != "/" else " ", text)


def end_of_block(text, start):
    """The position behind the block whose `{` is at `start`."""
    depth = 0
    for at in range(start, len(text)):
        if text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if depth == 0:
                return at + 1
    return len(text)


def outermost(text):
    """`text` without what stands in braces."""
    kept = []
    at = 0
    while at < len(text):
        if text[at] == "{":
            kept.append("{}")
            at = end_of_block(text, at)
        else:
            kept.append(text[at])
            at += 1
    return "".join(kept)


def own_names(text):
    """(namespace, name) of what a source declares for itself alone."""
    text = plain(text)
    around = re.search(r"\bnamespace\s+([\w:]+)\s*\{", text)
    around = around.group(1) if around else ""
    names = set()
    for opening in re.finditer(r"\bnamespace\s*\{", text):
        start = opening.end() - 1
        inside = outermost(text[start + 1:end_of_block(text, start) - 1])
        names.update(re.findall(r"\b(?:struct|class|enum class|using)\s+(\w+)", inside))
        names.update(word for word in re.findall(r"\b(\w+)\s*\(", inside) if word not in WORDS_BEFORE_A_CALL)
        names.update(re.findall(r"\b(\w+)(?:\[[^\]]*\])?\s*(?:=|\{\})", inside))
    return {(around, name) for name in names}


def target_of(command):
    return re.search(r"CMakeFiles/(\w+)\.dir/", command).group(1)


def grouped(files):
    """Groups of (file, names), each without a name that two of its files have."""
    groups = []
    for file, names in files:
        for group in groups:
            if len(group["files"]) < GROUP_MAX and not names & group["names"]:
                break
        else:
            group = {"files": [], "names": set()}
            groups.append(group)
        group["files"].append(file)
        group["names"] |= names
    return [group["files"] for group in groups]


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
        by_target[target].append((name, own_names(file.read_text())))
        commands[target] = entry
    folder = build / "groups"
    folder.mkdir(exist_ok=True)
    made = []
    for target, files in sorted(by_target.items()):
        for number, group in enumerate(grouped(sorted(files))):
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
