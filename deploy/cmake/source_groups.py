#!/usr/bin/env python3
"""Groups the sources of a target so that what they include is read once a group, instead of once a file.

    source_groups.py ROOT FOLDER MAX SOURCE...    writes the groups into FOLDER, prints them, and what stays alone

Most of the time of compiling goes into headers. A group is a source that includes up to MAX others. Two files of which
one has a name of its own (in an unnamed namespace) that the other has, too, or that a header of the other declares, are
never in one group, nor two that open other namespaces; a file with a macro of its own stays alone. A group that has not
changed is not written again.
"""

import collections
import functools
import pathlib
import re
import sys
import types

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


def names_in(text):
    """What a text declares, outside of braces."""
    inside = outermost(text)
    names = set(re.findall(r"\b(?:struct|class|enum class|using)\s+(\w+)", inside))
    names.update(word for word in re.findall(r"\b(\w+)\s*\(", inside) if word not in WORDS_BEFORE_A_CALL)
    names.update(re.findall(r"\b(\w+)(?:\[[^\]]*\])?\s*(?:=|\{\})", inside))
    return names


def blocks(opening, text):
    """What stands in the blocks that begin like this."""
    for found in re.finditer(opening, text):
        start = found.end() - 1
        yield text[start + 1:end_of_block(text, start) - 1]


def own_names(text):
    """(namespace, name) of what a source declares for itself alone."""
    text = plain(text)
    around = re.search(r"\bnamespace\s+([\w:]+)\s*\{", text)
    around = around.group(1) if around else ""
    return {(around, name) for block in blocks(r"\bnamespace\s*\{", text) for name in names_in(block)}


INCLUDES = re.compile(r'^#include "([^"]+\.hpp)"', re.M)


@functools.cache
def declared_by(header, root):
    """What a header of the house declares; of a test's header also what its own headers do."""
    if not header.is_file():
        return frozenset()
    text = header.read_text()
    names = {name for block in blocks(r"\bnamespace\s+[\w:]+\s*\{", plain(text)) for name in names_in(block)}
    for name in INCLUDES.findall(text):
        if name.startswith("tests/"):
            names |= declared_by(root / name, root)
    return frozenset(names)


def taken_names(text, root):
    """The names that the headers of the house declare which a source includes."""
    return {name for header in INCLUDES.findall(text) for name in declared_by(root / header, root)}


def read(file, root):
    """What grouped() asks of a file: its own names, and those it takes."""
    text = file.read_text()
    return own_names(text), taken_names(text, root)


def grouped(files, most):
    """Groups of (file, (own names, taken names)): in none has a file a name of its own that another has, or takes."""
    groups = []
    for file, (own, taken) in files:
        bare = {name for _, name in own}
        for group in groups:
            apart = not own & group.own and not bare & group.taken and not taken & {name for _, name in group.own}
            if len(group.files) < most and apart:
                break
        else:
            group = types.SimpleNamespace(files=[], own=set(), taken=set())
            groups.append(group)
        group.files.append(file)
        group.own |= own
        group.taken |= taken
    return [group.files for group in groups]


def write(file, text):
    if not file.exists() or file.read_text() != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def main(arguments):
    root, folder, most = pathlib.Path(arguments[0]), pathlib.Path(arguments[1]), int(arguments[2])
    by_place = collections.defaultdict(list)
    alone = []
    for name in sorted(arguments[3:]):
        source = pathlib.Path(name)
        text = source.read_text()
        if re.search(r"^\s*#\s*define\b", text, re.M):
            alone.append(name)
        else:
            opened = tuple(sorted(re.findall(r"^using namespace ([\w:]+);", text, re.M)))
            by_place[source.parent, opened].append((name, read(source, root)))
    made = []
    rest = collections.defaultdict(list)
    numbers = collections.Counter()

    def make(place, group):
        file = folder / f"{place}_{numbers[place]}.cpp"
        numbers[place] += 1
        write(file, "".join(f'#include "{name}"\n' for name in group))
        made.append(str(file))

    # Each folder by itself: a new file changes the groups of its own folder, and those of what is left over.
    for (place, opened), files in sorted(by_place.items()):
        names = dict(files)
        for group in grouped(files, most):
            if len(group) > most // 3:
                make(f"{place.parent.name}_{place.name}", group)
            else:
                rest[opened] += [(name, names[name]) for name in group]
    for _, files in sorted(rest.items()):
        for group in grouped(files, most):
            if len(group) == 1:
                alone += group
            else:
                make("rest", group)
    for file in set(folder.glob("*.cpp")) - {pathlib.Path(file) for file in made}:
        file.unlink()
    print("\n".join(made + alone))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
