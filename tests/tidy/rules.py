"""The rules of the house that a compiler does not know. Each takes a File and gives (line, message) pairs."""

import collections
import itertools
import re

import coroutines
import graph
from lexer import Source
from rooms import FLOORS

LINE_COLUMNS_MAX = 120
FILE_LINES_MAX = 400
TEST_LINES_MAX = 600  # a test mirrors a file of the tree, whose every refusal it lists
FUNCTION_LINES_MAX = 50
TEST_FUNCTION_LINES_MAX = 75

CODE = (".hpp", ".cpp", ".py", ".sh", ".mjs", "CMakeLists.txt", ".cmake", ".sql")

PRODUCT = tuple(floor + "/" for floor in FLOORS)
# What a header may not pull in, because every file that includes it then compiles for seconds (style: layout).
HEAVY_HEADERS = re.compile(r"<(boost/beast(\.hpp|/).*|boost/asio\.hpp|boost/json\.hpp|spdlog/.*)>")
# What the floors below bot/ may not know at all: sockets, threads, SQL.
MACHINE_HEADERS = re.compile(
    r"<(boost/beast.*|boost/asio/(ip|ssl|ts)/.*|boost/asio/(ssl|thread_pool|io_context)\.hpp|soci/.*|"
    r"sqlite3\.h|thread|mutex|shared_mutex|condition_variable|future|fstream|iostream|sys/.*|unistd\.h)>")


class File:
    def __init__(self, path, text):
        self.path = path  # from the root, with /
        self.text = text
        self.lines = text.split("\n")
        self._source = None

    @property
    def is_cpp(self):
        return self.path.endswith((".hpp", ".cpp"))

    @property
    def is_header(self):
        return self.path.endswith(".hpp")

    @property
    def is_data(self):
        return self.path.startswith("tests/data/")

    @property
    def source(self):
        if self._source is None:
            self._source = Source(self.text)
        return self._source

    def within(self, folders):
        return self.path.startswith(tuple(folders))


class Word:
    """A sequence of words that is banned in some folders. `allowed` maps a path or folder to the reason."""

    def __init__(self, words, message, folders=FLOORS, allowed=None):
        self.words = words.split()
        self.message = message
        self.folders = tuple(folder + "/" for folder in folders)
        self.allowed = allowed or {}

    def lines(self, file):
        if not file.within(self.folders) or file.within(self.allowed):
            return
        tokens = file.source.tokens
        for at in range(len(tokens) - len(self.words) + 1):
            if all(tokens[at + i].text == word for i, word in enumerate(self.words)):
                if at and tokens[at - 1].text in (".", "->") and len(self.words) == 1:
                    continue  # a member of that name is something else
                yield tokens[at].line


EVERYWHERE = FLOORS + ("tests",)
BELOW_BOT = ("handlers", "auth0")
CLOCK_READERS = {
    "bot/runtime/": "holds the machine's clock",
    "bot/http/": "measures deadlines of connections",
}
OUTPUT = FLOORS + ("tests/unit", "tests/scenario", "tests/support")
TERMINAL = {"bot/cli/": "is what speaks to the terminal"}

WORDS = (
    Word("detached", "nobody owns a detached task: spawn it in a TaskGroup", EVERYWHERE,
         {"bot/runtime/task_group": "starts what it then waits for"}),
    Word("getenv", "only the configuration reads the environment", EVERYWHERE,
         {"bot/config/process_environment.cpp": "is where the configuration reads it",
          "bot/http/tls.cpp": "asks what OpenSSL itself is told by it",
          "tests/": "tests may be told where to look"}),
    Word("secure_getenv", "only the configuration reads the environment", EVERYWHERE),
    Word("std :: cout", "write to the log, or speak in bot/cli", OUTPUT, TERMINAL),
    Word("std :: cerr", "write to the log, or speak in bot/cli", OUTPUT, TERMINAL),
    Word("std :: clog", "write to the log", OUTPUT),
    Word("printf", "write to the log, or speak in bot/cli", OUTPUT, TERMINAL),
    Word("puts", "write to the log, or speak in bot/cli", OUTPUT, TERMINAL),
    Word("rand", "use the Random port", EVERYWHERE),
    Word("srand", "use the Random port", EVERYWHERE),
    Word("random_device", "use the Random port", FLOORS, {"bot/runtime/": "holds the machine's randomness"}),
    Word("mt19937", "is predictable: use the Random port", FLOORS),
    Word("system_clock :: now", "use the Clock port", FLOORS,
         {"bot/runtime/system_time.cpp": "holds the machine's clock",
          "bot/http/session.cpp": "dates its answers"}),
    Word("steady_clock :: now", "use the Clock port", FLOORS, CLOCK_READERS),
    Word("high_resolution_clock", "use the Clock port", EVERYWHERE),
    Word("std :: thread", "no threads below bot/", BELOW_BOT),
    Word("std :: jthread", "no threads below bot/", BELOW_BOT),
    Word("std :: mutex", "no locks below bot/", BELOW_BOT),
    Word("std :: atomic", "no shared state below bot/", BELOW_BOT),
    Word("this_thread", "never block a thread: wait on a timer", FLOORS + ("tests/unit", "tests/scenario")),
    Word("Result < bool >", "in Boost 1.81 a copy of it says has_value(): use an enum", EVERYWHERE),
    Word("Outcome < bool >", "in Boost 1.81 a copy of it says has_value(): use an enum", EVERYWHERE),
    Word("strcpy", "is unbounded", EVERYWHERE),
    Word("sprintf", "is unbounded", EVERYWHERE),
    Word("std :: system", "starts a shell", EVERYWHERE),
    Word("popen", "starts a shell", FLOORS),
)


