#!/usr/bin/env python3
"""Each rule catches a bad sample and lets good ones pass."""

import contextlib
import io
import pathlib
import sys
import tempfile
import unittest

import citations
import coroutines
import graph
import lexer
import map as map_of_rooms
import rooms
import rules
import tidy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "deploy/cmake"))
import source_groups  # noqa: E402

def messages(path, text):
    return [message for _, message in rules.check(path, text if text.endswith("\n") else text + "\n")]


class Coroutines(unittest.TestCase):
    # Bodies of coroutines. The first group is what g++ 12.2 was measured to miscompile, or not to compile.
    BAD = {
        "a capturing lambda in the statement": "co_await co_spawn(ex, [p]() -> awaitable<void> { co_return; }, use);",
        "a callback that captures": "co_await with([p] { return p.s.size(); });",
        "a callback that captures all": "co_await with([&] { return p.s.size(); });",
        "an aggregate temporary": "co_await f(Args{big(), Probe{big()}});",
        "designated initializers": "co_await f({.a = big(), .p = Probe{big()}});",
        "a list for a vector": "auto n = co_await f({big(), big()});",
        "a list for a map": 'auto n = co_await f({{"a", big()}, {"b", big()}});',
        "a list of results": "std::vector<std::string> v{co_await s(), co_await s()};",
        "an aggregate of results": "Pair p{co_await s(), co_await s()};",
        "a returned aggregate of results": "co_return R{co_await s(), co_await s()};",
        "a ternary": "std::string r = b ? co_await s(big()) : big();",
        "a ternary's other side": "std::string r = b ? big() : co_await s(big());",
        "a ternary in the operand": "auto r = co_await s(b ? big() : small());",
        "a ternary of returns": "co_return b ? co_await s() : big();",
        "a condition": "if (co_await s(big())) work();",
        "a condition with and": "if (co_await s(big()) && co_await s(big())) work();",
        "a comparison in a condition": "if (limit < co_await s(big())) work();",
        "a second part of if": "if (auto a = f(); co_await s(a)) work();",
        "a loop's condition": "while (co_await s(big())) work();",
        "a switch": "switch (co_await s(big())) { case 1: break; }",
        "a member's aggregate": "auto n = co_await r.insert(Event{.id = big(), .user = big()});",
        "a unique pointer in an aggregate": "co_await f(A{std::make_unique<Probe>(big()), 1});",
        "an await in the arguments": "co_await co_spawn(co_await asio::this_coro::executor, work(), use);",
        "an await in a constructor": "asio::steady_timer timer(co_await asio::this_coro::executor, limit);",
        "an await in a call": "v.push_back(co_await s(big()));",
        "a range-for": "for (auto& p : co_await f()) use(p);",
        "a sum": "auto n = 1 + co_await f();",
        "a sum on the other side": "auto n = co_await f() + 1;",
        "a negation": "auto n = !co_await f();",
        "a short circuit": "auto n = co_await f() && ready;",
        "a dereference": "auto n = *co_await f();",
        "an assignment to a member": "state.value = co_await f();",
        "an assignment to an element": "values[i] = co_await f();",
        "an index": "auto n = values[co_await f()];",
        "a cast": "auto n = static_cast<int>(co_await f());",
        "a coroutine lambda that captures": "auto work = [p]() -> awaitable<void> { co_await hop(); };",
        "a coroutine lambda that captures this": "auto work = [this]() -> awaitable<void> { co_return; };",
    }
    GOOD = {
        "the initializer of a local": "const auto total = co_await count(user);",
        "a typed local": "std::string r = co_await s(std::move(x));",
        "a reference": "const auto& r = co_await s(std::move(x));",
        "a structured binding": "auto [ec, n] = co_await timer.async_wait(asio::as_tuple(use));",
        "an if with an initializer": "if (const auto n = co_await f(u); n && *n > 100) co_return x;",
        "an if that declares": "if (const auto n = co_await f(u)) co_return x;",
        "a statement": "co_await group.join();",
        "a statement under if": "if (a < b && c) co_await group.join();",
        "a statement under else": "if (a) b(); else co_await group.join();",
        "a statement under while": "while (a) co_await group.join();",
        "a statement in a case": "switch (a) { case A::b: co_await group.join(); break; default: co_await f(); }",
        "the operand of co_return": "co_return co_await count(std::move(user));",
        "a plain assignment": "next = co_await serve_one(std::move(job));",
        "a moved aggregate": "Args args{.a = big()}; co_await f(std::move(args));",
        "a logical argument": "co_await f(a && b, c || d);",
        "a duration": "co_await with_timeout(std::chrono::seconds{5}, work());",
        "an id": 'const auto m = co_await api.open_dm(SlackUserId{"U1"});',
        "a lambda without captures": "co_await with([](int x) { return x ? 1 : 2; });",
        "a lambda that is no coroutine": "auto by = [&](int x) { return y[x]; }; co_await f(by);",
        "a coroutine lambda without captures": "auto work = [](Probe p) -> awaitable<void> { co_await hop(); };",
        "a ternary elsewhere": "const int x = a ? 1 : 2; co_await f(x);",
        "an await after a block": "{ work(); } co_await f();",
        "an await in a loop": "for (const auto& a : list) { co_await f(a.b); }",
        "a comment and a string": 'log("if (co_await x)"); // if (co_await x)',
        "a returned aggregate": "co_await hop(); co_return R{big(), Probe{big()}};",
        "an await after try": "try { co_await f(); } catch (const std::exception& e) { g(e); }",
    }

    def body(self, text):
        return coroutines.check_text("awaitable<void> t(Probe p)\n{\n    " + text + "\n}\n")

    def test_forms_that_are_miscompiled_are_found(self):
        for name, text in self.BAD.items():
            with self.subTest(name):
                self.assertNotEqual(self.body(text), [], text)

    def test_safe_forms_pass(self):
        for name, text in self.GOOD.items():
            with self.subTest(name):
                self.assertEqual(self.body(text), [], text)

    def test_the_line_is_that_of_the_await(self):
        self.assertEqual([line for line, _ in self.body("a();\n\n    if (co_await f()) b();")], [5])

    def test_parameters_of_coroutines(self):
        for bad in ("std::string_view x", "const std::string& x", "Job&& job", "int a, std::span<char> b",
                    "const std::vector<int>& x = {}"):
            with self.subTest(bad):
                self.assertNotEqual(coroutines.check_text(f"awaitable<Result<int>> C::f({bad}) {{ co_return 1; }}"), [])
        for good in ("", "std::string x", "Services& services", "const Services& services", "std::vector<int> x"):
            with self.subTest(good):
                self.assertEqual(coroutines.check_text(f"awaitable<Result<int>> f({good});"), [])


