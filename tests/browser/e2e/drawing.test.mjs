// How people act on what Slack's surfaces show: questions, menus, forms, keyboard. Played in the gallery, where nothing
// is sent: below each sample stands what would have been.
import assert from "node:assert/strict";

import { gallery } from "../../demo/page/web/slack/gallery.js";
import { scene } from "../support/scene.mjs";

const it = scene();

async function open(options) {
  const window = await it.window(options);
  await window.open("?gallery");
  await window.page.locator("[data-sample]").last().waitFor();
  return window;
}

function sample(window, title) {
  const root = window.page.locator(`[data-sample="${gallery.findIndex((each) => each.title === title)}"]`);
  return { root, action: (id) => root.locator(`[data-action="${id}"]`), block: (id) => root.locator(`[data-block="${id}"]`) };
}

// What the sample told last.
async function told({ root }, words) {
  const line = root.locator(".sk-sample-log");
  await line.filter({ hasText: words }).waitFor();
  return line.innerText();
}

// An open sheet takes the focus with the next picture: a key that comes before it goes to the button.
async function opened({ root }) {
  await root.locator(":popover-open :focus").waitFor();
}

async function hasFocus(locator) {
  return locator.evaluate((node) => node === document.activeElement);
}

it.test("an act that asks back is told only when it was confirmed, and gives the focus back", async () => {
  const window = await open();
  const card = sample(window, "A card that waits for a decision");
  const dialog = card.root.getByRole("dialog", { name: "Approve this reset?" });
  await card.action("approve").click();
  assert.ok(await hasFocus(dialog.getByRole("button", { name: "Approve reset" })));
  for (let i = 0; i < 3; ++i) await window.page.keyboard.press("Tab");
  assert.ok(await dialog.evaluate((node) => node.contains(document.activeElement)), "Tab leaves the dialog");
  await window.page.keyboard.press("Escape");
  assert.equal(await dialog.count(), 0);
  assert.equal(await card.root.locator(".sk-sample-log").innerText(), "");
  assert.ok(await hasFocus(card.action("approve")));
  await card.action("approve").click();
  await dialog.getByRole("button", { name: "Approve reset" }).click();
  assert.match(await told(card, "approve"), /^press .*"action_id":"approve"/);
});

it.test("a question that warns has its way out under the Enter key", async () => {
  const window = await open();
  const actions = sample(window, "Actions");
  await actions.action("no").click();
  await window.page.keyboard.press("Enter");
  assert.equal(await actions.root.getByRole("dialog").count(), 0);
  assert.equal(await actions.root.locator(".sk-sample-log").innerText(), "");
});

it.test("a menu goes back to what it was when its question is denied", async () => {
  const window = await open();
  const beside = sample(window, "Sections with something beside them");
  await beside.action("severity").selectOption("high");
  await beside.root.getByRole("button", { name: "Go back" }).click();
  assert.equal(await beside.action("severity").inputValue(), "");
  await beside.action("severity").selectOption("high");
  await beside.root.getByRole("button", { name: "Approve reset" }).click();
  assert.match(await told(beside, "severity"), /"value":"high"/);
});

it.test("menus of several, overflow menus, pickers, radios and checkboxes are chosen by keyboard", async () => {
  const window = await open();
  const { keyboard } = window.page;
  const beside = sample(window, "Sections with something beside them");
  const check = async (words, value) => assert.ok((await told(beside, words)).includes(`"value":${value}`), words);
  await beside.action("many").focus();
  await keyboard.press("ArrowDown");
  await opened(beside);
  await keyboard.press("ArrowDown");
  await keyboard.press("Space");
  await check("many", '["mid","high"]');
  await keyboard.press("Escape");
  assert.ok(await hasFocus(beside.action("many")));
  await beside.action("more").focus();
  await keyboard.press("Enter");
  await opened(beside);
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await check("more", '"copy"');
  await beside.root.getByRole("radio", { name: "Everybody" }).focus();
  await keyboard.press("ArrowDown");
  await check("told", '"owner"');
  await beside.root.getByRole("checkbox", { name: "Called back" }).focus();
  await keyboard.press("Space");
  await check("checked", '["call"]');
  await beside.action("day").fill("2026-01-31");
  await beside.action("day").press("Enter");
  await check("day", '"2026-01-31"');
  await beside.action("time").fill("09:05");
  await beside.action("time").press("Tab");
  await check("time", '"09:05"');
});

