"""A comment cites only what a reader of the repository can open: a file that is there, a heading that it has."""

import re

from lexer import comments_of

ENDINGS = "md|hpp|cpp|py|sh|mjs|js|json|sql|toml|yaml|cmake|txt|conf|svg"
FILE = re.compile(rf"(?<![\w./@%<:*-])((?:[\w.-]+/)*[\w-][\w.-]*\.(?:{ENDINGS}))(?![\w/*-])")
# A folder, or a module: bot/runtime, handlers/effects/perform.
PLACE = re.compile(r"(?<![\w./<-])((?:handlers|auth0|bot|tests|deploy)/[\w/-]*\w)(?![\w*-]|\.\w)")
# Sections of documents that are nowhere: what a comment rests on stands in it, or under a heading of a file.
NOWHERE = re.compile(r"\b[Ss]ections? \d|§|\bthe (?:design|contract)(?:'s)? (?:says|states|document|page)\b"
                     r"|\bof the (?:design|contract)\b")
STANDARD = re.compile(r"\bRFC \d|\bWHATWG\b")
HEADED = re.compile(r'([\w./-]+\.md), "([^"]+)"')
MARKS = {".py": "#", ".sh": "#", ".cmake": "#", ".toml": "#", ".yaml": "#", ".conf": "#", ".txt": "#", "": "#",
         ".sql": "--", ".mjs": "//", ".js": "//"}
# Files that are made, or are their users' own.
ELSEWHERE = {"countersign.toml", "package.json", "vue.js", "vue.runtime.min.js"}
# Stands for any name: NAME.sql, NNNN_name.sql.
ANY = re.compile(r"\b(?:NAME|VERSION)\b|\bN+_")


def remarks_of(path, text):
    """(line, text) of what a file says to its reader."""
    if path.endswith((".hpp", ".cpp")):
        return list(comments_of(text))
    if path.endswith(".md"):
        return list(enumerate(text.split("\n"), start=1))
    name = path.rsplit("/", 1)[-1]
    mark = MARKS.get("." + name.rsplit(".", 1)[1] if "." in name else "")
    if mark is None:
        return []
    remark = re.compile(rf"(?:^|\s){re.escape(mark)} (.*)")
    lines = ((number, remark.search(line)) for number, line in enumerate(text.split("\n"), start=1))
    return [(number, match.group(1)) for number, match in lines if match]


class Shelf:
    """What the repository holds."""

    def __init__(self, texts, names):
        self.texts = texts
        self.names = set(names)
        self.places = {name.rsplit(".", 1)[0] for name in names}
        for name in names:
            parts = name.split("/")
            self.places |= {"/".join(parts[:at]) for at in range(1, len(parts))}
        self.bases = {name.rsplit("/", 1)[-1] for name in names}

    def has(self, path, cited):
        cited = cited.removeprefix("./")
        if cited in self.names or cited in ELSEWHERE or ANY.search(cited):
            return True
        folder = path
        while "/" in folder:
            folder = folder.rpartition("/")[0]
            if folder + "/" + cited in self.names:
                return True
        return "/" not in cited and cited in self.bases

    def headings(self, path, cited):
        for name in (cited, path.rpartition("/")[0] + "/" + cited):
            if name in self.texts:
                return re.findall(r"^#+ (.*)$", self.texts[name], re.MULTILINE)
        return []


def check(texts, names):
    """All citations that lead nowhere, as (path, line, message). `names` are all files, `texts` those with text."""
    shelf = Shelf(texts, names)
    for path, text in texts.items():
        if path.startswith("tests/data/") or path in ("LICENSE", "tests/tidy/self_test.py"):
            continue
        for line, remark in remarks_of(path, text):
            for cited in FILE.findall(re.sub(r"\w+://\S+", "", remark)):
                if not shelf.has(path, cited):
                    yield path, line, f"{cited} is not in the repository"
            for cited in PLACE.findall(re.sub(r"\w+://\S+", "", remark)):
                if cited not in shelf.places and cited not in shelf.names and not ANY.search(cited):
                    yield path, line, f"{cited} is not in the repository"
            for cited, heading in HEADED.findall(remark):
                if heading not in shelf.headings(path, cited):
                    yield path, line, f'{cited} has no heading "{heading}"'
            if not path.endswith(".md") and not STANDARD.search(remark):
                nowhere = NOWHERE.search(remark)
                if nowhere:
                    yield path, line, f'"{nowhere.group()}": say the fact, or the file and heading that hold it'
