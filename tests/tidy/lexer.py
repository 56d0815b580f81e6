"""C++ sources as tokens, with their brackets matched and their braces told apart: enough of C++ for the rules."""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n\f\v]+|\\\n)
  | (?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)
  | (?P<directive>\#(?:\\\n|//[^\n]*|/\*.*?\*/|[^\n])*)
  | (?P<string>(?:u8|u|U|L)?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"|(?:u8|u|U|L)?"(?:\\.|[^"\\\n])*")
  | (?P<char>(?:u8|u|U|L)?'(?:\\.|[^'\\\n])+')
  | (?P<word>[A-Za-z_]\w*)
  | (?P<number>\.?\d(?:'?[\w.]|(?<=[eEpP])[+-])*)
  | (?P<mark2>::|->|\[\[|\]\]|.)
    """,
    re.VERBOSE | re.DOTALL,
)

OPENERS = {"(": ")", "[": "]", "{": "}"}
CONTROL = {"if", "while", "for", "switch", "catch"}


@dataclass
class Token:
    kind: str  # word, number, string, char, mark, directive
    text: str
    line: int


def tokens_of(source):
    """All tokens but white space and comments. `[[` and `]]` are split unless they frame an attribute."""
    tokens = []
    line = 1
    for match in TOKEN.finditer(source):
        kind, text = match.lastgroup, match.group()
        if kind == "mark":
            kind = "string"
        if kind in ("string", "char", "word", "number", "directive"):
            tokens.append(Token(kind, text, line))
        elif kind == "mark2":
            parts = list(text) if text in ("[[", "]]") else [text]
            tokens.extend(Token("mark", part, line) for part in parts)
        line += text.count("\n")
    return tokens


def comments_of(source):
    """(line, text) of each comment of a C++ file, without its slashes; a block comment gives one for each line."""
    line = 1
    for match in TOKEN.finditer(source):
        text = match.group()
        if match.lastgroup == "comment":
            for offset, part in enumerate(text.split("\n")):
                yield line + offset, part.strip().lstrip("/*").rstrip("*/").strip()
        elif match.lastgroup == "directive" and "//" in text:
            yield line, text.split("//", 1)[1].strip()
        line += text.count("\n")


class Source:
    """The tokens of one file without directives; `partner[i]` is the other bracket, `parent[i]` the bracket that
    encloses token i (None at the top), `brace[i]` is "block", "scope" or "init" for an opening brace."""

    def __init__(self, text):
        everything = tokens_of(text)
        self.directives = [token for token in everything if token.kind == "directive"]
        self.tokens = [token for token in everything if token.kind != "directive"]
        self.partner = {}
        self.parent = {}
        self.brace = {}
        self._match()

    def text(self, index):
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def is_mark(self, index, text):
        return 0 <= index < len(self.tokens) and self.tokens[index].kind == "mark" and self.tokens[index].text == text

    def _match(self):
        stack = []
        for index, token in enumerate(self.tokens):
            closes = token.kind == "mark" and token.text in ")]}"
            if closes and stack:
                opener = stack.pop()
                self.partner[opener] = index
                self.partner[index] = opener
            self.parent[index] = stack[-1] if stack else None
            if token.kind == "mark" and token.text in OPENERS:
                if token.text == "{":
                    self.brace[index] = self._kind_of_brace(index)
                stack.append(index)

    def _encloses_expressions(self, index):
        parent = self.parent[index]
        return parent is not None and (self.text(parent) in "([" or self.brace.get(parent) == "init")

    def _kind_of_brace(self, index):
        before = self.text(index - 1) if index else ""
        if before == ")":
            return self._brace_after_parenthesis(index)
        if before == "]":
            return "block" if self.is_lambda(self.partner[index - 1]) else "init"
        if before in ("else", "do", "try", "const", "noexcept", "override", "final", "mutable"):
            return "block"
        if self._after_trailing_return(index):
            return "block"
        if before == "}" and self.brace.get(self.partner.get(index - 1)) == "init":
            return "init" if self._encloses_expressions(index) else "block"  # a constructor's body after a_{a}
        if self._encloses_expressions(index):
            return "init"
        if before in ("", ";", "{", "}", ":"):
            return "block"
        head = self.head(index)
        if any(word in ("namespace", "class", "struct", "union", "enum", "extern") for word in head):
            return "scope"
        if "requires" in head and before == "requires":
            return "block"
        return "init"

    def _brace_after_parenthesis(self, index):
        opener = self.partner[index - 1]
        if self.is_lambda_parameters(opener) or self.text(opener - 1) in CONTROL | {"constexpr", "requires"}:
            return "block"
        if self._encloses_expressions(index) and self.text(opener - 1) != "noexcept":
            return "init"
        return "block"

    def _after_trailing_return(self, index):
        """`) -> Type {` with nothing but a type between the arrow and the brace."""
        at = index - 1
        while at > 0 and (self.tokens[at].kind == "word" or self.text(at) in ("::", "<", ">", ",", "&", "*")):
            at -= 1
        return self.is_mark(at, "->") and (self.is_mark(at - 1, ")") or self.text(at - 1) in ("mutable", "noexcept"))

    def head(self, index):
        """The texts from the start of the statement to `index`, brackets' contents left out, `template <...>` too."""
        words = []
        at = index - 1
        while at >= 0:
            text = self.text(at)
            if self.tokens[at].kind == "mark" and text in ")]}":
                if text == "}" and self.brace.get(self.partner.get(at)) != "init":
                    break
                at = self.partner.get(at, 0) - 1
                continue
            if self.tokens[at].kind == "mark" and text in "([{;":
                break
            words.append(text)
            at -= 1
        words.reverse()
        return without_template_head(words)

    def is_lambda(self, bracket):
        """Whether the `[` at `bracket` introduces a lambda."""
        if not self.is_mark(bracket, "["):
            return False
        if self.is_mark(bracket + 1, "[") or self.is_mark(bracket - 1, "["):
            return False
        if bracket == 0:
            return True
        before = self.tokens[bracket - 1]
        if before.kind == "word":
            return before.text in ("return", "co_return", "co_await", "co_yield", "case", "else")
        # `auto& [a, b]` declares names; `f(x, [a] ...)` and `= [a] ...` begin a lambda.
        if before.text in ("&", "*", ">") and self.is_mark(self.partner.get(bracket, bracket) + 1, "="):
            return False
        return before.kind == "mark" and before.text not in (")", "]")

    def is_lambda_parameters(self, opener):
        """Whether the `(` at `opener` holds the parameters of a lambda (or of its `noexcept`, `requires`)."""
        before = opener - 1
        if self.is_mark(before, "]"):
            return self.is_lambda(self.partner[before])
        if self.is_mark(before, ">"):  # [](...) with a template head: []<class T>(T x)
            at = before
            depth = 0
            while at > 0:
                depth += (self.text(at) == ">") - (self.text(at) == "<")
                if depth == 0:
                    break
                at -= 1
            return self.is_mark(at - 1, "]") and self.is_lambda(self.partner[at - 1])
        return False

    def lambda_body(self, bracket):
        """The index of the `{` of the lambda that begins at `bracket`, or None."""
        at = self.partner.get(bracket, len(self.tokens)) + 1
        while at < len(self.tokens):
            if self.is_mark(at, "{"):
                return at
            if self.is_mark(at, "("):
                at = self.partner.get(at, len(self.tokens))
            elif self.tokens[at].kind == "mark" and self.text(at) in ";)}]":
                return None
            at += 1
        return None

    def captures(self, bracket):
        return self.tokens[bracket + 1 : self.partner[bracket]]


def without_template_head(words):
    """`template <class T> void f` -> `void f`."""
    while words and words[0] == "template":
        depth = 0
        for at, word in enumerate(words[1:], start=1):
            depth += (word == "<") - (word == ">")
            if depth == 0:
                words = words[at + 1 :]
                break
        else:
            return []
    return words