class Arrows(unittest.TestCase):
    BAD = {
        "handlers/core/a.cpp": '#include "bot/http/server.hpp"',
        "handlers/core/b.cpp": '#include "handlers/ports/http_client.hpp"',
        "handlers/core/c.hpp": "#include <boost/asio/ip/tcp.hpp>",
        "handlers/core/d.cpp": "#include <thread>",
        "auth0/a.cpp": '#include "bot/config/config.hpp"',
        "auth0/b.cpp": "#include <boost/beast/http.hpp>",
        "handlers/rules/a.cpp": '#include "handlers/views/words.hpp"',
        "handlers/model/a.hpp": '#include "handlers/ports/store.hpp"',
        "handlers/attic/a.cpp": '#include "handlers/core/secret.hpp"',
        "bot/http/a.cpp": '#include "bot/slack/ingress.hpp"',
        "bot/store/a.cpp": '#include "auth0/config.hpp"',
        "tests/standins/a.cpp": '#include "handlers/core/secret.hpp"',
        "tests/demo/a.cpp": '#include "bot/http/server.hpp"',
        "tests/support/a.cpp": '#include "tests/scenario/world.hpp"',
        "bot/a.cpp": '#include "tests/support/x.hpp"',
        "bot/b.cpp": '#include "config.hpp"',
        "bot/c.cpp": '#include "../auth0/config.hpp"',
        "bot/d.hpp": "#include <boost/beast/core.hpp>",
        "bot/e.hpp": "#include <boost/asio.hpp>",
        "bot/f.hpp": "# include <spdlog/spdlog.h>",
        "handlers/g.hpp": "#include <boost/json.hpp>",
    }
    GOOD = {
        "bot/app/a.cpp": '#include "handlers/core/secret.hpp"\n#include "auth0/x.hpp"\n#include <boost/asio.hpp>',
        "auth0/a.cpp": '#include "handlers/core/secret.hpp"\n#include "auth0/b.hpp"',
        "bot/main.cpp": '#include "bot/cli/command_line.hpp"',
        "handlers/rules/b.cpp": '#include "handlers/model/state.hpp"',
        "bot/cli/password_check/a.cpp": '#include "bot/cli/csv.hpp"',
        "tests/demo/a.cpp": '#include "tests/standins/http.hpp"',
        "handlers/a.hpp": "#pragma once\n#include <boost/asio/awaitable.hpp>\n#include <boost/json/fwd.hpp>",
        "tests/standins/a.cpp": '#include "tests/standins/http.hpp"',
        "tests/unit/a.cpp": '#include "bot/http/server.hpp"\n#include "tests/support/x.hpp"',
        "handlers/b.cpp": '// #include "bot/http/server.hpp"',
    }

    def test_arrows_go_one_way(self):
        for path, text in self.BAD.items():
            with self.subTest(path):
                self.assertEqual(len(messages(path, "#pragma once\n" + text)), 1)
        for path, text in self.GOOD.items():
            with self.subTest(path):
                self.assertEqual(messages(path, text), [])


