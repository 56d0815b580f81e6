// What elements hold, what of it is still a draft, and what Slack's client checks before a form goes.
import assert from "node:assert/strict";
import test from "node:test";

import { problems_of } from "../../demo/page/web/slack/values/checks.js";
import { unconfirmed, value_of, with_draft } from "../../demo/page/web/slack/values/drafts.js";
import { entries_of, from_input, holds_value, initial_of, is_filled, to_input } from "../../demo/page/web/slack/values/values.js";

const option = (value) => ({ text: { type: "plain_text", text: value.toUpperCase() }, value });
const options = ["a", "b", "c"].map(option);
const element = (type, more = {}) => ({ type, action_id: "value", ...more });
const input = (block_id, inner, more = {}) => ({ type: "input", block_id, label: { type: "plain_text", text: block_id }, element: inner, ...more });

const kinds = [
  ["plain_text_input", "value", "words", null],
  ["email_text_input", "value", "a@b.example", null],
  ["number_input", "value", "4", null],
  ["static_select", "selected_option", "b", null, { options }],
  ["radio_buttons", "selected_option", "b", null, { options }],
  ["multi_static_select", "selected_options", ["a", "c"], [], { option_groups: [{ label: option("x").text, options }] }],
  ["checkboxes", "selected_options", ["c"], [], { options }],
  ["users_select", "selected_user", "U0ADA", null],
  ["multi_channels_select", "selected_channels", ["C0A"], []],
  ["datepicker", "selected_date", "2025-11-22", null],
  ["timepicker", "selected_time", "12:30", null],
  ["datetimepicker", "selected_date_time", 1763812800, null],
];

test("what is entered comes back from the value object, for every kind of element", () => {
  for (const [type, field, entered, empty, more] of kinds) {
    const one = element(type, more);
    assert.deepEqual(to_input(one, from_input(one, entered)), entered, type);
    assert.deepEqual(initial_of(one), { type, [field]: empty }, type);
    assert.equal(is_filled(one, initial_of(one)), false, type);
    assert.equal(is_filled(one, from_input(one, entered)), true, type);
    assert.deepEqual(to_input(one, from_input(one, null)), empty, type);
  }
});

test("initial values are taken from the element, and an option that does not exist is none", () => {
  assert.deepEqual(initial_of(element("static_select", { options, initial_option: options[0] })), { type: "static_select", selected_option: options[0] });
  assert.deepEqual(from_input(element("static_select", { options }), "z"), { type: "static_select", selected_option: null });
  assert.deepEqual(to_input(element("plain_text_input"), from_input(element("plain_text_input"), "")), null);
});

test("buttons and overflow menus hold nothing", () => {
  assert.equal(holds_value(element("button")), false);
  assert.equal(holds_value(element("overflow")), false);
  assert.equal(holds_value(element("toString")), false);
});

test("a draft is shown before what the workspace holds, and that before the initial value", () => {
  const one = element("plain_text_input", { initial_value: "first" });
  const values = { b: { value: { type: "plain_text_input", value: "held" } } };
  assert.equal(to_input(one, value_of({ drafts: {}, values: {} }, "b", one)), "first");
  assert.equal(to_input(one, value_of({ drafts: {}, values }, "b", one)), "held");
  const drafts = with_draft({}, "b", one, from_input(one, "draft"));
  assert.equal(to_input(one, value_of({ drafts, values }, "b", one)), "draft");
});

test("what was entered stays when the app sends another initial value", () => {
  const before = element("static_select", { options });
  const after = element("static_select", { options, initial_option: options[2] });
  const entered = with_draft({}, "b", before, from_input(before, "a"));
  assert.equal(to_input(after, value_of({ drafts: entered, values: {} }, "b", after)), "a");
  assert.equal(to_input(after, value_of({ drafts: {}, values: entered }, "b", after)), "a");
});

test("a draft of another type of element is not shown", () => {
  const drafts = with_draft({}, "b", element("plain_text_input"), { type: "plain_text_input", value: "x" });
  assert.deepEqual(value_of({ drafts, values: {} }, "b", element("datepicker")), { type: "datepicker", selected_date: null });
});

