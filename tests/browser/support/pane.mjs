// One side of the workspace, used as a person uses it: by looking, clicking and typing.
import assert from "node:assert/strict";

import { people } from "./demo.mjs";

export class Pane {
  constructor(window, side) {
    this.page = window.page;
    this.root = window.page.locator(`[data-pane="${side}"]`);
  }

  async become(person) { await this.root.locator("[data-person]").selectOption(person); }
  async go(channel) { await this.root.locator(`[data-channel="${channel}"]`).click(); }

  // Types into the composer, key by key, and sends it.
  async say(text) {
    const composer = this.root.locator("[data-composer]");
    await composer.click();
    await composer.pressSequentially(text);
    await composer.press("Enter");
  }

  messages(words) {
    const all = this.root.locator("[data-message]");
    return words === undefined ? all : all.filter({ hasText: words });
  }

  // Waits for a message with these words; the newest of them.
  async sees(words) {
    const message = this.messages(words).last();
    await message.waitFor();
    return message;
  }

  // Slack's own notice, or a message that only this person sees.
  notice(words) { return this.root.locator("[data-notice]").filter({ hasText: words }); }

  dialog(name) { return this.root.getByRole("dialog", { name }); }

  // Presses a button of a message. `confirm` is what is pressed in the dialog that asks back.
  async press(message, action, confirm) {
    await message.locator(`[data-action="${action}"]`).click();
    if (confirm) await this.page.getByRole("dialog").getByRole("button", { name: confirm, exact: true }).click();
  }

  // Presses Deny on a card and gives the reason in the form that opens.
  async deny(card, why) {
    await this.press(card, "request.deny");
    const form = this.dialog("Deny this request?");
    await form.getByRole("textbox", { name: /Why do you deny it/ }).fill(why);
    await form.getByRole("button", { name: "Deny request", exact: true }).click();
    await form.waitFor({ state: "detached" });
  }
}

export const panes = (window) => [new Pane(window, "left"), new Pane(window, "right")];

export async function showTab(window, name) { await window.page.locator(`[data-tab="${name}"]`).click(); }

// A window on the workspace without the tour: the agent on the left, a team lead on the right.
export async function enter(window) {
  await window.open("/");
  const skip = window.page.getByRole("button", { name: "Skip the tour" });
  await window.page.locator("[data-pane]").first().waitFor();
  if (await skip.isVisible()) await skip.click();
  return panes(window);
}

// The agent in the help desk's channel, a team lead in the approvers'.
export async function enterAtWork(window) {
  const [left, right] = await enter(window);
  await left.become(people.agent);
  await left.go("helpdesk");
  await right.become(people.lead);
  await right.go("password-approvals");
  return { window, left, right };
}

// The words of the whole page as a reader sees them.
export async function words(window) {
  return window.page.evaluate(() => document.body.innerText);
}

export function includes(text, part) {
  assert.ok(text.includes(part), `"${part}" is missing in: ${text.slice(0, 600)}`);
}