def tree(**files):
    """A tree of C++ files: a_b_c_hpp="x/y.hpp z/w.hpp" is a file a/b/c.hpp that includes these."""
    texts = {}
    for name, targets in files.items():
        parts = name.split("_")
        path = "/".join(parts[:-1]) + "." + parts[-1]
        texts[path] = "".join(f'#include "{target}"\n' for target in targets.split())
    return texts


def found(checked):
    return sorted((path, message.split(":")[0]) for path, _, message in checked)


class Trees(unittest.TestCase):
    def test_a_circle_of_modules_is_found_with_its_names(self):
        texts = tree(bot_http_a_hpp="bot/http/b.hpp", bot_http_b_cpp="bot/http/b.hpp bot/http/c.hpp", bot_http_b_hpp="",
                     bot_http_c_hpp="bot/http/a.hpp", bot_http_d_cpp="bot/http/a.hpp")
        self.assertEqual(graph.Tree(texts).circles(), [("bot/http/a", "bot/http/b", "bot/http/c")])
        self.assertIn(("bot/http/a", "modules in a circle"), found(graph.check(texts)))

    def test_a_cpp_and_its_hpp_are_one_module_and_no_circle(self):
        texts = tree(bot_http_a_hpp="bot/http/b.hpp", bot_http_a_cpp="bot/http/a.hpp bot/http/b.hpp", bot_http_b_hpp="")
        self.assertEqual(graph.Tree(texts).circles(), [])

    def test_a_header_that_only_its_own_source_and_tests_include_is_found(self):
        texts = tree(bot_http_a_hpp="", bot_http_a_cpp="bot/http/a.hpp", tests_unit_a_cpp="bot/http/a.hpp",
                     bot_http_b_hpp="", bot_app_b_cpp="bot/http/b.hpp")
        self.assertEqual(found(graph.check(texts)), [("bot/http/a.hpp", "no other file of the product includes it")])

    def test_a_source_that_no_list_names_is_found(self):
        texts = tree(bot_http_a_cpp="", bot_http_b_cpp="", tests_support_c_cpp="")
        texts["bot/CMakeLists.txt"] = "add_library(bot http/a.cpp)  # http/b.cpp"
        texts["tests/unit/CMakeLists.txt"] = "add_executable(unit ../support/c.cpp)"
        self.assertEqual(found(graph.check(texts)), [("bot/http/b.cpp", "no CMakeLists.txt compiles it")])

    def test_a_fault_that_is_known_and_mended_has_to_leave_the_list(self):
        mended = found(graph.check(tree(bot_main_cpp="")))
        self.assertEqual(len(mended), len(rooms.KNOWN_ARROWS) + len(rooms.KNOWN_CIRCLES) + len(rooms.KNOWN_UNUSED))
        self.assertEqual({path for path, _ in mended} | {"tests/tidy/rooms.py"}, {"tests/tidy/rooms.py"})

    def test_the_ground_floor_is_a_total_order(self):
        for at, name in enumerate(rooms.HANDLERS):
            for other in rooms.HANDLERS[:at]:
                self.assertNotIn("handlers/" + other, rooms.ALLOWED["handlers/" + name])

    def test_the_table_itself_has_no_circle(self):
        self.assertEqual([knot for knot in graph.knots(rooms.ALLOWED) if len(knot) > 1], [])

    def test_every_room_has_a_few_words_for_the_map(self):
        self.assertEqual(set(rooms.WHAT), set(rooms.ALLOWED))


