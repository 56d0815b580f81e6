#!/usr/bin/env python3
"""tests/run.sh with the commands that it calls replaced: what it counts, says and exits with."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOTHING = "#!/bin/sh\nexit 0\n"
FAILS = "#!/bin/sh\nexit 3\n"
TWO_OF_THREE = "#!/bin/sh\necho '67% tests passed, 1 tests failed out of 3'\nexit 8\n"
ALL_THREE = "#!/bin/sh\necho \"ctest $*\" >>\"$TOLD\"\necho '100% tests passed, 0 tests failed out of 3'\n"
CMAKE = "#!/bin/sh\necho \"cmake $*\" >>\"$TOLD\"\n"
PEERS = "#!/bin/sh\necho '# pass 5'\necho '# fail 0'\n"
PEERS_WITHOUT_ONE = PEERS + "echo 'skipped: no client'\nexit 77\n"


class Runner(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.repository = pathlib.Path(folder.name) / "a folder"
        self.commands = pathlib.Path(folder.name) / "commands"
        for name in ("handlers", "auth0", "bot", "tests/tidy"):
            (self.repository / name).mkdir(parents=True)
        self.put(self.repository / "bot" / "a.cpp", "")
        shutil.copy(ROOT / "tests" / "run.sh", self.repository / "tests" / "run.sh")
        for script in ("tests/tidy/self_test.py", "tests/tidy/scripts_test.py", "tests/tidy/runner_test.py",
                       "tests/tidy/tidy.py", "tests/tidy/clang_groups.py", "tests/mutants/mutants.py"):
            self.put(self.repository / script, "")
        for script in ("deploy/run.sh", "deploy/install-packages.sh", "tests/browser/run.sh", ".ci/run"):
            self.put(self.repository / script, NOTHING)
        self.put(self.repository / "tests/integration/peers/run.sh", PEERS)
        for name in ("clang-format-14", "clang-tidy-19", "shellcheck"):
            self.put(self.commands / name, NOTHING)
        self.put(self.commands / "cmake", CMAKE)
        self.put(self.commands / "ctest", ALL_THREE)

    @staticmethod
    def put(path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def run_tests(self, *arguments):
        told = self.repository / "told"
        told.write_text("")
        result = subprocess.run(
            [self.repository / "tests" / "run.sh", *arguments], text=True, capture_output=True, check=False,
            stdin=subprocess.DEVNULL, timeout=60,
            env={**os.environ, "PATH": f"{self.commands}:{os.environ['PATH']}", "TOLD": str(told)})
        result.told = told.read_text()
        result.last = result.stdout.rstrip("\n").rpartition("\n")[2]
        return result

    def test_tests_are_counted_where_a_step_has_tests_and_steps_where_not(self):
        result = self.run_tests("--quick")
        self.assertEqual((result.returncode, result.last), (0, "5 passed, 0 failed, 0 skipped"))  # packages, build, 3

    def test_a_failed_test_fails_the_run(self):
        self.put(self.commands / "ctest", TWO_OF_THREE)
        result = self.run_tests("--quick", "--no-install")
        self.assertEqual((result.returncode, result.last), (1, "3 passed, 1 failed, 0 skipped"))
        self.assertIn("FAILED", result.stdout)

    def test_a_step_that_fails_without_a_word_fails_the_run(self):
        self.put(self.commands / "ctest", FAILS)
        result = self.run_tests("--quick", "--no-install")
        self.assertEqual((result.returncode, result.last), (1, "1 passed, 1 failed, 0 skipped"))

    def test_after_a_failed_build_its_tests_are_not_run_and_the_run_fails(self):
        self.put(self.commands / "cmake", FAILS)
        result = self.run_tests("--quick", "--no-install")
        self.assertEqual((result.returncode, result.last, result.told), (1, "0 passed, 1 failed, 0 skipped", ""))
        self.assertIn("not run  release: tests, because the build failed", result.stdout)

    def test_what_finds_something_beside_fails_the_run(self):
        self.put(self.commands / "clang-tidy-19", FAILS)
        result = self.run_tests("--full", "--no-install")
        self.assertEqual(result.returncode, 1)
        self.assertIn("clang-tidy FAILED", result.stdout)

    def test_what_a_failed_test_said_is_shown_however_much_came_after_it(self):
        self.put(self.repository / "tests/browser/run.sh", """#!/bin/sh
echo "not ok 1 - the page can be read"; echo "  ---"; echo "  error: 'too wide'"; echo "  ..."
for i in $(seq 500); do echo "ok $i"; done
echo "# pass 500"; echo "# fail 1"; exit 1
""")
        result = self.run_tests("--full", "--no-install")
        self.assertIn("not ok 1 - the page can be read\n  ---\n  error: 'too wide'\n", result.stdout)

    def test_what_could_not_run_here_is_counted_as_skipped(self):
        whole = self.run_tests("--full", "--no-install")
        self.put(self.repository / "tests/integration/peers/run.sh", PEERS_WITHOUT_ONE)
        result = self.run_tests("--full", "--no-install")
        self.assertEqual((whole.returncode, result.returncode), (0, 0))
        self.assertTrue(whole.last.endswith(" 0 failed, 0 skipped"), whole.last)
        self.assertTrue(result.last.endswith(" 0 failed, 1 skipped"), result.last)
        self.assertIn("skipped: no client", result.stdout)

    def test_every_group_of_product_files_is_given_to_clang_tidy(self):
        self.put(self.repository / "tests/tidy/clang_groups.py", "print('groups/a.cpp\\ngroups/b.cpp')\n")
        self.put(self.commands / "clang-tidy-19", "#!/bin/sh\necho \"$*\" >>\"$TOLD\"\n")
        told = self.run_tests("--full", "--no-install").told
        for name in ("groups/a.cpp", "groups/b.cpp"):
            self.assertIn(f"-p build/bare/groups --quiet {name}\n", told)

    def test_every_day_two_builds_are_made_and_in_full_three(self):
        everyday = self.run_tests("--no-install").told
        full = self.run_tests("--full", "--no-install").told
        for preset, every_day in (("release", True), ("asan", True), ("clang", False)):
            self.assertEqual(f"cmake --build --preset {preset} " in everyday, every_day)
            self.assertEqual(f"ctest --preset {preset} " in everyday, every_day)
            self.assertIn(f"cmake --build --preset {preset} ", full)
            self.assertIn(f"ctest --preset {preset} ", full)

    def test_what_runs_on_one_thread_is_left_out_of_the_build_that_looks_for_races(self):
        told = self.run_tests("--full", "--no-install").told.splitlines()
        without = [line.partition("--preset ")[2].split()[0] for line in told
                   if line.startswith("ctest ") and "--exclude-regex ^(scenario|unit)" in line]
        self.assertEqual(without, ["clang"])
        [clang] = [line for line in told if line.startswith("cmake --build --preset clang ")]
        self.assertIn(" thread_tests ", clang)
        for name in ("unit_tests", "scenario_tests"):
            self.assertNotIn(name, clang)

    def test_an_unknown_word_runs_nothing(self):
        result = self.run_tests("--fast")
        self.assertEqual((result.returncode, result.told), (64, ""))
        self.assertIn("--nightly", self.run_tests("--help").stdout)


if __name__ == "__main__":
    unittest.main()
