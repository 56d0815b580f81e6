"""The rooms of the house, and which of them may include which. The only table of it: graph.py holds the code to it, map.py
draws it."""

# The ground floor, top to bottom: a room may include every room to its right, and none to its left.
HANDLERS = ("actions", "effects", "checks", "views", "rules", "passwords", "ports", "model", "slack", "core")

# The other rooms of the product, and what each may include beside itself. "bot" is bot/main.cpp.
ROWS = {
    "auth0": "handlers/ports handlers/model handlers/core",
    "bot": "bot/app bot/cli bot/config bot/runtime",
    "bot/cli": "bot/config bot/files bot/runtime auth0 handlers/passwords handlers/ports handlers/model handlers/core",
    "bot/app": "bot/config bot/slack bot/jobs bot/store bot/http bot/crypto bot/runtime auth0"
               " handlers/actions handlers/effects handlers/rules handlers/ports handlers/model handlers/core",
    "bot/config": "bot/store bot/files bot/crypto bot/runtime handlers/rules handlers/ports handlers/model handlers/core",
    "bot/slack": "bot/http bot/crypto bot/runtime handlers/actions handlers/ports handlers/model handlers/slack"
                 " handlers/core",
    "bot/jobs": "bot/runtime handlers/effects handlers/rules handlers/ports handlers/model handlers/core",
    "bot/store": "bot/audit bot/files bot/crypto bot/runtime handlers/ports handlers/model handlers/core",
    "bot/http": "bot/runtime handlers/ports handlers/core",
    "bot/audit": "bot/crypto handlers/ports handlers/model",
    "bot/files": "bot/runtime handlers/core",
    "bot/crypto": "handlers/ports handlers/core",
    "bot/runtime": "handlers/ports handlers/core",
}

FLOORS = ("handlers", "auth0", "bot")

# Of tests/, what each folder may include; the first entry that fits a path counts.
TESTS = (
    ("tests/standins/", ("tests/standins/",)),
    ("tests/demo/", ("tests/demo/", "tests/standins/")),
    ("tests/support/", ("tests/support/", "tests/standins/", "bot/", "auth0/", "handlers/")),
    ("tests/", ("tests/", "bot/", "auth0/", "handlers/")),
)

# Files that include each other in a ring, until they are mended. A module is a .cpp with its .hpp.
KNOWN_CIRCLES = ()


def room_of(path):
    """The room of a product file: handlers/rules, auth0, bot/http, bot; None for any other."""
    parts = path.split("/")
    if parts[0] not in FLOORS:
        return None
    return parts[0] if parts[0] == "auth0" or len(parts) == 2 else "/".join(parts[:2])


def allowed():
    """Each room of the product, with the set of rooms that it may include."""
    arrows = {}
    for at, name in enumerate(HANDLERS):
        arrows["handlers/" + name] = {"handlers/" + below for below in HANDLERS[at + 1 :]}
    for room, row in ROWS.items():
        arrows[room] = set(row.split())
    return arrows


ALLOWED = allowed()
