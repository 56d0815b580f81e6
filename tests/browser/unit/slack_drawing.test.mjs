// What the drawing makes of text and samples, without a browser: `h` makes plain objects of elements.
import assert from "node:assert/strict";
import test from "node:test";

import { draw_rich_text } from "../../demo/page/web/slack/draw/rich_text.js";
import { mrkdwn, text_object, text_of } from "../../demo/page/web/slack/draw/text.js";
import { component_for } from "../../demo/page/web/slack/elements/index.js";
import { choices_of } from "../../demo/page/web/slack/elements/choices_of.js";
import { emoji_for, emoji_from_code_points } from "../../demo/page/web/slack/text/emoji.js";
import { is_own, safe_href } from "../../demo/page/web/slack/text/links.js";
import { gallery } from "../../demo/page/web/slack/gallery.js";
import { names } from "../../demo/page/web/slack/samples/parts.js";

function h(tag, data, children) {
  const has_data = data !== null && typeof data === "object" && !Array.isArray(data);
  return { tag, data: has_data ? data : {}, children: [(has_data ? children : data) ?? []].flat(9).filter(Boolean) };
}

function* elements(nodes) {
  for (const node of nodes) {
    if (typeof node !== "object") continue;
    yield node;
    yield* elements(node.children);
  }
}

const words_of = (nodes) => nodes.map((node) => (typeof node === "object" ? words_of(node.children) : node)).join("");

// Every mrkdwn text and every rich text of a sample.
function drawings(value, found = []) {
  if (Array.isArray(value)) value.forEach((each) => drawings(each, found));
  else if (value !== null && typeof value === "object") {
    if (["mrkdwn", "plain_text"].includes(value.type)) found.push(text_object(h, value, names));
    if (value.type === "rich_text") found.push(draw_rich_text(h, value.elements, names));
    Object.values(value).forEach((each) => drawings(each, found));
  }
  return found;
}

test("no sample makes an element that was not meant, an inner HTML, or a link to anywhere but pages and addresses", () => {
  const meant = new Set(["span", "strong", "em", "s", "u", "mark", "code", "pre", "blockquote", "a", "bdi", "time", "br", "div", "ol", "ul", "li"]);
  for (const drawn of gallery.flatMap((sample) => drawings(sample))) {
    for (const { tag, data } of elements(drawn)) {
      assert.ok(meant.has(tag), tag);
      assert.equal(data.domProps, undefined);
      if (tag === "a") assert.match(data.attrs.href, /^(?:https?:\/\/|mailto:)/);
      if (tag === "a") assert.match(data.attrs.rel, /noopener noreferrer/);
    }
  }
});

test("escaped marks of hostile people stay their words", () => {
  const drawn = mrkdwn(h, "&lt;!channel&gt; &lt;script&gt;alert(1)&lt;/script&gt;", names);
  assert.deepEqual(drawn, ["<!channel> <script>alert(1)</script>"]);
});

test("people, channels and groups are called by their names, oneself is marked, strangers keep their id", () => {
  const drawn = mrkdwn(h, "<@U0GRACE> <@U0ALAN> <#C0AUDIT> <!subteam^S0APPROVERS> <@U0NOBODY>", names);
  assert.equal(words_of(drawn), "@Grace Hopper @Alan Turing #password-audit @approvers @U0NOBODY");
  const mine = [...elements(drawn)].filter(({ data }) => data.class?.[1]?.["sk-mention-me"]).map(({ children }) => words_of(children));
  assert.deepEqual(mine, ["@Grace Hopper"]);
  assert.equal(words_of(mrkdwn(h, "<@U0GRACE>", undefined)), "@U0GRACE");
});

test("a link whose label is not its address tells the address", () => {
  const [link] = mrkdwn(h, "<https://evil.example/|https://portal.example/>", names);
  assert.equal(link.data.attrs.title, "https://evil.example/");
});

