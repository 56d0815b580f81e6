#!/usr/bin/env python3
"""deploy/run.sh and deploy/install-packages.sh with the commands that they call replaced by ones that only tell."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# "Builds" a program that prints its name and its arguments, where the real one would be.
CMAKE = """#!/bin/sh
echo "cmake $*" >>"$TOLD"
case "$*" in *--target*) ;; *) exit 0 ;; esac
for program in bot/countersign tests/demo/countersign-demo; do
    mkdir -p "$2/$(dirname $program)"
    printf '#!/bin/sh\\necho "$(basename "$0")" "$@"\\n' >"$2/$program"
    chmod +x "$2/$program"
done
"""
TELLS = '#!/bin/sh\necho "$(basename "$0") $*" >>"$TOLD"\n'
DPKG = """#!/bin/sh
case "$INSTALLED" in *" ${3} "*) echo installed ;; *) exit 1 ;; esac
"""


class Scripts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.base = pathlib.Path(folder.name)
        self.repository = self.base / "a folder" / "countersign"
        shutil.copytree(ROOT / "deploy", self.repository / "deploy")
        self.elsewhere = self.base / "else where"
        self.elsewhere.mkdir()
        self.commands = self.base / "commands"
        self.commands.mkdir()
        self.command("cmake", CMAKE)

    def command(self, name, text):
        path = self.commands / name
        path.write_text(text)
        path.chmod(0o755)

    def run_script(self, name, *arguments, **environment):
        told = self.base / "told"
        told.write_text("")
        result = subprocess.run(
            [self.repository / "deploy" / name, *arguments], cwd=self.elsewhere, text=True, capture_output=True,
            stdin=subprocess.DEVNULL, check=False,
            env={**os.environ, "PATH": f"{self.commands}:{os.environ['PATH']}", "TOLD": str(told), **environment})
        result.told = told.read_text()
        return result

    def test_without_a_configuration_the_demo_runs(self):
        result = self.run_script("run.sh", "--no-install")
        self.assertEqual((result.returncode, result.stdout), (0, "countersign-demo\n"))
        self.assertIn("-DCOUNTERSIGN_DEMO=ON", result.told)
        self.assertIn("--target countersign-demo", result.told)

    def test_once_implies_the_demo_even_beside_a_configuration(self):
        (self.elsewhere / "countersign.toml").write_text("")
        result = self.run_script("run.sh", "--no-install", "--once")
        self.assertEqual(result.stdout, "countersign-demo --once\n")

    def test_a_configuration_in_the_current_folder_is_used(self):
        (self.elsewhere / "countersign.toml").write_text("")
        result = self.run_script("run.sh", "--no-install")
        self.assertEqual(result.stdout, f"countersign serve --config {self.elsewhere}/countersign.toml\n")
        self.assertIn("-DCOUNTERSIGN_DEMO=OFF", result.told)

    def test_a_configuration_in_the_repository_is_used_from_anywhere(self):
        (self.repository / "countersign.toml").write_text("")
        result = self.run_script("run.sh", "--no-install")
        self.assertEqual(result.stdout, f"countersign serve --config {self.repository}/countersign.toml\n")

    def test_a_named_configuration_is_relative_to_the_current_folder(self):
        (self.elsewhere / "my own.toml").write_text("")
        for arguments in (["--config", "my own.toml"], ["--config=my own.toml"]):
            result = self.run_script("run.sh", "--no-install", *arguments)
            self.assertEqual(result.stdout, "countersign serve --config my own.toml\n")

    def test_what_is_not_understood_builds_nothing(self):
        for arguments, status in ((["--bogus"], 64), (["--config"], 64), (["--config", "none.toml"], 66),
                                  (["--demo", "--config", "none.toml"], 64)):
            with self.subTest(arguments):
                result = self.run_script("run.sh", *arguments)
                self.assertEqual((result.returncode, result.told), (status, ""))
        self.assertIn("--once", self.run_script("run.sh", "--help").stdout)

    def test_a_failed_build_starts_nothing(self):
        self.command("cmake", "#!/bin/sh\nexit 3\n")
        result = self.run_script("run.sh", "--no-install")
        self.assertEqual((result.returncode, result.stdout), (3, ""))

    def packages(self, *groups, installed="", sudo=TELLS, user="1000"):
        self.command("dpkg-query", DPKG)
        self.command("apt-get", TELLS)
        self.command("id", f"#!/bin/sh\necho {user}\n")
        self.command("sudo", sudo)
        return self.run_script("install-packages.sh", *groups, INSTALLED=f" {installed} ")

    def test_what_is_there_is_not_installed_again(self):
        listed = (self.repository / "deploy" / "packages.txt").read_text()
        names = [line.split()[0].split(":")[0] for line in listed.splitlines() if line and line[0] not in "#["]
        result = self.packages("build", "test", "run", installed=" ".join(names))
        self.assertEqual((result.returncode, result.told), (0, ""))

    def test_only_what_is_missing_is_installed_by_root_without_questions(self):
        (self.repository / "deploy" / "packages.txt").write_text(
            "[build]\nhere # a\ngone # b\n[test]\nother # c\nshell:sh # not needed: there is a sh\n")
        result = self.packages("build", "test", installed="here other", user="0")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.told, "apt-get -q -y update\napt-get -q -y install --no-install-recommends gone\n")

    def test_without_the_right_to_install_it_says_what_to_run(self):
        result = self.packages("build", sudo="#!/bin/sh\nexit 1\n")
        self.assertEqual((result.returncode, result.told), (1, ""))
        self.assertIn("apt-get install --no-install-recommends g++ cmake", result.stderr)

    def test_others_use_sudo_that_asks_nothing(self):
        result = self.packages("run")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get -q -y install", result.told)

    def test_a_group_that_is_not_there_is_refused(self):
        self.assertEqual(self.packages("bild").returncode, 64)
        self.assertEqual(self.packages().returncode, 64)


if __name__ == "__main__":
    unittest.main()