test("a draft ends when the workspace holds the same, and when its element goes", () => {
  const one = element("plain_text_input");
  const blocks = [input("b", one), input("c", one)];
  let drafts = with_draft({}, "b", one, from_input(one, "x"));
  drafts = with_draft(drafts, "c", one, from_input(one, "y"));
  drafts = with_draft(drafts, "gone", one, from_input(one, "z"));
  const left = unconfirmed(drafts, blocks, { b: { value: from_input(one, "x") }, c: { value: from_input(one, "older") } });
  assert.deepEqual(Object.keys(left), ["c"]);
  const typing = (block_id) => block_id === "b";
  assert.deepEqual(Object.keys(unconfirmed(drafts, blocks, { b: { value: from_input(one, "x") } }, typing)), ["b", "c"]);
});

test("a submission hands over every input block, emptied ones too, but no menu that only the app can fill", () => {
  const blocks = [
    input("text", element("plain_text_input")), input("many", element("multi_users_select")),
    input("outside", element("external_select")), { type: "section", block_id: "s", accessory: element("datepicker") },
  ];
  assert.deepEqual(entries_of(blocks, (block_id, one) => initial_of(one)), { text: null, many: [] });
});

test("spaces around addresses and numbers are not handed over, those of texts are", () => {
  const blocks = ["email_text_input", "number_input", "plain_text_input"].map((type) => input(type, element(type)));
  const entries = entries_of(blocks, (block_id, one) => from_input(one, " 4 "));
  assert.deepEqual(entries, { email_text_input: "4", number_input: "4", plain_text_input: " 4 " });
});

function problem(inner, entered, more) {
  return problems_of([input("b", inner, more)], () => from_input(inner, entered)).b ?? null;
}

test("a required field wants something, an optional one does not", () => {
  assert.match(problem(element("plain_text_input"), ""), /required/);
  assert.match(problem(element("checkboxes", { options }), []), /required/);
  assert.equal(problem(element("plain_text_input"), "", { optional: true }), null);
  assert.match(problem(element("external_select"), null), /required/);
});

test("lengths are counted in UTF-16 units, up to the limit and not beyond", () => {
  const short = element("plain_text_input", { min_length: 2, max_length: 4 });
  assert.match(problem(short, "a"), /at least 2/);
  assert.equal(problem(short, "ab"), null);
  assert.equal(problem(short, "\u{1F600}\u{1F600}"), null);
  assert.match(problem(short, "abcdef"), /2 characters too many/);
  assert.match(problem(element("plain_text_input"), "a".repeat(3001)), /at most 3000/);
});

test("addresses, numbers and web addresses have their form", () => {
  for (const good of ["ada@example.com", "a.b+c@sub.example.co"]) assert.equal(problem(element("email_text_input"), good), null, good);
  for (const bad of ["ada", "ada@", "@example.com", "ada@example", "a b@example.com", "<a@b.co>", "a@b@c.de"]) {
    assert.match(problem(element("email_text_input"), bad), /e-mail/, bad);
  }
  const whole = element("number_input", { is_decimal_allowed: false, min_value: "1", max_value: "24" });
  assert.equal(problem(whole, "24"), null);
  for (const [bad, why] of [["x", /number/], ["1.5", /whole/], ["0", /1 or more/], ["25", /24 or less/], ["0x10", /number/], ["1e2", /number/], ["Infinity", /number/]]) {
    assert.match(problem(whole, bad), why, bad);
  }
  assert.equal(problem(element("number_input", { is_decimal_allowed: true }), "-0.5"), null);
  assert.equal(problem(element("url_text_input"), "https://example.com/a"), null);
  for (const bad of ["example.com", "javascript:alert(1)", "https://"]) assert.match(problem(element("url_text_input"), bad), /web address/, bad);
});

test("no more is chosen than may be", () => {
  const two = element("multi_static_select", { options, max_selected_items: 2 });
  assert.equal(problem(two, ["a", "b"]), null);
  assert.match(problem(two, ["a", "b", "c"]), /at most 2/);
});
