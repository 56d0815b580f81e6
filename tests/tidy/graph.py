"""Who includes whom: the walls between the rooms, circles of modules, files that nobody needs."""

import re
from collections import defaultdict

import rooms

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*("([^"\n]*)"|<[^>\n]*>)', re.MULTILINE)


def includes_of(text):
    """(line, "name" or <name>, the name in quotes or None) of each include of a C++ file."""
    line = at = 0
    for match in INCLUDE.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        yield line + 1, match.group(1), match.group(2)


def wall(path, target):
    """What is wrong with `path` including `target`, both from the root; None where nothing is."""
    room, other = rooms.room_of(path), rooms.room_of(target)
    if room is not None:
        if other is None:
            return f'"{target}": the product includes nothing but itself'
        if room not in rooms.ALLOWED:
            return f"{room} has no row in tests/tidy/rooms.py"
        if other != room and other not in rooms.ALLOWED[room] and (room, other) not in rooms.KNOWN_ARROWS:
            return f'{room} may not include "{target}": tests/tidy/rooms.py has no such arrow'
        return None
    for folder, targets in rooms.TESTS:
        if path.startswith(folder):
            return None if target.startswith(targets) else f'{folder} may not include "{target}"'
    return None


class Tree:
    """The C++ files of the repository, by their paths from the root."""

    def __init__(self, texts):
        self.texts = {path: text for path, text in texts.items() if path.endswith((".hpp", ".cpp"))}
        self.lists = {path: text for path, text in texts.items() if path.endswith(("CMakeLists.txt", ".cmake"))}
        self.includes = {path: [(line, name) for line, _, name in includes_of(text) if name]
                         for path, text in self.texts.items()}

    def product(self):
        return (path for path in self.texts if rooms.room_of(path))

    def arrows(self):
        """{(room, other room): how many includes} of the product."""
        arrows = defaultdict(int)
        for path in self.product():
            for _, target in self.includes[path]:
                room, other = rooms.room_of(path), rooms.room_of(target)
                if other is not None and other != room:
                    arrows[room, other] += 1
        return dict(sorted(arrows.items()))

    def circles(self):
        """The circles of modules: sorted tuples of names without ending."""
        graph = defaultdict(set)
        for path, includes in self.includes.items():
            module = module_of(path)
            graph[module] |= {module_of(target) for _, target in includes if target in self.texts} - {module}
        return sorted(tuple(sorted(knot)) for knot in knots(graph) if len(knot) > 1)


def module_of(path):
    return path.rsplit(".", 1)[0]


def knots(graph):
    """Tarjan's strongly connected components, without recursion."""
    index, low, on_stack, stack, found = {}, {}, set(), [], []
    for root in sorted(graph):
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(sorted(graph[root])))]
        while work:
            node, following = work[-1]
            for other in following:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(sorted(graph.get(other, ())))))
                    break
                if other in on_stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    found.append(stack[at:])
                    on_stack.difference_update(stack[at:])
                    del stack[at:]
    return found


def check(texts):
    """All findings about the tree as a whole, as (path, line, message)."""
    tree = Tree(texts)
    yield from circles(tree)
    yield from unused_headers(tree)
    yield from unlisted_sources(tree)
    if "bot/main.cpp" in tree.texts:
        for mended in mended_of(tree):
            yield "tests/tidy/rooms.py", 1, f"{mended} is mended: take it out"


def circles(tree):
    for circle in tree.circles():
        if not any(set(circle) <= set(known) for known in rooms.KNOWN_CIRCLES):
            yield circle[0], 1, "modules in a circle: " + ", ".join(circle)


def mended_of(tree):
    """What rooms.py knows to be wrong, and is not any more."""
    arrows, circles_now = tree.arrows(), tree.circles()
    yield from (" -> ".join(arrow) for arrow in rooms.KNOWN_ARROWS if arrow not in arrows)
    yield from (", ".join(known) for known in rooms.KNOWN_CIRCLES
                if not any(set(circle) <= set(known) for circle in circles_now))
    used = users_of(tree)
    yield from (path for path in rooms.KNOWN_UNUSED if path not in tree.texts or is_used(used, path))


def users_of(tree):
    used = defaultdict(set)
    for path, includes in tree.includes.items():
        for _, target in includes:
            used[target].add(path)
    return used


def is_used(used, path):
    """Whether a file of the product includes it that is not its own source."""
    return any(rooms.room_of(other) and module_of(other) != module_of(path) for other in used[path])


def unused_headers(tree):
    used = users_of(tree)
    for path in sorted(tree.product()):
        if path.endswith(".hpp") and not is_used(used, path) and path not in rooms.KNOWN_UNUSED:
            yield path, 1, "no other file of the product includes it"


def unlisted_sources(tree):
    listed = set()
    for path, text in tree.lists.items():
        folder = path.rpartition("/")[0]
        for name in re.findall(r"[\w./-]+\.cpp\b", re.sub(r"#.*", "", text)):
            listed.add(normal(folder + "/" + name if folder else name))
    if not listed:
        return
    for path in sorted(tree.texts):
        if path.endswith(".cpp") and path not in listed:
            yield path, 1, "no CMakeLists.txt compiles it"


def normal(path):
    parts = []
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)
