#!/usr/bin/env python3
"""The map of the rooms, drawn from the includes: rooms.dot, and rooms.svg for the README.

    map.py            draws both anew (needs Graphviz: dot)
    map.py --check    says whether they are what the includes give; exit status 1 when not
"""

import hashlib
import pathlib
import subprocess
import sys

import graph
import rooms

DOT = "tests/tidy/rooms.dot"
SVG = "tests/tidy/rooms.svg"
AGAIN = "the map is not current: run tests/tidy/map.py"

HEAD = """digraph rooms {
  rankdir=TB; bgcolor=white; nodesep=0.25; ranksep=0.4; compound=true;
  node [shape=box, style="rounded,filled", fillcolor=white, color="#5b6b7b", fontname="Helvetica", fontsize=11,
        margin="0.12,0.06"];
  edge [color="#5b6b7b", arrowsize=0.6];
"""
FLOOR_COLOURS = {"bot": "#eef3f8", "auth0": "#fdf3e6", "handlers": "#eef6ee"}


def drawn(arrows):
    """The arrows without those that follow from two others."""
    reach = {}

    def below(room):
        if room not in reach:
            reach[room] = set()
            for start, end in arrows:
                if start == room:
                    reach[room] |= {end} | below(end)
        return reach[room]

    return sorted((start, end) for start, end in arrows
                  if not any(end in below(middle) for begin, middle in arrows if begin == start and middle != end))


def node(room):
    name = "main.cpp" if room == "bot" else room.rpartition("/")[2]
    what = "" if room == "bot" else f"<BR/><FONT POINT-SIZE=\"9\" COLOR=\"#5b6b7b\">{rooms.WHAT[room]}</FONT>"
    return f'    "{room}" [label=<<B>{name}</B>{what}>];'


def dot_of(tree):
    """The map as Graphviz reads it."""
    arrows = [arrow for arrow in tree.arrows() if set(arrow) <= set(rooms.ALLOWED)]
    text = [HEAD]
    for floor in ("bot", "auth0", "handlers"):
        text.append(f'  subgraph "cluster_{floor}" {{')
        text.append(f'    label="{floor}/"; labeljust=l; fontname="Helvetica-Bold"; color="{FLOOR_COLOURS[floor]}"; '
                    f'style=filled;')
        text += [node(room) for room in rooms.ALLOWED if room.partition("/")[0] == floor]
        text.append("  }")
    text += [f'  "{start}" -> "{end}";' for start, end in drawn(arrows)]
    return "\n".join(text + ["}", ""])


def mark(dot):
    """What ties the picture to what it was drawn from."""
    return f"<!-- drawn from rooms.dot {hashlib.sha256(dot.encode()).hexdigest()} -->"


def check(texts):
    """Whether the map that is kept is the one that the includes give, as findings."""
    tree = graph.Tree(texts)
    if not tree.arrows():
        return []
    dot = dot_of(tree)
    if texts.get(DOT) != dot or mark(dot) not in texts.get(SVG, ""):
        return [(DOT, 1, AGAIN)]
    return []


def texts_in(root):
    paths = [path for floor in rooms.FLOORS for path in (root / floor).rglob("*.[ch]pp")]
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    texts.update({name: (root / name).read_text(encoding="utf-8") for name in (DOT, SVG) if (root / name).exists()})
    return texts


def draw(root, dot):
    svg = subprocess.run(["dot", "-Tsvg"], input=dot, capture_output=True, text=True, check=True).stdout
    lines = [line.rstrip() for line in svg.replace("\t", " ").splitlines()]
    (root / DOT).write_text(dot, encoding="utf-8")
    (root / SVG).write_text("\n".join([*lines, mark(dot), ""]), encoding="utf-8")


def main(arguments):
    root = pathlib.Path(__file__).resolve().parents[2]
    texts = texts_in(root)
    if arguments == ["--check"]:
        found = check(texts)
        print(AGAIN if found else "the map is current")
        return 1 if found else 0
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    draw(root, dot_of(graph.Tree(texts)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
