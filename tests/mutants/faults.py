"""The list of planted faults: how it is read, and where in the sources each one stands."""

import dataclasses
import hashlib
import re

SQL_FOLDER = "bot/store/sql/"


class ListError(Exception):
    """A line of the list that cannot be read, or that does not fit its source any more."""


@dataclasses.dataclass
class Fault:
    place: str  # FILE:LINE of the list
    file: str  # the source, from the repository's root
    untrue: str  # the sentence that this fault makes untrue
    scope: str = ""  # looked for from this text on, to the end of what begins there
    stands: str = ""
    instead: str = ""
    lives: str = ""  # why no test finds it; empty: one has to

    @property
    def number(self):
        """Depends on nothing but the fault, so that a new one leaves the others' objects as they were built."""
        text = "\0".join([self.file, flat(self.scope), flat(self.stands), flat(self.instead)])
        return int(hashlib.sha256(text.encode()).hexdigest()[:7], 16) + 1

    @property
    def is_statement(self):
        """Else an expression: what stands is written as one or the other, never as a part of it."""
        stands = self.stands.strip()
        return stands.endswith(";") or re.match(r"(if|for|while|switch|\{)\b|\{", stands) is not None


@dataclasses.dataclass
class Span:
    begin: int
    end: int
    faults: list


def flat(text):
    return " ".join(text.split())


def read(path):
    """The faults of one file of the list."""
    faults = []
    source = None
    block = []
    lines = path.read_text().splitlines()
    for number, line in enumerate(lines + [""], 1):
        if line.startswith("#"):
            continue
        if line.startswith("== "):
            source = line[3:].strip()
        elif line.strip():
            block.append((number, line))
        elif block:
            faults.append(fault_of(path, source, block))
            block = []
    return faults


def fault_of(path, source, block):
    fault = Fault(f"{path.name}:{block[0][0]}", source, "")
    parts = {"": [], "@@": [], "-": [], "+": [], "!": []}
    order = list(parts)
    at = 0
    for number, line in block:
        if line[0] == " ":
            parts[order[at]].append(line)
            continue
        mark = next((each for each in order[1:] if line == each or line.startswith(each + " ")), "")
        if order.index(mark) < at:
            raise ListError(f"{path.name}:{number}: the order is: sentence, @@, -, +, !")
        at = order.index(mark)
        parts[mark].append(line[len(mark):].strip() if mark in ("", "!") else line[len(mark) + 1:])
    if source is None or not parts[""] or not parts["-"]:
        raise ListError(f"{fault.place}: a fault has a source (== FILE), a sentence, and what stands (-)")
    fault.untrue = " ".join(parts[""])
    fault.scope, fault.stands, fault.instead = ("\n".join(parts[mark]).strip() for mark in ("@@", "-", "+"))
    fault.lives = " ".join(parts["!"])
    if flat(fault.stands) == flat(fault.instead):
        raise ListError(f"{fault.place}: what stands instead is the same")
    if "co_await" in fault.stands + fault.instead and not fault.is_statement:
        raise ListError(f"{fault.place}: co_await only in whole statements")
    if not fault.instead and not fault.is_statement and not source.endswith(".sql"):
        raise ListError(f"{fault.place}: nothing can stand only instead of a statement")
    return fault


def read_all(folder):
    faults = [fault for path in sorted(folder.glob("*.txt")) for fault in read(path)]
    seen = {}
    for fault in faults:
        if fault.number in seen:
            raise ListError(f"{fault.place}: the same fault as {seen[fault.number].place}")
        seen[fault.number] = fault
    return faults


def as_pattern(text):
    """Words and signs as they are, whatever white space is between them: a new line break changes no fault."""
    return r"\s+".join(re.escape(word) for word in text.split())


def as_word(text):
    """As a pattern that does not begin or end within a longer name."""
    pattern = as_pattern(text)
    if re.match(r"\w", text):
        pattern = r"(?<!\w)" + pattern
    if re.search(r"\w$", text):
        pattern += r"(?!\w)"
    return pattern


def locate(fault, text):
    """Where in the text of its source a fault stands, as (begin, end)."""
    begin, end = 0, len(text)
    if fault.scope:
        begin = only_match(fault, as_pattern(fault.scope), text, 0, end, "its scope").start()
        closing = re.compile(r"^[})]", re.MULTILINE).search(text, begin)
        end = closing.end() if closing else end
    return only_match(fault, as_word(fault.stands), text, begin, end, "it").span()


def only_match(fault, pattern, text, begin, end, what):
    matches = list(re.compile(pattern).finditer(text, begin, end))
    if len(matches) != 1:
        raise ListError(f"{fault.place}: {what} stands {len(matches)} times in {fault.file}, not once")
    return matches[0]


def spans_of(faults, text):
    """Where the faults of one source stand: those that stand at the same place share a span."""
    spans = {}
    for fault in faults:
        begin, end = locate(fault, text)
        spans.setdefault((begin, end), Span(begin, end, [])).faults.append(fault)
    ordered = sorted(spans.values(), key=lambda span: (span.begin, -span.end))
    for index, span in enumerate(ordered):
        if len({fault.is_statement for fault in span.faults}) > 1:
            raise ListError(f"{span.faults[0].place}: taken for a statement by one fault, for an expression by another")
        for other in ordered[index + 1:]:
            if span.begin < other.begin < span.end < other.end:
                raise ListError(f"{other.faults[0].place}: overlaps {span.faults[0].place} without lying within it")
    return ordered
