// The markdown block: a small part of Markdown, and nothing of HTML.
import assert from "node:assert/strict";
import test from "node:test";

import { parse_markdown } from "../../demo/page/web/slack/text/markdown_tokens.js";

const text = (words) => ({ type: "text", text: words });
const paragraph = (...nodes) => ({ type: "paragraph", nodes });

test("paragraphs, headings and rules are told apart", () => {
  assert.deepEqual(parse_markdown("# A\n\nb\nc\n\n---\nd"), [
    { type: "heading", level: 1, nodes: [text("A")] },
    paragraph(text("b"), { type: "break" }, text("c")),
    { type: "rule" },
    paragraph(text("d")),
  ]);
});

test("bold, italic, struck and code", () => {
  assert.deepEqual(parse_markdown("**a** __b__ *c* _d_ ~~e~~ `f*`")[0].nodes.filter((node) => node.type !== "text").map((node) => node.type),
    ["bold", "bold", "italic", "italic", "strike", "code"]);
  assert.deepEqual(parse_markdown("snake_case_name ** a **"), [paragraph(text("snake_case_name ** a **"))]);
  assert.deepEqual(parse_markdown("\\*a\\*")[0].nodes.map((node) => node.text).join(""), "*a*");
});

test("links lead to pages and addresses only", () => {
  assert.deepEqual(parse_markdown("[a](https://b.example)"), [paragraph({ type: "link", url: "https://b.example", nodes: [text("a")] })]);
  for (const words of ["[a](javascript:b)", "![a](data:b)", "<b>a</b>", "<script>"]) {
    assert.equal(JSON.stringify(parse_markdown(words)).includes("\"link\""), false, words);
  }
});

test("lists nest by their indent and keep their first number", () => {
  const [list] = parse_markdown("3. a\n   - b\n4. c");
  assert.equal(list.ordered, true);
  assert.equal(list.start, 3);
  assert.equal(list.items.length, 2);
  assert.equal(list.items[0][1].type, "list");
  assert.equal(list.items[0][1].ordered, false);
});

test("quotations hold blocks, fences hold what they hold", () => {
  assert.deepEqual(parse_markdown("> - a"), [{ type: "quote", nodes: [{ type: "list", ordered: false, start: 1, items: [[text("a")]] }] }]);
  assert.deepEqual(parse_markdown("```sh\n*a*\n```"), [{ type: "pre", text: "*a*" }]);
  assert.deepEqual(parse_markdown("```\nnever closed"), [{ type: "pre", text: "never closed" }]);
});

test("depth without end is read in time and without running out of stack", () => {
  const started = performance.now();
  for (const words of ["> ", "*a ", "[", "**", "_a", "  - a\n"]) parse_markdown(words.repeat(4_000));
  parse_markdown([...Array(2_000)].map((_, depth) => `${" ".repeat(2 * depth)}- a`).join("\n"));
  assert.ok(performance.now() - started < 5_000);
});
