#!/usr/bin/env python3
"""Plants the faults of tests/mutants/*.txt in a build of its own and runs the tests against each of them.

    tests/mutants/mutants.py             builds build/mutants, runs the unit tests against each fault, and the scenario
                                         tests against those that no unit test finds
    tests/mutants/mutants.py --check     only says whether each line of the list fits its source
    tests/mutants/mutants.py --unit      the unit tests alone
    tests/mutants/mutants.py --only TEXT    only faults whose source or sentence has this text

It needs the objects of tests that build/release has (unit_tests and scenario_tests built). Exit status 0 when at least
97 of 100 faults are found, and each that is not says why in the list.
"""

import argparse
import collections
import os
import pathlib
import subprocess
import sys

import faults as listed
import hunt
import weave

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOUND_MIN = 0.97


def build(root, jobs, targets):
    tree, objects = root / "build/mutants/tree", root / "build/mutants/objects"
    # Not optimized, as in the build with ASan; warnings are the other builds' business.
    subprocess.run(
        ["cmake", "-S", tree, "-B", objects, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DCMAKE_CXX_FLAGS=-O0 -w",
         "-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=lld", "-DBUILD_TESTING=ON", "-DCOUNTERSIGN_WERROR=OFF",
         "-DCOUNTERSIGN_GROUP_MAX=8",  # as build/release has them
         f"-DCOUNTERSIGN_TEST_OBJECTS={root / 'build/release'}"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", objects, "--parallel", str(jobs), "--target", *targets], check=True)
    return objects


def judge(faults, programs, say=print):
    """Runs the programs against each fault, one program after the other, and says what became of it."""
    alive = list(faults)
    found = collections.Counter()
    for program in programs:
        say(f"== {program.path.name}: {len(program.sound)} tests, {len(alive)} faults")
        still = []
        for fault in alive:
            reached = len(program.reached.get(fault.number, []))
            end = program.catches(fault.number)
            if end is None:
                still.append(fault)
                say(f"survives  {fault.place} ({reached} tests come by): {fault.untrue}")
            else:
                found[program.path.name] += 1
                say(f"{end:9} {fault.place} ({reached} tests come by)")
        alive = still
    return alive, found


def verdict(faults, alive, found, say=print):
    """True when enough was found and the rest is explained."""
    unexplained = [fault for fault in alive if not fault.lives]
    for fault in alive:
        say(f"not found: {fault.place}: {fault.file}: {fault.untrue}" + (f" ({fault.lives})" if fault.lives else ""))
    outdated = [fault for fault in faults if fault.lives and fault not in alive]
    for fault in outdated:
        say(f"found after all, so that its explanation has to go: {fault.place}")
    bad = len(unexplained) + len(outdated)
    say(f"# pass {len(faults) - bad}\n# fail {bad}")
    share = 1 - len(alive) / len(faults)
    say(f"{len(faults)} faults, {len(faults) - len(alive)} found ({share:.1%}): " +
        ", ".join(f"{count} by {name}" for name, count in found.items()))
    return share >= FOUND_MIN and not unexplained and not outdated


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--unit", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    try:
        faults = listed.read_all(ROOT / "tests/mutants")
        weave.copies(ROOT, faults)
        if options.check:
            print(f"{len(faults)} faults fit their sources")
            return 0
        weave.plant(ROOT, ROOT / "build/mutants/tree", faults)
    except listed.ListError as error:
        print(error, file=sys.stderr)
        return 1
    jobs = int(os.environ.get("COUNTERSIGN_JOBS", os.cpu_count() or 1))
    names = ["unit_tests"] if options.unit else ["unit_tests", "scenario_tests"]
    objects = build(ROOT, jobs, names)
    folders = {"unit_tests": "unit", "scenario_tests": "scenario"}
    chosen = [fault for fault in faults if options.only in fault.file + " " + fault.untrue]
    alive, found = chosen, collections.Counter()
    for name in names:
        if not alive:
            break
        program = hunt.Program(objects / "tests" / folders[name] / name, jobs)
        program.explore(["~[history]"] if name == "scenario_tests" else [])
        alive, more = judge(alive, [program])
        found += more
    return 0 if verdict(chosen, alive, found) else 1


if __name__ == "__main__":
    sys.exit(main())