it.test("a form is held back until it is right, says why at each field, and hands over what was entered", async () => {
  const window = await open();
  const form = sample(window, "A form to type into");
  const send = form.root.getByRole("button", { name: "Ask a team lead" });
  const email = form.root.getByRole("textbox", { name: "E-mail address" });
  await send.click();
  assert.ok(await hasFocus(email), "the first wrong field has the focus");
  assert.equal(await email.getAttribute("aria-invalid"), "true");
  const error = form.block("email").locator("[data-error]");
  assert.ok((await email.getAttribute("aria-describedby")).includes(await error.getAttribute("id")));
  await email.fill("ada@example");
  assert.equal(await error.count(), 0, "the error goes when the field is changed");
  await form.root.getByRole("textbox", { name: "Why" }).fill("short");
  await form.root.getByRole("textbox", { name: "Hours" }).fill("25");
  await send.click();
  assert.deepEqual(await form.root.locator("[data-error]").allInnerTexts(), [
    "Enter a full e-mail address, such as name@example.com.", "Enter at least 10 characters.", "Enter 24 or less.",
  ]);
  await email.fill("ada@example.com");
  await form.root.getByRole("textbox", { name: "Why" }).fill("called back on record");
  await form.root.getByRole("textbox", { name: "Hours" }).fill("8");
  await form.root.getByRole("textbox", { name: "Hours" }).press("Enter");
  const entries = { email: "ada@example.com", reason: "called back on record", site: "https://example.com/tickets/42", hours: "8", share: null };
  assert.equal(await told(form, "submit"), `submit ${JSON.stringify(entries)}`);
});

it.test("what is typed into a modal is told when the typing rests", async () => {
  const window = await open();
  const form = sample(window, "A form to type into");
  await form.root.getByRole("textbox", { name: "E-mail address" }).pressSequentially("ada");
  assert.match(await told(form, '"value":"ada"'), /^enter .*"block_id":"email"/);
});

it.test("Escape, the cross and the closing button close a modal, and an open menu closes before it", async () => {
  const window = await open();
  const form = sample(window, "A form to choose in");
  await form.root.getByRole("button", { name: "Steps done" }).click();
  await opened(form);
  await window.page.keyboard.press("Escape");
  assert.equal(await form.root.locator(":popover-open").count(), 0);
  assert.equal(await form.root.locator(".sk-sample-log").innerText(), "");
  await window.page.keyboard.press("Escape");
  assert.equal(await told(form, "close"), 'close {"whole_stack":false}');
  await form.root.getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await told(form, "true"), 'close {"whole_stack":true}');
  await form.root.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await told(form, "false"), 'close {"whole_stack":false}');
});

it.test("while the app is awaited a form is not sent twice, and the way back is there", async () => {
  const window = await open();
  const waiting = sample(window, "The second of two, waiting for the app");
  await waiting.root.getByRole("button", { name: "Yes, ask" }).click({ force: true });
  assert.equal(await waiting.root.locator(".sk-sample-log").innerText(), "");
  assert.equal(await waiting.root.getByRole("dialog").count(), 1, "only the top of the stack is seen");
  await waiting.root.getByRole("button", { name: "Back" }).click();
  assert.equal(await told(waiting, "close"), 'close {"whole_stack":false}');
});

it.test("no more can be checked than a menu allows", async () => {
  const window = await open();
  const form = sample(window, "A form to choose in");
  await form.root.getByRole("button", { name: "Steps done" }).click();
  await form.root.getByRole("checkbox", { name: "Step 3", exact: true }).check();
  assert.ok(await form.root.getByRole("checkbox", { name: "Step 4", exact: true }).isDisabled());
  await form.root.getByRole("checkbox", { name: "Step 1", exact: true }).uncheck();
  await form.root.getByRole("textbox", { name: "Search the options" }).fill("12");
  assert.equal(await form.root.locator(":popover-open").getByRole("checkbox").count(), 1);
});
