"""Which tests come by which fault, and whether one of them fails when it is switched on."""

import collections
import concurrent.futures
import dataclasses
import os
import pathlib
import subprocess
import tempfile
import time

QUICK_S = 1.0  # what takes longer is run only when nothing quick fails


@dataclasses.dataclass
class Test:
    name: str
    seconds: float


class Program:
    """A Catch2 program whose faults are switched by the environment."""

    def __init__(self, path, jobs=1):
        self.path = pathlib.Path(path)
        self.jobs = jobs
        self.reached = collections.defaultdict(list)  # number of a fault: the tests that come by it
        self.sound = []

    def names(self, spec):
        told = subprocess.run([self.path, "--list-test-names-only", *spec], text=True, capture_output=True, check=False)
        return [line for line in told.stdout.splitlines() if line]

    def explore(self, spec=()):
        """Runs every test by itself, without a fault, and notes by which places it comes."""
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            for test, numbers, status in pool.map(self.explore_one, self.names(spec)):
                if status != 0:
                    raise RuntimeError(f"{self.path.name}: fails without a fault (status {status}): {test.name}")
                self.sound.append(test)
                for number in numbers:
                    self.reached[number].append(test)

    def explore_one(self, name):
        with tempfile.NamedTemporaryFile("r") as seen:
            begun = time.monotonic()
            status = self.run([name], 600, {"COUNTERSIGN_MUTANTS_SEEN": seen.name})
            return Test(name, time.monotonic() - begun), [int(line) for line in seen], status

    def catches(self, number):
        """How a test fails when this fault is on: 'failed' or 'hangs'; None when none does."""
        tests = self.reached.get(number, [])
        slow = sorted((test for test in tests if test.seconds > QUICK_S), key=lambda test: test.seconds)
        for group in [[test for test in tests if test.seconds <= QUICK_S], *([test] for test in slow)]:
            if not group:
                continue
            limit = 30 + 10 * sum(test.seconds for test in group)
            status = self.run([test.name for test in group], limit, {"COUNTERSIGN_MUTANT": str(number)})
            if status != 0:
                return "hangs" if status is None else "failed"
        return None

    def run(self, names, limit, environment):
        """The exit status; None when it did not end in time."""
        with tempfile.NamedTemporaryFile("w") as wanted:
            wanted.writelines(escaped(name) + "\n" for name in names)
            wanted.flush()
            try:
                return subprocess.run(
                    [self.path, "-a", "-f", wanted.name, "--warn", "NoTests"], timeout=limit, check=False,
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    env={**os.environ, **environment}).returncode
            except subprocess.TimeoutExpired:
                return None


def escaped(name):
    """As Catch2's patterns have it."""
    return "".join("\\" + c if c in '\\,"[]*' else c for c in name)