test("nested lists of rich text stand inside of the item before them", () => {
  const list = (style, indent, ...texts) => ({ type: "rich_text_list", style, indent, elements: texts.map((text) => ({ type: "rich_text_section", elements: [{ type: "text", text }] })) });
  const [outer, ...more] = draw_rich_text(h, [list("ordered", 0, "a", "b"), list("bullet", 1, "c"), list("bullet", 2, "d"), { ...list("ordered", 0, "e"), offset: 2 }], names);
  assert.equal(outer.tag, "ol");
  const inner = outer.children[1].children[1];
  assert.equal(inner.tag, "ul");
  assert.equal(inner.children[0].children[1].children[0].children[0], "d");
  assert.equal(more.length, 1);
  assert.equal(more[0].data.attrs.start, 3);
});

test("a text object as characters has no marks left, and its emoji are characters", () => {
  assert.equal(text_of({ type: "mrkdwn", text: "*a* `b` &amp; <@U1|c>" }), "a b & ");
  assert.equal(text_of({ type: "plain_text", text: "*a* :tada: :nobody_knows:" }), "*a* 🎉 :nobody_knows:");
  assert.equal(text_of(undefined), "");
});

test("emoji take skin tones only where they have skin", () => {
  assert.equal(emoji_for("wave", 4), "👋🏽");
  assert.equal(emoji_for("tada", 4), "🎉");
  assert.equal(emoji_for("constructor"), null);
  assert.equal(emoji_from_code_points("1f44b-1f3fd"), "👋🏽");
  for (const bad of ["", "zz", "110000", "d800", "<b>"]) assert.equal(emoji_from_code_points(bad), null, bad);
});

test("links and images know what is theirs", () => {
  for (const bad of ["javascript:alert(1)", " https://a", "data:x", "//a.example", "", null, "https://"]) assert.equal(safe_href(bad), null, String(bad));
  assert.equal(safe_href("HTTPS://a.example"), "HTTPS://a.example");
  const here = "http://127.0.0.1:8080";
  assert.equal(is_own(`${here}/page/icon.svg`, here), true);
  assert.equal(is_own("/page/icon.svg", here), true);
  for (const other of ["http://127.0.0.1:8081/x", "https://127.0.0.1:8080/x", "//example.com/x", "data:image/png;base64,AA", "http://"]) {
    assert.equal(is_own(other, here), false, other);
  }
});

test("a select offers everybody who is known, and keeps somebody who is not", () => {
  const [stray, people] = choices_of({ type: "users_select" }, names, "U0GONE");
  assert.deepEqual(stray.choices.map((choice) => choice.value), ["U0GONE"]);
  assert.deepEqual(people.choices.map((choice) => choice.text), ["Alan Turing", "Emmy Noether", "Grace Hopper", "Marie Curie"]);
  assert.deepEqual(choices_of({ type: "conversations_select", filter: { include: ["im"] } }, names).map((group) => group.label), ["People"]);
});

test("the gallery shows every block and every element that can be drawn, and each can", () => {
  const seen = new Set();
  const look = (value) => {
    if (Array.isArray(value)) value.forEach(look);
    else if (value !== null && typeof value === "object") {
      if (typeof value.type === "string") seen.add(value.type);
      Object.values(value).forEach(look);
    }
  };
  look(gallery);
  const blocks = ["section", "header", "divider", "context", "actions", "input", "image", "rich_text", "markdown", "table"];
  const drawn = [
    "button", "overflow", "static_select", "users_select", "conversations_select", "channels_select", "external_select",
    "multi_static_select", "multi_users_select", "multi_conversations_select", "multi_channels_select", "radio_buttons",
    "checkboxes", "datepicker", "timepicker", "datetimepicker", "plain_text_input", "email_text_input", "url_text_input", "number_input",
  ];
  for (const type of [...blocks, ...drawn]) assert.ok(seen.has(type), type);
  for (const type of [...drawn, "multi_external_select"]) assert.notEqual(component_for(type), null, type);
  assert.equal(component_for("toString"), null);
});
