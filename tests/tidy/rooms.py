"""The rooms of the house, and which of them may include which. The only table of it: graph.py holds the code to it,
map.py draws it."""

# The ground floor, top to bottom: a room may include every room to its right, and none to its left.
HANDLERS = ("actions", "effects", "checks", "views", "rules", "passwords", "ports", "model", "slack", "core")

# The other rooms of the product, and what each may include beside itself. "bot" is bot/main.cpp.
ROWS = {
    "auth0": "handlers/ports handlers/model handlers/core",
    "bot": "bot/app bot/cli bot/runtime",
    "bot/cli": "bot/config bot/runtime auth0 handlers/passwords handlers/ports handlers/model handlers/core",
    "bot/app": "bot/config bot/slack bot/jobs bot/store bot/http bot/crypto bot/runtime auth0"
               " handlers/actions handlers/effects handlers/rules handlers/ports handlers/core",
    "bot/config": "bot/store bot/files bot/crypto bot/runtime"
                  " handlers/rules handlers/ports handlers/model handlers/core",
    "bot/slack": "bot/http bot/crypto bot/runtime handlers/actions handlers/ports handlers/model handlers/slack"
                 " handlers/core",
    "bot/jobs": "bot/runtime handlers/effects handlers/rules handlers/ports handlers/core",
    "bot/store": "bot/audit bot/files bot/crypto bot/runtime handlers/ports handlers/model handlers/core",
    "bot/http": "bot/runtime handlers/ports handlers/core",
    "bot/audit": "bot/crypto handlers/ports",
    "bot/files": "bot/runtime handlers/core",
    "bot/crypto": "handlers/ports handlers/core",
    "bot/runtime": "handlers/ports handlers/core",
}

FLOORS = ("handlers", "auth0", "bot")

# What lives in each room, in a few words: for the map.
WHAT = {
    "handlers/actions": "what people can do",
    "handlers/effects": "what jobs do",
    "handlers/checks": "questions to store, Slack, Auth0",
    "handlers/views": "cards, forms, words",
    "handlers/rules": "rights, limits, transitions",
    "handlers/passwords": "formats and policies",
    "handlers/ports": "what is needed from outside",
    "handlers/model": "plain data, how it is stored",
    "handlers/slack": "Slack's words, in and out",
    "handlers/core": "results, ids, secrets, time",
    "auth0": "Management API, tokens, log",
    "bot": "main.cpp",
    "bot/cli": "the command line",
    "bot/app": "puts it together, serves, ends",
    "bot/config": "countersign.toml, secrets",
    "bot/slack": "Slack's door and Web API",
    "bot/jobs": "leases, retries",
    "bot/store": "the SQLite ledger",
    "bot/http": "server, client, TLS",
    "bot/audit": "the hash chain",
    "bot/files": "who may read a file",
    "bot/crypto": "sealing, digests",
    "bot/runtime": "tasks, time, process, log",
}

# Of tests/, what each folder may include; the first entry that fits a path counts.
TESTS = (
    ("tests/standins/", ("tests/standins/",)),
    ("tests/demo/", ("tests/demo/", "tests/standins/")),
    ("tests/support/", ("tests/support/", "tests/standins/", "bot/", "auth0/", "handlers/")),
    ("tests/", ("tests/", "bot/", "auth0/", "handlers/")),
)

# What stands against these rules until it is mended. What is mended must leave the lists.
KNOWN_ARROWS = ()
KNOWN_UNUSED = ()  # headers
# Modules that include each other in a ring; a module is a .cpp with its .hpp.
KNOWN_CIRCLES = (
)


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