class Map(unittest.TestCase):
    TEXTS = tree(handlers_rules_a_cpp="handlers/model/b.hpp handlers/core/c.hpp",
                 handlers_model_b_hpp="handlers/core/c.hpp")

    def test_the_map_shows_each_arrow_that_does_not_follow_from_others(self):
        dot = map_of_rooms.dot_of(graph.Tree(self.TEXTS))
        self.assertIn('"handlers/rules" -> "handlers/model";', dot)
        self.assertIn('"handlers/model" -> "handlers/core";', dot)
        self.assertNotIn('"handlers/rules" -> "handlers/core";', dot)

    def test_a_map_of_other_arrows_or_a_picture_of_another_map_is_not_current(self):
        dot = map_of_rooms.dot_of(graph.Tree(self.TEXTS))
        current = {map_of_rooms.DOT: dot, map_of_rooms.SVG: "<svg/>" + map_of_rooms.mark(dot)}
        self.assertEqual(map_of_rooms.check({**self.TEXTS, **current}), [])
        for stale in ({map_of_rooms.DOT: dot + " "}, {map_of_rooms.SVG: "<svg/>" + map_of_rooms.mark(dot + " ")}):
            self.assertEqual(len(map_of_rooms.check({**self.TEXTS, **current, **stale})), 1)
        self.assertEqual(len(map_of_rooms.check(self.TEXTS)), 1)


