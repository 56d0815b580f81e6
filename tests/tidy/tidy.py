#!/usr/bin/env python3
"""Reads every source of the repository and fails on what breaks a rule of the house: see rules.py, coroutines.py.

    tidy.py [ROOT]      prints FILE:LINE: what is wrong; exit status 1 when something is, 2 when it read nothing
"""

import pathlib
import sys

import rules

SKIPPED_FOLDERS = {".git", "build", "node_modules", "__pycache__"}
TEXT = {".hpp", ".cpp", ".py", ".sh", ".mjs", ".js", ".json", ".sql", ".cmake", ".txt", ".md", ".toml", ".yaml", ".yml",
        ".conf", ".service", ""}


def files_of(root):
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if any(part in SKIPPED_FOLDERS or part.startswith("build-") for part in parts):
            continue
        if path.is_file() and not path.is_symlink() and path.suffix in TEXT:
            yield path


def main(arguments):
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parents[2]).resolve()
    read = wrong = 0
    for path in files_of(root):
        name = path.relative_to(root).as_posix()
        if name == ".git":  # of a linked work tree
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            if name.startswith("tests/data/"):
                continue
            text = ""
            print(f"{name}:1: is not UTF-8")
            wrong += 1
        read += 1
        for line, message in rules.check(name, text):
            print(f"{name}:{line}: {message}")
            wrong += 1
    print(f"{read} files read, {wrong} findings")
    if read == 0:
        return 2
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
