"""Where co_await may stand.

g++ 12.2 miscompiles co_await in other places: temporaries are destroyed twice, or the coroutine hangs (GCC PR 107288,
PR 99576). These forms are safe (measured under AddressSanitizer at -O0 and -O2), and only these pass:

    const auto total = co_await count(user);      the whole initializer of a named local (also in an `if` with a `;`)
    next = co_await serve(std::move(job));        the whole value of a plain assignment to a name
    co_await group.join();                        a whole statement
    co_return co_await count(std::move(user));    the whole operand of co_return
"""

from lexer import Source

# Types whose braces call a constructor. The temporaries that are destroyed twice are those of aggregates.
CONSTRUCTED = {
    "nanoseconds", "microseconds", "milliseconds", "seconds", "minutes", "hours", "days", "string", "string_view",
    "optional", "Secret", "Problem", "SlackTeamId", "SlackUserId", "SlackGroupId", "ChannelId", "MessageTs", "Email",
    "Auth0UserId", "RequestId", "TimePoint", "Milliseconds", "wait_for_one", "wait_for_all", "cancellation_slot",
}
PARAMETER = "a coroutine's parameter is "
VIEW = PARAMETER + "a view"
KEYWORDS = {"co_await", "co_return", "co_yield"}


def check(source):
    """(line, message) for every form that is not safe."""
    found = []
    for index, token in enumerate(source.tokens):
        if token.kind == "word" and token.text == "co_await":
            for message in problems_at(source, index):
                found.append((token.line, "co_await " + message))
        elif source.is_lambda(index):
            found.extend(lambda_problems(source, index))
        elif token.kind == "word" and token.text == "awaitable":
            found.extend(parameter_problems(source, index))
    return found


def problems_at(source, index):
    found = []
    place = problem_of_place(source, index)
    if place:
        found.append(place)
    end = end_of_operand(source, index)
    found.extend(problems_of_operand(source, index + 1, end))
    return found


def statement_start(source, index):
    """The index of the first token of the statement, or of the part between `(` and `;` in a header."""
    at = index - 1
    while at >= 0:
        text = source.text(at)
        if source.tokens[at].kind == "mark":
            if text == ";" or text in "([" or (text == "{"):
                return at + 1
            if text == "}":
                opener = source.partner[at]
                if source.brace.get(opener) != "init":
                    return at + 1
                at = opener
            elif text in ")]":
                opener = source.partner[at]
                if text == ")" and closes_header(source, opener):
                    return at + 1
                at = opener
            elif text == ":" and source.text(at - 1) != "?" and is_label(source, at):
                return at + 1
        elif text in ("else", "do"):
            return at + 1
        at -= 1
    return 0


def closes_header(source, opener):
    before = source.text(opener - 1)
    return before in ("if", "while", "for", "switch") or (before == "constexpr" and source.text(opener - 2) == "if")


def is_label(source, colon):
    at = colon - 1
    while at >= 0 and source.text(at) not in (";", "{", "}", "?", ")"):
        if source.text(at) in ("case", "default"):
            return True
        at -= 1
    return False


def problem_of_place(source, index):
    start = statement_start(source, index)
    head = source.tokens[start:index]
    words = [token.text for token in head]
    parent = source.parent[index]
    bracket = source.text(parent) if parent is not None else ""
    if bracket == "(":
        header = source.text(parent - 1)
        if header not in ("if", "switch", "while", "for"):
            return "inside parentheses: give its result a name first"
        is_first_part = start == parent + 1
        if header in ("if", "switch") and is_first_part and is_declaration(words):
            return None
        return "in a condition or loop header: give its result a name first"
    if bracket == "[":
        return "inside brackets: give its result a name first"
    if bracket == "{" and source.brace.get(parent) == "init":
        return "inside braces: give its result a name first"
    if "?" in words:
        return "in a ternary: write if and else"
    if not words or words == ["co_return"] or is_declaration(words):
        return None
    if len(words) == 2 and words[1] == "=" and head[0].kind == "word":
        return None
    if words[-1] == "=":
        return "in an assignment to more than a name: give its result a name first"
    return "is not the whole initializer, statement or operand of co_return: give its result a name first"