class Citations(unittest.TestCase):
    TEXTS = {"auth0/CONTRACT.md": "# Facts\n\n## Limits\n", "auth0/a.hpp": "", "bot/http/b.cpp": "",
             "tests/unit/c_test.cpp": ""}

    def cited(self, path, text):
        texts = {**self.TEXTS, path: text}
        return [message for _, _, message in citations.check(texts, list(texts))]

    def test_what_is_not_in_the_repository_is_not_cited(self):
        bad = {
            "a document": ("auth0/x.hpp", "// as contra" + "ct/auth0.md says\n"),
            "a file that moved": ("bot/x.cpp", "int x;  // see bot/b.cpp\n"),
            "a folder that is gone": ("README.md", "files in `handlers/decisi" + "ons`\n"),
            "a name that is nowhere": ("bot/x.cpp", "/* steps" + ".hpp */\n"),
            "a section": ("bot/x.cpp", "// the rule (section 4.1)\n"),
            "a script's comment": ("deploy/x.sh", "# see deploy/y" + ".sh\n"),
            "a page": ("README.md", "look at `handlers/router" + ".cpp`\n"),
            "a heading": ("bot/x.cpp", '// auth0/CONTRACT.md, "Lim' + 'bs"\n'),
        }
        for name, (path, text) in bad.items():
            with self.subTest(name):
                self.assertEqual(len(self.cited(path, text)), 1)

    def test_what_a_reader_can_open_is(self):
        good = {
            "a file": ("bot/x.cpp", "// as bot/http/b.cpp does\n"),
            "a folder": ("README.md", "files in `bot/http`, as bot/http/b.\n"),
            "a file beside it": ("auth0/x.cpp", "// a.hpp has it\n"),
            "a heading": ("bot/x.cpp", '// auth0/CONTRACT.md, "Limits"\n'),
            "a standard": ("bot/x.cpp", "// RFC 9112 sections 3.2 and 6\n"),
            "an address": ("README.md", "https://example.com/a/b.html and https://example.com/x.md\n"),
            "a string": ("bot/x.cpp", 'auto x = "nowhere/x.md";\n'),
            "a pattern": ("README.md", "tests/unit/*.cpp\n"),
        }
        for name, (path, text) in good.items():
            with self.subTest(name):
                self.assertEqual(self.cited(path, text), [])


class Words(unittest.TestCase):
    def test_banned_words_are_found_where_they_are_banned(self):
        bad = {
            "bot/a.cpp": ["asio::detached", 'std::getenv("X")', "std::cout << 1", 'std::printf("x")', "rand()",
                          "std::random_device d", "std::chrono::system_clock::now()", "steady_clock::now()",
                          "std::this_thread::sleep_for(1s)", "Result<bool> f()", 'std::system("ls")'],
            "handlers/a.cpp": ["std::mutex m", "std::thread t", "std::cerr << 1", "std::atomic<int> a"],
            "tests/unit/a.cpp": ["asio::detached", "std::cout << 1", "std::this_thread::sleep_for(1s)"],
            "tests/standins/a.cpp": ["asio::detached"],
        }
        for path, samples in bad.items():
            for sample in samples:
                with self.subTest(path + ": " + sample):
                    self.assertEqual(len(messages(path, f"auto x = {sample};")), 1)

    def test_they_pass_where_they_are_allowed_and_where_they_mean_something_else(self):
        good = {
            "bot/config/process_environment.cpp": 'auto x = std::getenv("X");',
            "bot/cli/a.cpp": "auto& x = std::cout;",
            "bot/runtime/system_time.cpp": "auto x = std::chrono::system_clock::now();",
            "bot/http/a.cpp": "auto x = std::chrono::steady_clock::now();",
            "bot/a.cpp": 'auto x = "std::cout"; auto y = spring.rand(); std::mutex m; // detached',
            "tests/support/a.cpp": "auto x = std::chrono::steady_clock::now();",
            "handlers/a.cpp": "boost::system::result<int> x; std::snprintf(b, 2, f);",
        }
        for path, text in good.items():
            with self.subTest(path):
                self.assertEqual(messages(path, text), [])

    def test_names_that_are_taken_in_have_to_be_used(self):
        for taken in ("using std::vector;", "namespace asio = boost::asio;", "using boost::asio::ip::tcp;"):
            with self.subTest(taken):
                self.assertEqual(len(messages("bot/a.cpp", taken)), 1)
        for used in ("using std::vector;\nvector<int> x;", "namespace asio = boost::asio;\nasio::x y;",
                     "using Row = int;", "using namespace std;", "using enum State;"):
            with self.subTest(used):
                self.assertEqual(messages("bot/a.cpp", used), [])

    def test_every_exception_says_why(self):
        for word in rules.WORDS:
            for path, reason in word.allowed.items():
                self.assertGreater(len(reason), 10, path)

    def test_reads_that_ignore_the_parsers_limits(self):
        text = "void f() { http::async_read(stream, buffer, parser{}, token); }"
        for bad in ("parser.get()", "parser_->get()", "request_parser.get()"):
            self.assertEqual(len(messages("bot/a.cpp", text.replace("parser{}", bad))), 1, bad)
        self.assertEqual(messages("bot/a.cpp", text.replace("parser{}", "parser")), [])
        self.assertEqual(messages("bot/a.cpp", "void f() { use(parser.get().body()); }"), [])


