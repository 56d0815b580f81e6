"""Copies of the sources that hold all faults at once, each behind a switch that is read when the program starts."""

import os
import pathlib
import re
import shutil

import faults as listed

SWITCH_HEADER = "handlers/core/mutant_switch.hpp"
SWITCH = """#pragma once

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <set>
#include <type_traits>

namespace countersign::mutants {

// The fault that is switched on: COUNTERSIGN_MUTANT.
inline int chosen()
{
    static const int number = [] {
        const char* given = std::getenv("COUNTERSIGN_MUTANT");
        return given == nullptr ? 0 : std::atoi(given);
    }();
    return number;
}

// Each fault whose place is come by, in the file COUNTERSIGN_MUTANTS_SEEN.
inline void note(int number)
{
    static std::mutex mutex;
    static std::set<int> noted;
    static std::FILE* const file = [] {
        const char* path = std::getenv("COUNTERSIGN_MUTANTS_SEEN");
        return path == nullptr ? nullptr : std::fopen(path, "a");
    }();
    if (file == nullptr) return;
    const std::lock_guard lock{mutex};
    if (!noted.insert(number).second) return;
    std::fprintf(file, "%d\\n", number);
    std::fflush(file);
}

// What is evaluated by the compiler stays as it is.
constexpr bool is_on(int number)
{
    if (std::is_constant_evaluated()) return false;
    note(number);
    return chosen() == number;
}

}  // namespace countersign::mutants
"""
COPIED = ["CMakeLists.txt", "CMakePresets.json", "handlers", "auth0", "bot", "deploy"]


def woven(text, faults):
    """The text with all faults in it."""
    spans = listed.spans_of(faults, text)

    def render(begin, end, inner):
        out = []
        at = begin
        while inner:
            span, rest = inner[0], inner[1:]
            inside = [each for each in rest if each.end <= span.end]
            inner = [each for each in rest if each.end > span.end]
            out += [text[at:span.begin], switched(span, render(span.begin, span.end, inside))]
            at = span.end
        return "".join(out + [text[at:end]])

    return render(0, len(text), spans)


def switched(span, original):
    choices = [(f"::countersign::mutants::is_on({fault.number})", fault.instead) for fault in span.faults]
    if span.faults[0].is_statement:
        chosen = " else ".join(f"if ({on}) {{ {instead} }}" for on, instead in choices)
        return f"{{ {chosen} else {{ {original} }} }}"
    return "(" + " : ".join(f"{on} ? ({instead})" for on, instead in choices) + f" : ({original}))"


def sql_faults(faults, root):
    """Faults in SQL as faults of the code that uses the statement: {source: [Fault]}, with the SQL's own number."""
    uses = {}
    for fault in faults:
        text = (root / fault.file).read_text()
        begin, end = listed.locate(fault, text)
        name = "sql::" + pathlib.Path(fault.file).stem
        statement = f'R"sql({text[:begin]}{fault.instead}{text[end:]})sql"'
        sources = [path for path in sorted((root / "bot/store").glob("*.cpp"))
                   if re.search(rf"(?<!\w){name}(?!\w)", path.read_text())]
        if not sources:
            raise listed.ListError(f"{fault.place}: nothing uses {name}")
        for path in sources:
            uses.setdefault(str(path.relative_to(root)), []).append((name, fault.number, statement))
    return uses


def with_sql(text, uses):
    for name in {name for name, _, _ in uses}:
        choices = "".join(f"::countersign::mutants::is_on({number}) ? {statement} : "
                          for used, number, statement in uses if used == name)
        text = re.sub(rf"(?<!\w){name}(?!\w)", lambda _: f"({choices}{name})", text)
    return text


def complain_of_misfits(root, faults):
    """All of them at once."""
    complaints = []
    for fault in faults:
        try:
            if not (root / fault.file).is_file():
                raise listed.ListError(f"{fault.place}: there is no {fault.file}")
            listed.locate(fault, (root / fault.file).read_text())
        except listed.ListError as error:
            complaints.append(str(error))
    if complaints:
        raise listed.ListError("\n".join(complaints))


def copies(root, faults):
    """{source: its text with the faults}, for the sources that have some."""
    complain_of_misfits(root, faults)
    in_code = {}
    for fault in faults:
        if not fault.file.endswith(".sql"):
            in_code.setdefault(fault.file, []).append(fault)
    in_sql = sql_faults([fault for fault in faults if fault.file.endswith(".sql")], root)
    out = {}
    for source in sorted(in_code.keys() | in_sql.keys()):
        text = with_sql(woven((root / source).read_text(), in_code.get(source, [])), in_sql.get(source, []))
        out[source] = with_switch(text)
    return out


def with_switch(text):
    include = f'#include "{SWITCH_HEADER}"\n'
    once = "#pragma once\n"
    if text.startswith(once):
        return once + include + "#line 2\n" + text[len(once):]
    return include + "#line 1\n" + text


def write(path, text):
    """Only what differs is written, so that only that is compiled."""
    if path.is_file() and path.read_text() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def plant(root, tree, faults):
    """Makes `tree` a copy of the product with the faults in it; the tests in it are those of `root`."""
    texts = copies(root, faults)
    texts[SWITCH_HEADER] = SWITCH
    kept = set()
    for name in COPIED:
        top = root / name
        paths = [top] if top.is_file() else [path for path in sorted(top.rglob("*")) if path.is_file()]
        for path in paths:
            relative = str(path.relative_to(root))
            kept.add(relative)
            if relative not in texts:
                copy(path, tree / relative)
    for relative, text in texts.items():
        kept.add(relative)
        write(tree / relative, text)
    for path in sorted(tree.rglob("*")):
        if not path.is_dir() and not path.is_symlink() and str(path.relative_to(tree)) not in kept:
            path.unlink()
    tests = tree / "tests"
    if not tests.is_symlink():
        tests.symlink_to(os.path.relpath(root / "tests", tree))


def copy(source, target):
    if target.is_file() and target.read_bytes() == source.read_bytes():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