def includes(file):
    if not file.is_cpp:
        return
    for line, header, target in graph.includes_of(file.text):
        if target is not None:
            if ".." in target.split("/") or not re.match(r"(handlers|auth0|bot|tests)/", target):
                yield line, f'"{target}": name the file from the root of the repository'
            else:
                fault = graph.wall(file.path, target)
                if fault:
                    yield line, fault
        if file.within(("handlers/", "auth0/")) and MACHINE_HEADERS.match(header):
            yield line, f"{header} belongs to bot/: sockets, threads and SQL stop there"
        if file.is_header and file.within(PRODUCT) and HEAVY_HEADERS.match(header):
            yield line, f"a header does not include {header}: forward-declare, or include it in the .cpp"


def words(file):
    if not file.is_cpp:
        return
    for word in WORDS:
        for line in word.lines(file):
            yield line, f"{''.join(word.words)}: {word.message}"


def parser_reads(file):
    """async_read(stream, buffer, parser.get()) compiles and ignores the parser's limits (measured with Boost 1.81)."""
    if not file.is_cpp:
        return
    source = file.source
    for at, token in enumerate(source.tokens):
        if token.kind != "word" or not re.fullmatch(r"(async_)?read(_some|_header)?", token.text):
            continue
        if not source.is_mark(at + 1, "("):
            continue
        inside = [source.text(i) for i in range(at + 2, source.partner.get(at + 1, at + 2))]
        for i in range(len(inside) - 3):
            if inside[i].endswith("parser") or inside[i].endswith("parser_"):
                if inside[i + 1 : i + 4] in ([".", "get", "("], ["->", "get", "("]):
                    yield token.line, "read with the parser itself: parser.get() ignores body_limit"


def names_taken_for_nothing(file):
    """clang-tidy sees this in the file that is compiled alone, which is a group of others: see clang_groups.py."""
    if not file.is_cpp or file.is_header:
        return
    tokens = [token for token in file.source.tokens if token.kind in ("word", "mark")]
    often = collections.Counter(token.text for token in tokens if token.kind == "word")
    for at, token in enumerate(tokens):
        is_using = token.text == "using" and tokens[at + 1].text not in ("namespace", "enum")
        is_alias = token.text == "namespace" and tokens[at + 2].text == "="
        if not is_using and not is_alias:
            continue
        said = [each.text for each in itertools.takewhile(lambda each: each.text != ";", tokens[at:])]
        if is_using and "=" in said:  # a type of its own
            continue
        name = said[1] if is_alias else said[-1]
        if often[name] == said.count(name):
            yield token.line, f"{name} is taken in and not used"


# Coroutines that may take views: who awaits them owns the bytes until they end.
VIEWS_OUTLIVE = {"bot/http/connection": "its reads and writes are awaited where the buffers live"}


def coroutine_forms(file):
    if not file.is_cpp:
        return
    for line, message in coroutines.check(file.source):
        if not (message.startswith(coroutines.VIEW) and file.within(VIEWS_OUTLIVE)):
            yield line, message


def shape(file):
    if file.is_data:
        return
    for number, line in enumerate(file.lines, start=1):
        if line != line.rstrip():
            yield number, "white space at the end of the line"
        if "\t" in line and not file.path.endswith(("Makefile", ".tsv")):
            yield number, "a tab: indent with spaces"
        # What a test expects word for word is not broken in two.
        is_quoted = file.path.startswith("tests/") and (file.is_cpp or file.path.endswith(".mjs")) and '"' in line
        if len(line) > LINE_COLUMNS_MAX and file.path.endswith(CODE) and not is_quoted:
            yield number, f"{len(line)} columns: at most {LINE_COLUMNS_MAX}"
    if file.text and not file.text.endswith("\n"):
        yield len(file.lines), "no newline at the end of the file"
    lines_max = TEST_LINES_MAX if file.path.endswith("_test.cpp") else FILE_LINES_MAX
    if file.is_cpp and len(file.lines) - 1 > lines_max:
        yield lines_max, f"{len(file.lines) - 1} lines: a file is one idea, at most {lines_max} lines"
    if file.is_header and not any(d.text.split() == ["#pragma", "once"] for d in file.source.directives):
        yield 1, "a header begins with #pragma once"


def long_functions(file):
    if not file.is_cpp:
        return
    source = file.source
    lines_max = FUNCTION_LINES_MAX if file.within(PRODUCT) else TEST_FUNCTION_LINES_MAX
    for brace, kind in source.brace.items():
        if kind != "block" or brace not in source.partner or is_inside_block(source, brace):
            continue
        lines = source.tokens[source.partner[brace]].line - source.tokens[brace].line + 1
        if lines > lines_max:
            yield source.tokens[brace].line, f"a function of {lines} lines: at most {lines_max}"


def is_inside_block(source, brace):
    at = source.parent[brace]
    while at is not None:
        if source.brace.get(at) == "block":
            return True
        at = source.parent[at]
    return False


UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
MACHINE_PATHS = re.compile(r"(?<![\w.)}-])/(?:" + "|".join(("work/", "tmp/" + "wt-", r"home/\w+/", "root/")) + ")")


def leftovers(file):
    if file.is_data:
        return
    for number, line in enumerate(file.lines, start=1):
        if UNFINISHED.search(line):
            yield number, "unfinished: finish it, or open an issue"
        if MACHINE_PATHS.search(line):
            yield number, "a path of one machine"
        if line.startswith(("<" * 7 + " ", ">" * 7 + " ")):
            yield number, "a conflict that was not resolved"


RULES = (includes, words, parser_reads, names_taken_for_nothing, coroutine_forms, shape, long_functions, leftovers)


def check(path, text):
    """All findings of one file, as (line, message), in the order of its lines."""
    file = File(path, text)
    return sorted({finding for rule in RULES for finding in rule(file)})
