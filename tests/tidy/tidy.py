#!/usr/bin/env python3
"""Reads every source of the repository and fails on what breaks a rule of the house: of one file (rules.py,
coroutines.py), of the tree as a whole (rooms.py, graph.py, map.py), of what comments cite (citations.py).

    tidy.py [ROOT]      prints FILE:LINE: what is wrong; exit status 1 when something is, 2 when it read nothing
"""

import pathlib
import sys

import citations
import graph
import map as map_of_rooms
import rules

SKIPPED_FOLDERS = {".git", "build", "node_modules", "__pycache__"}
TEXT = {".hpp", ".cpp", ".py", ".sh", ".mjs", ".js", ".json", ".sql", ".cmake", ".txt", ".md", ".toml", ".yaml", ".yml",
        ".conf", ".service", ".dot", ".svg", ""}


def files_of(root):
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if any(part in SKIPPED_FOLDERS or part.startswith("build-") for part in parts):
            continue
        if path.is_file() and not path.is_symlink():
            yield path


def texts_of(root, names):
    """({path: text}, the paths that are not UTF-8) of the files that have text in them."""
    texts, unreadable = {}, []
    for name in names:
        if pathlib.PurePath(name).suffix not in TEXT or name == ".git":  # a file in a linked work tree
            continue
        try:
            texts[name] = (root / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            if not name.startswith("tests/data/"):
                unreadable.append(name)
    return texts, unreadable


def findings_of(root):
    """How many files were read, and (path, line, message) of all that is wrong with them."""
    names = [path.relative_to(root).as_posix() for path in files_of(root)]
    texts, unreadable = texts_of(root, names)
    found = [(name, 1, "is not UTF-8") for name in unreadable]
    for name, text in texts.items():
        found += [(name, line, message) for line, message in rules.check(name, text)]
    found += graph.check(texts)
    found += citations.check(texts, names)
    found += map_of_rooms.check(texts)
    return len(texts) + len(unreadable), found


def main(arguments):
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parents[2]).resolve()
    read, found = findings_of(root)
    for path, line, message in found:
        print(f"{path}:{line}: {message}")
    print(f"{read} files read, {len(found)} findings")
    if read == 0:
        return 2
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