class Shape(unittest.TestCase):
    def test_bad_shapes_are_found(self):
        function = "void f()\n{\n" + "    g();\n" * 50 + "}\n"
        bad = {
            "white space": ("bot/a.cpp", "int x; \n"),
            "tab": ("bot/a.cpp", "\tint x;\n"),
            "columns": ("bot/a.cpp", "// " + "x" * 118 + "\n"),
            "columns of a script": ("deploy/a.sh", "# " + "x" * 119 + "\n"),
            "lines": ("bot/a.cpp", "int x;\n" * 401),
            "lines of a test": ("tests/unit/a_test.cpp", "int x;\n" * 601),
            "function": ("bot/a.cpp", function),
            "function of a test": ("tests/unit/a_test.cpp", function.replace("g();\n", "g();\n\n", 25)),
            "member function": ("bot/a.hpp", "#pragma once\nstruct A\n{\n" + function + "};\n"),
            "constructor": ("bot/a.cpp", "A::A(int a) : a_{a}, b_(a)" + function[8:]),
            "pragma": ("bot/a.hpp", "int x;\n"),
            "unfinished": ("bot/a.cpp", "// TO" + "DO: later\n"),
            "unfinished text": ("deploy/a.md", "FIX" + "ME\n"),
            "conflict": ("bot/CMakeLists.txt", ">" * 7 + " main\n"),
            "machine": ("deploy/a.md", "see " + "/wo" + "rk/x\n"),
            "work tree": ("tests/a.sh", "cd /tm" + "p/wt-x\n"),
        }
        for name, (path, text) in bad.items():
            with self.subTest(name):
                self.assertEqual(len(messages(path, text)), 1)
        self.assertEqual(rules.check("bot/a.cpp", "int x;"), [(1, "no newline at the end of the file")])

    def test_good_shapes_pass(self):
        good = {
            "bot/a.cpp": "// " + "x" * 117 + "\n" + "int x;\n" * 399,
            "bot/b.cpp": "void f()\n{\n" + "    g();\n" * 47 + "}\n",
            "bot/c.cpp": "namespace a {\n" + "void f() {}\n" * 200 + "}\n",
            "bot/d.cpp": "constexpr std::array rows = {\n" + "    Row{1, 2},\n" * 200 + "};\n",
            "tests/unit/a.cpp": 'auto x = "' + "x" * 140 + '";\n',
            "tests/data/a.txt": "TO" + "DO \n",
            "deploy/a.md": "x" * 200 + " https://example.com/wo" + "rk/x\n",
        }
        for path, text in good.items():
            with self.subTest(path):
                self.assertEqual(messages(path, text), [])


class Lexer(unittest.TestCase):
    def test_what_is_no_code_is_no_token(self):
        tokens = lexer.tokens_of('a /* b */ // c\n"d \\" e" R"x(f)" )x" \'g\' 1\'000 u8"h"')
        self.assertEqual([t.kind for t in tokens], ["word", "string", "string", "char", "number", "string"])
        self.assertEqual(tokens[-1].line, 2)

    def test_braces_are_told_apart(self):
        kinds = {
            "namespace a { }": "scope", "struct A : B<C> { };": "scope",
            "enum class E : int { a };": "scope",
            "void f() const noexcept { }": "block", "auto f() -> std::vector<int> { }": "block",
            "int x{ 1 };": "init", "f(A{ 1 });": "init", "auto x = B<int>{ 1 };": "init", "return { 1 };": "init",
            "if (a) { }": "block", "else { }": "block", "auto l = [](int a) { };": "block",
            "auto l = [&] { };": "block",
            "template <class T> T f(T t) { }": "block", 'extern "C" { }': "scope", "do { } while (a);": "block",
            "case 1: { }": "block", "f([](int a) mutable -> int { });": "block", "int a[] = { 1 };": "init",
        }
        for text, kind in kinds.items():
            with self.subTest(text):
                source = lexer.Source(text)
                self.assertEqual(list(source.brace.values()), [kind])