def is_declaration(words):
    """`const auto name =`, `Type<X> name =`, `auto [a, b] =`."""
    if len(words) < 3 or words[-1] != "=":
        return False
    if any(word in ("?", "(", "<<", "+", "-", "!", "return", ".", "->") for word in words):
        return False
    if words[-2] == "]":
        return "auto" in words
    name, before = words[-2], words[-3]
    if not (name[0].isalpha() or name[0] == "_"):
        return False
    return before in (">", "&", "*") or before == "auto" or (before[0].isalpha() or before[0] == "_")


def end_of_operand(source, index):
    at = index + 1
    while at < len(source.tokens):
        if source.tokens[at].kind == "mark":
            text = source.text(at)
            if text in ");]},":
                return at
            if text in "([{":
                at = source.partner.get(at, len(source.tokens))
        at += 1
    return at


def problems_of_operand(source, begin, end):
    found = []
    at = begin
    while at < end:
        token = source.tokens[at]
        if source.is_lambda(at):
            if source.captures(at):
                found.append("beside a capturing lambda: name the lambda, then std::move it")
            body = source.lambda_body(at)
            at = source.partner.get(body, end) if body is not None else at
        elif token.kind == "word" and token.text == "co_await":
            found.append("inside another co_await: give its result a name first")
        elif token.kind == "mark" and token.text == "?":
            found.append("beside a ternary: give the operand a name first")
        elif source.is_mark(at, "{") and not is_construction(source, at):
            found.append("beside a braced temporary: give it a name, then std::move it")
            at = source.partner.get(at, end)
        at += 1
    operators = [
        source.text(at)
        for at in top_level(source, begin, end)
        if source.tokens[at].kind == "mark" and source.text(at) in "+-/%=|^&"
    ]
    if operators:
        found.append("inside a larger expression: give its result a name first")
    return list(dict.fromkeys(found))


def top_level(source, begin, end):
    at = begin
    while at < end:
        yield at
        if source.tokens[at].kind == "mark" and source.text(at) in "([{":
            at = source.partner.get(at, end)
        at += 1


def is_construction(source, brace):
    before = source.tokens[brace - 1]
    return before.kind == "word" and before.text in CONSTRUCTED


def lambda_problems(source, bracket):
    """A coroutine lambda with captures: they live in the lambda, which is gone at the first suspension."""
    if bracket not in source.partner or not source.captures(bracket):
        return []
    body = source.lambda_body(bracket)
    if body is None or not is_coroutine(source, body):
        return []
    line = source.tokens[bracket].line
    return [(line, "a lambda that is a coroutine captures nothing: make what it needs its parameters")]


def is_coroutine(source, body):
    at = body + 1
    while at < source.partner.get(body, 0):
        if source.is_lambda(at):
            inner = source.lambda_body(at)
            at = source.partner.get(inner, at) if inner is not None else at
        elif source.tokens[at].kind == "word" and source.text(at) in KEYWORDS:
            return True
        at += 1
    return False


def parameter_problems(source, index):
    """`awaitable<T> f(std::string_view x)`: the caller's argument may be gone at the first suspension."""
    at = skip_angles(source, index + 1)
    while at < len(source.tokens) and (source.tokens[at].kind == "word" or source.text(at) in ("::", "~")):
        at += 1
    if not source.is_mark(at, "(") or at == index + 1:
        return []
    found = []
    for first, last in parameters(source, at):
        kind = kind_of_parameter([source.text(i) for i in range(first, last)])
        if kind:
            found.append((source.tokens[first].line, f"{PARAMETER}{kind}: take it by value"))
    return found


def kind_of_parameter(texts):
    if "string_view" in texts or "span" in texts:
        return "a view"
    if "&" in texts and "const" in texts and any(word in texts for word in ("string", "vector", "map", "set")):
        return "a reference to a value"
    if any(pair == ("&", "&") for pair in zip(texts, texts[1:])):
        return "an rvalue reference"
    return None


def skip_angles(source, at):
    if source.text(at) != "<":
        return at
    depth = 0
    while at < len(source.tokens):
        text = source.text(at)
        depth += (text == "<") - (text == ">")
        at += 1
        if depth == 0:
            break
    return at


def parameters(source, opener):
    """(first, last) token indices of each parameter; default arguments included."""
    first = opener + 1
    depth = 0
    for at in range(opener + 1, source.partner.get(opener, opener)):
        text = source.text(at)
        if source.tokens[at].kind == "mark":
            depth += (text in "(<{[") - (text in ")>}]")
            if text == "," and depth == 0:
                yield first, at
                first = at + 1
    if first < source.partner.get(opener, opener):
        yield first, source.partner[opener]


def check_text(text):
    return check(Source(text))
