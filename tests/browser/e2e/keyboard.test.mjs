// The main story without a mouse.
import assert from "node:assert/strict";

import { people } from "../support/demo.mjs";
import { tabTo } from "../support/keys.mjs";
import { enter } from "../support/pane.mjs";
import { scene } from "../support/scene.mjs";

const it = scene();

const within = (side, selector) => `[data-pane="${side}"] ${selector}`;

async function choose(page, side, person, typed) {
  await tabTo(page, within(side, "[data-person]"));
  await page.keyboard.type(typed);
  const chosen = await page.locator(within(side, "[data-person]")).inputValue();
  assert.equal(chosen, person, `typing "${typed}" chose ${chosen}`);
}

async function visit(page, side, channel) {
  await tabTo(page, within(side, `[data-channel="${channel}"]`));
  await page.keyboard.press("Enter");
}

it.test("the main story can be played with the keyboard alone", async () => {
  const window = await it.window();
  const { page } = window;
  const [left, right] = await enter(window);
  await choose(page, "left", people.agent, "Support");
  await visit(page, "left", "helpdesk");
  await tabTo(page, within("left", "[data-composer]"));
  await page.keyboard.type("/reset-password ada.lovelace@example.com locked out");
  await page.keyboard.press("Enter");
  await left.sees("Found Ada Lovelace");

  await choose(page, "right", people.lead, "Team");
  await visit(page, "right", "password-approvals");
  await right.sees("Waiting");
  await tabTo(page, within("right", '[data-action="request.approve"]'));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Approve this reset?" });
  await dialog.waitFor();
  const inside = () => dialog.evaluate((node) => node.contains(document.activeElement));
  assert.ok(await inside(), "the dialog does not take the focus");
  for (let stop = 0; stop < 5; ++stop) {
    await page.keyboard.press("Tab");
    assert.ok(await inside(), "Tab leaves the open dialog");
  }
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.ok(
    await page.evaluate(() => document.activeElement.matches('[data-action="request.approve"]')),
    "the focus is lost when the dialog is closed");
  await page.keyboard.press("Enter");
  await tabTo(page, '[role="dialog"] button:last-of-type');
  await page.keyboard.press("Enter");
  await right.sees("Done");
});

it.test("what a screen reader has to say is said: new messages, their author, and what a button does", async () => {
  const window = await it.window();
  const [left, right] = await enter(window);
  await left.become(people.agent);
  await left.go("helpdesk");
  await right.become(people.lead);
  await right.go("password-approvals");
  const log = left.root.getByRole("log");
  assert.equal(await log.count(), 1, "the messages are no live region");
  await left.say("/reset-password john.doe@example.com");
  const card = await right.sees("john.doe@example.com");
  await card.getByRole("button", { name: /^Approve reset: Approve the password reset cs-/ }).waitFor();
  assert.match(await right.root.getAttribute("aria-label"), /Team lead/, "the window does not say whose it is");
});
