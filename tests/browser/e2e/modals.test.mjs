// Modals in the workspace, opened by an app that has some: they lie over the window of the person who has them and
// do what Slack's do.
import assert from "node:assert/strict";
import { join } from "node:path";

import { checkAccess } from "../support/axe.mjs";
import { people } from "../support/demo.mjs";
import { enter } from "../support/pane.mjs";
import { root } from "../support/packages.mjs";
import { scene } from "../support/scene.mjs";

const it = scene({ bot: join(root, "tests", "browser", "support", "modal_app.mjs") });

// A window of the agent who has a new form before them, and nothing under it.
async function open(purpose) {
  const { modals } = await it.demo.person(people.agent);
  if (modals.length) await it.demo.post("/page/api/act", { as: people.agent, do: "close", whole_stack: true });
  const window = await it.window();
  const [left, right] = await enter(window);
  await left.become(people.agent);
  await left.go("helpdesk");
  await left.say(`/reset-password ${purpose}`);
  const form = left.dialog("Reset a password");
  await form.waitFor();
  const email = form.getByRole("textbox", { name: "E-mail address" });
  const send = form.getByRole("button", { name: "Ask a team lead" });
  return { window, left, right, form, email, send };
}

it.test("a modal lies over its own window only, takes the focus, and the other side goes on", async () => {
  const { window, left, right, form } = await open("end");
  const inside = await form.evaluate((dialog) => dialog.contains(document.activeElement));
  assert.ok(inside, "the modal does not take the focus");
  const over = await form.boundingBox();
  const mine = await left.root.boundingBox();
  assert.ok(over.x >= mine.x && over.x + over.width <= mine.x + mine.width, "the modal leaves its window");
  await right.become(people.lead);
  await right.go("helpdesk");
  await right.say("Hello");
  await right.sees("Hello");
  assert.ok(await form.isVisible());
  await checkAccess(window, "a modal in the workspace");
});

it.test("what the app finds wrong stands at the field, and what was entered stays", async () => {
  const { form, email, send } = await open("refuse");
  await email.fill("nobody@example.com");
  await send.click();
  await form.getByText("Nobody has the address nobody@example.com.").waitFor();
  assert.equal(await email.inputValue(), "nobody@example.com");
  assert.equal(await email.getAttribute("aria-invalid"), "true");
});

it.test("a submitted form turns into what the app answers", async () => {
  const { left, email, send } = await open("turn");
  await email.fill("ada.lovelace@example.com");
  await send.click();
  await left.dialog("Asked").getByText("A team lead is asked about ada.lovelace@example.com.").waitFor();
});

it.test("a view that is pushed lies over the form, and closing it shows the form as it was left", async () => {
  const { left, form, email, send } = await open("stack");
  await email.fill("ada.lovelace@example.com");
  await send.click();
  const over = left.dialog("Are you sure?");
  await over.waitFor();
  await over.getByRole("button", { name: "Close", exact: true }).first().click();
  await form.waitFor();
  assert.equal(await email.inputValue(), "ada.lovelace@example.com");
});

it.test("a form that loads is filled in place without being opened again", async () => {
  const { email } = await open("load");
  await email.waitFor();
});

it.test("a button in a modal changes it in place and leaves what was typed", async () => {
  const { form, email } = await open("turn");
  await email.fill("ada.lovelace@example.com");
  await form.getByRole("button", { name: "Look the account up" }).click();
  await form.getByText("Found Ada Lovelace.").waitFor();
  assert.equal(await email.inputValue(), "ada.lovelace@example.com");
});

it.test("a form that ends the stack, or is closed, gives the window back and the composer can be written in", async () => {
  const ended = await open("end");
  await ended.email.fill("ada.lovelace@example.com");
  await ended.send.click();
  await ended.form.waitFor({ state: "detached" });
  await ended.left.say("It is gone");
  await ended.left.sees("It is gone");

  const closed = await open("turn");
  await closed.window.page.keyboard.press("Escape");
  await closed.form.waitFor({ state: "detached" });
  await closed.left.go("dm");
  await closed.left.sees("You closed the form.");
});

it.test("a form whose required field is empty is not sent", async () => {
  const { form, email, send } = await open("turn");
  await send.click();
  assert.ok(await form.isVisible());
  assert.equal(await email.evaluate((field) => field === document.activeElement), true, "the focus is elsewhere");
});
