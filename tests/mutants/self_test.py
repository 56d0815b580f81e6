#!/usr/bin/env python3
"""Of the planted faults' own machinery: what is found is said to be found, and what is not, is not."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import faults as listed
import hunt
import mutants
import weave

SOURCE = """#pragma once

constexpr int limit(int asked)
{
    if (asked < 0) return 0;
    return asked > 10 ? 10 : asked;
}

static_assert(limit(11) == 10);

inline int twice(int number)
{
    number *= 2;
    return number;
}
"""
TESTS = """#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#include "room/limit.hpp"

TEST_CASE("at most ten, [as they say], are taken", "[toy]")
{
    int asked = 12;
    CHECK(limit(asked) == 10);
    asked = 10;
    CHECK(limit(asked) == 10);
}

TEST_CASE("nothing is taken of what is below zero", "[toy]")
{
    const int asked = GENERATE(-1, -7);
    limit(asked);
}
"""
LIST = """# Of limit.hpp.

== room/limit.hpp

No more than ten are taken.
- asked > 10 ? 10 : asked
+ asked

Nothing below zero is taken.
- if (asked < 0) return 0;
+

Nothing below zero is taken, and that ends.
- if (asked < 0) return 0;
+ while (asked < 0) {}

A number is doubled.
@@ inline int twice(
- number *= 2;
+ number *= 3;
"""


class Planted(unittest.TestCase):
    """A header, its tests, and a list of four faults: compiled once."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.root = pathlib.Path(cls.folder.name)
        (cls.root / "room").mkdir()
        (cls.root / "room/limit.hpp").write_text(SOURCE)
        (cls.root / "toy.txt").write_text(LIST)
        cls.faults = listed.read(cls.root / "toy.txt")
        tree = cls.root / "tree"
        for source, text in weave.copies(cls.root, cls.faults).items():
            weave.write(tree / source, text)
        weave.write(tree / weave.SWITCH_HEADER, weave.SWITCH)
        weave.write(tree / "tests.cpp", TESTS)
        subprocess.run(["c++", "-std=c++20", "-O0", "-I", tree, "-o", cls.root / "tests", tree / "tests.cpp"],
                       check=True)
        cls.program = hunt.Program(cls.root / "tests")
        cls.program.explore()
        cls.said = []
        cls.alive, cls.found = mutants.judge(cls.faults, [cls.program], cls.said.append)

    def reached(self, index):
        return [test.name for test in self.program.reached[self.faults[index].number]]

    def test_a_fault_that_a_test_sees_is_found(self):
        self.assertNotIn(self.faults[0], self.alive)
        self.assertTrue(any(line.startswith("failed    toy.txt:5") for line in self.said), self.said)

    def test_a_fault_that_no_test_sees_survives(self):
        self.assertIn(self.faults[1], self.alive)
        self.assertTrue(any(line.startswith("survives  toy.txt:9") for line in self.said), self.said)

    def test_a_fault_that_no_test_comes_by_survives(self):
        self.assertEqual(self.reached(3), [])
        self.assertIn(self.faults[3], self.alive)

    def test_only_tests_that_come_by_are_run(self):
        self.assertEqual(self.reached(0), ["at most ten, [as they say], are taken"])
        self.assertEqual(self.reached(1), ["at most ten, [as they say], are taken",
                                           "nothing is taken of what is below zero"])

    def test_too_few_found_fail(self):
        self.assertFalse(mutants.verdict(self.faults, self.alive, self.found, lambda _: None))

    def test_what_survives_unexplained_fails_however_many_were_found(self):
        many = [self.faults[0]] * 99 + [self.faults[1]]
        self.assertFalse(mutants.verdict(many, [self.faults[1]], {}, lambda _: None))

    def test_what_survives_for_a_reason_passes(self):
        reasoned = listed.Fault("toy.txt:99", "room/limit.hpp", "None.", stands="a", instead="b", lives="it is a toy")
        self.assertTrue(mutants.verdict([self.faults[0]] * 99 + [reasoned], [reasoned], {}, lambda _: None))
        self.assertFalse(mutants.verdict([self.faults[0]] * 99 + [reasoned], [], {}, lambda _: None))


class List(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "room").mkdir()
        (self.root / "room/limit.hpp").write_text(SOURCE)

    def faults(self, text):
        path = self.root / "list.txt"
        path.write_text("== room/limit.hpp\n\n" + text)
        return listed.read(path)

    def woven(self, text):
        return weave.copies(self.root, self.faults(text))["room/limit.hpp"]

    def complaint(self, text):
        with self.assertRaises(listed.ListError) as caught:
            self.woven(text)
        return str(caught.exception)

    def test_what_stands_nowhere_fails(self):
        self.assertIn("list.txt:3: it stands 0 times", self.complaint("A.\n- asked > 11\n+ false\n"))

    def test_what_stands_twice_fails(self):
        self.assertIn("list.txt:3: it stands 4 times", self.complaint("A.\n- asked\n+ 7\n"))

    def test_all_that_does_not_fit_is_said_at_once(self):
        self.assertEqual(self.complaint("A.\n- one\n+ two\n\nB.\n- three\n+ four\n").count("stands 0 times"), 2)

    def test_a_name_within_a_longer_one_is_not_meant(self):
        self.assertIn("stands 0 times", self.complaint("A.\n- umber\n+ 7\n"))

    def test_a_source_that_is_not_there_fails(self):
        path = self.root / "list.txt"
        path.write_text("== room/none.hpp\n\nA.\n- one\n+ two\n")
        with self.assertRaisesRegex(listed.ListError, "there is no room/none.hpp"):
            weave.copies(self.root, listed.read(path))

    def test_line_breaks_are_as_good_as_spaces(self):
        self.assertIn("is_on(", self.woven("A.\n- asked > 10\n  ? 10\n  : asked\n+ asked\n"))

    def test_a_scope_ends_where_its_function_ends(self):
        self.assertIn("is_on(", self.woven("A.\n@@ inline int twice(\n- number\n  *= 2;\n+\n"))
        self.assertIn("stands 0 times", self.complaint("A.\n@@ constexpr int limit(\n- number *= 2;\n+\n"))

    def test_a_fault_may_lie_within_another(self):
        text = self.woven("A.\n- asked > 10 ? 10 : asked\n+ asked\n\nB.\n- asked > 10\n+ asked > 9\n")
        self.assertEqual(text.count("is_on("), 2)

    def test_a_fault_may_not_overlap_another(self):
        self.assertIn("overlaps", self.complaint("A.\n- asked > 10\n+ true\n\nB.\n- 10 ? 10 : asked\n+ 9\n"))

    def test_a_fault_has_a_sentence_and_another_text(self):
        for text in ("- asked > 10\n+ false\n", "A.\n+ false\n", "A.\n- asked > 10\n+ asked  >  10\n",
                     "A.\n+ false\n- asked > 10\n", "A.\n- asked > 10\n+\n"):
            with self.subTest(text), self.assertRaises(listed.ListError):
                self.faults(text)

    def test_statements_of_sql_are_switched_where_they_are_used(self):
        sql = self.root / "bot/store/sql"
        sql.mkdir(parents=True)
        (sql / "take.sql").write_text("SELECT 1 WHERE $1 > 2;\n")
        (self.root / "bot/store/reader.cpp").write_text("auto one = query(sql::take, sql::take_all);\n")
        path = self.root / "list.txt"
        path.write_text("== bot/store/sql/take.sql\n\nA.\n- $1 > 2\n+ $1 > 1\n")
        text = weave.copies(self.root, listed.read(path))["bot/store/reader.cpp"]
        self.assertIn('? R"sql(SELECT 1 WHERE $1 > 1;\n)sql" : sql::take), sql::take_all)', text)

    def test_what_is_not_changed_is_not_written_again(self):
        path = self.root / "copy"
        weave.write(path, "text")
        before = path.stat().st_mtime_ns
        weave.write(path, "text")
        self.assertEqual(path.stat().st_mtime_ns, before)

    def test_the_list_of_the_product_fits_its_sources(self):
        self.assertEqual(subprocess.run([sys.executable, "-B", pathlib.Path(mutants.__file__), "--check"],
                                        stdout=subprocess.DEVNULL, check=False).returncode, 0)


class Tree(unittest.TestCase):
    def test_a_source_that_is_gone_is_gone_from_the_copy(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name in ("handlers", "auth0", "bot", "deploy", "tests"):
                (root / name).mkdir()
            for name in ("CMakeLists.txt", "CMakePresets.json", "bot/a.cpp", "bot/b.cpp"):
                (root / name).write_text(name)
            weave.plant(root, root / "build/tree", [])
            (root / "bot/b.cpp").unlink()
            weave.plant(root, root / "build/tree", [])
            self.assertEqual([path.name for path in (root / "build/tree/bot").iterdir()], ["a.cpp"])
            self.assertTrue((root / "build/tree/tests").is_dir())
            shutil.rmtree(root / "build")


if __name__ == "__main__":
    unittest.main()
