// How Slack's mrkdwn is read.
import assert from "node:assert/strict";
import test from "node:test";

import { parse_mrkdwn, parse_plain } from "../../demo/page/web/slack/text/mrkdwn_tokens.js";

const text = (words) => ({ type: "text", text: words });
const read = (words, options) => parse_mrkdwn(words, options);

test("bold, italic, struck and code are what they say, alone and in one another", () => {
  assert.deepEqual(read("*a* _b_ ~c~ `d`"), [
    { type: "bold", nodes: [text("a")] }, text(" "), { type: "italic", nodes: [text("b")] }, text(" "),
    { type: "strike", nodes: [text("c")] }, text(" "), { type: "code", text: "d" },
  ]);
  assert.deepEqual(read("*_a_ b*"), [{ type: "bold", nodes: [{ type: "italic", nodes: [text("a")] }, text(" b")] }]);
});

test("marks inside of words, beside spaces, doubled or without an end are text", () => {
  for (const words of ["snake_case_name", "2 * 3 * 4", "a*b*c", "* a *", "**a**", "*a", "a*", "_a\nb_", "`a", "``", "~ ~"]) {
    assert.equal(read(words).some((node) => !["text", "break"].includes(node.type)), false, words);
  }
});

test("nothing inside of code is a mark, and an open code span opens nothing", () => {
  assert.deepEqual(read("`*a* _b_`"), [{ type: "code", text: "*a* _b_" }]);
  assert.deepEqual(read("*a `b* c` d*"), [{ type: "bold", nodes: [text("a "), { type: "code", text: "b* c" }, text(" d")] }]);
});

test("what was escaped becomes characters and never a mention or a link", () => {
  assert.deepEqual(read("&lt;!channel&gt; &lt;@U0GRACE&gt; a &amp; b &amp;lt;"), [text("<!channel> <@U0GRACE> a & b &lt;")]);
});

test("mentions of people, channels, groups and everybody are told apart", () => {
  assert.deepEqual(read("<@U0GRACE|grace><#C0AUDIT><!subteam^S0LEADS|@leads><!here>"), [
    { type: "user", id: "U0GRACE", label: "grace" },
    { type: "channel", id: "C0AUDIT", label: "" },
    { type: "group", id: "S0LEADS", label: "leads" },
    { type: "broadcast", range: "here" },
  ]);
});

test("a link shows its label and leads where it says; the address of a mailto is its text", () => {
  assert.deepEqual(read("<https://a.example/?b=1&amp;c=2|there>"), [
    { type: "link", url: "https://a.example/?b=1&c=2", nodes: [text("there")] },
  ]);
  assert.deepEqual(read("<mailto:ada@example.com>"), [
    { type: "link", url: "mailto:ada@example.com", nodes: [text("ada@example.com")] },
  ]);
});

test("other schemes and tokens that nobody knows stay text", () => {
  for (const words of ["<javascript:alert(1)|x>", "<data:text/html,x>", "<!something>", "<@>", "<@u1>", "<>", "<|>", "<foo>", "<!date^x^y|z>"]) {
    assert.deepEqual(read(words), [text(words)], words);
  }
});

test("bare URLs and addresses are linked without the mark of the sentence, and not at all when verbatim", () => {
  const words = "See https://a.example/b?c=1&amp;d=2. Or ask ada@example.com!";
  const links = read(words).filter((node) => node.type === "link").map((node) => node.url);
  assert.deepEqual(links, ["https://a.example/b?c=1&d=2", "mailto:ada@example.com"]);
  assert.deepEqual(read(words, { verbatim: true }), [text(words.replace("&amp;", "&"))]);
});

test("lines that begin with > are one quotation, >>> quotes all that follows", () => {
  assert.deepEqual(read("&gt; a\n> b\nc"), [{ type: "quote", nodes: [text("a"), { type: "break" }, text("b")] }, text("c")]);
  assert.deepEqual(read("a\n>>> b\n\nc"), [text("a"), { type: "quote", nodes: [text("b"), { type: "break" }, { type: "break" }, text("c")] }]);
  assert.deepEqual(read("1 &gt; 0"), [text("1 > 0")]);
});

test("between fences nothing is a mark, and a fence alone is text", () => {
  assert.deepEqual(read("a\n```\n*b*\n<!here> &amp;\n```\nc"), [text("a"), { type: "pre", text: "*b*\n@here &" }, text("c")]);
  assert.deepEqual(read("a ``` b"), [text("a ``` b")]);
});

test("a date keeps its format, its link and its fallback", () => {
  assert.deepEqual(read("<!date^1763812800^{date_short} at {time}^https://a.example/|22 Nov>"), [
    { type: "date", unix: 1763812800, format: "{date_short} at {time}", url: "https://a.example/", fallback: "22 Nov" },
  ]);
});

test("emoji are names between colons, and times of day are none", () => {
  assert.deepEqual(read(":tada: :+1::skin-tone-3:"), [
    { type: "emoji", name: "tada", skin_tone: 1 }, text(" "), { type: "emoji", name: "+1", skin_tone: 3 },
  ]);
  assert.deepEqual(read("10:30:00 a::b"), [text("10:30:00 a::b")]);
});

test("plain text knows entities, lines and emoji, and no marks", () => {
  assert.deepEqual(parse_plain("*a* <@U1> &lt;b&gt;\n:tada:"), [text("*a* <@U1> <b>"), { type: "break" }, { type: "emoji", name: "tada", skin_tone: 1 }]);
  assert.deepEqual(parse_plain(":tada:", { emoji: false }), [text(":tada:")]);
});

test("long lines of marks without an end are read in time", () => {
  const started = performance.now();
  for (const words of ["*a ", "*<", "<", "`", "*_~", "&gt;", ":a", "https://a", "a@a."]) read(words.repeat(10_000));
  assert.ok(performance.now() - started < 5_000);
});