class Groups(unittest.TestCase):
    def test_files_of_which_one_hides_a_name_of_the_other_are_never_in_one_group(self):
        own = source_groups.own_names("namespace a {\nnamespace {\nint f(int x) { return g(x); }\n}\n}\n")
        self.assertEqual(own, {("a", "f")})
        other = source_groups.own_names("namespace a {\nnamespace {\nint h() { return 1; }\n}\n}\n")
        files = [("x.cpp", (own, set())), ("y.cpp", (own, set())), ("z.cpp", (other, set()))]
        self.assertEqual(source_groups.grouped(files, 8), [["x.cpp", "z.cpp"], ["y.cpp"]])
        files = [("x.cpp", (own, set())), ("w.cpp", (set(), {"f"})), ("z.cpp", (other, {"g"}))]
        self.assertEqual(source_groups.grouped(files, 8), [["x.cpp", "z.cpp"], ["w.cpp"]])

    def test_a_source_takes_what_the_headers_declare_that_it_includes(self):
        with tempfile.TemporaryDirectory() as folder:
            header = pathlib.Path(folder) / "room/a.hpp"
            header.parent.mkdir()
            header.write_text("namespace a {\nint f(int x);\nstruct S { int inner(); };\nconstexpr int noon = 12;\n}\n")
            taken = source_groups.taken_names('#include "room/a.hpp"\n', pathlib.Path(folder))
            self.assertEqual(taken, {"f", "S", "noon"})

    def test_no_file_is_left_out_and_no_group_is_too_large(self):
        groups = source_groups.grouped([(str(number), (set(), set())) for number in range(30)], 12)
        self.assertEqual(sorted(int(name) for group in groups for name in group), list(range(30)))
        self.assertTrue(all(len(group) <= 12 for group in groups))

    def test_what_is_compiled_is_each_source_once_and_a_group_that_stands_is_left_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            room = pathlib.Path(folder) / "house/room"
            room.mkdir(parents=True)
            for name, text in (("a", "int a();\n"), ("b", "int b();\n"), ("c", "#define C 1\n")):
                (room / f"{name}.cpp").write_text(text)
            sources = [str(room / f"{name}.cpp") for name in "abc"]
            groups = pathlib.Path(folder) / "groups"

            def printed():
                with contextlib.redirect_stdout(io.StringIO()) as said:
                    source_groups.main([folder, str(groups), "8", *sources])
                return said.getvalue().split()

            groups.mkdir()
            (groups / "old.cpp").write_text("")
            self.assertEqual(printed(), [str(groups / "rest_0.cpp"), sources[2]])
            self.assertEqual([file.name for file in groups.iterdir()], ["rest_0.cpp"])
            group = groups / "rest_0.cpp"
            self.assertEqual(group.read_text(), f'#include "{sources[0]}"\n#include "{sources[1]}"\n')
            written = group.stat().st_mtime_ns
            printed()
            self.assertEqual(group.stat().st_mtime_ns, written)


class Tool(unittest.TestCase):
    def test_it_fails_on_a_bad_tree_passes_a_good_one_and_is_not_content_with_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            self.assertEqual(tidy.main([folder]), 2)
            (root / "build").mkdir()
            (root / "build" / "a.cpp").write_text("asio::detached;\n")
            (root / "bot").mkdir()
            (root / "bot" / "a.cpp").write_text("int x;\n")
            self.assertEqual(tidy.main([folder]), 0)
            (root / "bot" / "b.cpp").write_text("auto x = asio::detached;\n")
            self.assertEqual(tidy.main([folder]), 1)


if __name__ == "__main__":
    unittest.main()
