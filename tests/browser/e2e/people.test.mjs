// What people meet beyond the main story: forms, choices, the hand-over, the freeze, the Home and the help.
import assert from "node:assert/strict";

import { checkAccess } from "../support/axe.mjs";
import { until } from "../support/deadline.mjs";
import { people } from "../support/demo.mjs";
import { enterAtWork, includes } from "../support/pane.mjs";
import { scene } from "../support/scene.mjs";

const it = scene();

// Both at their places, with nothing open that a test before has left.
async function atWork() {
  for (const as of [people.agent, people.lead]) {
    const { modals } = await it.demo.person(as);
    if (modals.length) await it.demo.post("/page/api/act", { as, do: "close", whole_stack: true });
  }
  // So tall that no form scrolls: axe-core takes a label that is scrolled away for a missing one.
  return enterAtWork(await it.window({ viewport: { width: 1360, height: 1200 } }));
}

async function approved(right, email) {
  const card = await right.sees(email);
  await right.press(card, "request.approve", /^Approve (reset|password)$/);
  await (await right.sees(email)).getByText("Done").waitFor();
}

it.test("a form opened by the shortcut says at the field what is wrong, keeps what was typed, and asks", async () => {
  const { window, left, right } = await atWork();
  await left.root.getByRole("button", { name: "Shortcuts" }).click();
  await left.page.getByRole("menuitem", { name: /Reset a password/ }).click();
  const form = left.dialog("Reset a password");
  await form.waitFor();
  await checkAccess(window, "the request form");
  const ticket = form.getByRole("textbox", { name: /Ticket number/ });
  await form.getByRole("textbox", { name: /E-mail of the customer/ }).fill("alan.turing+billing@example.com");
  await form.getByRole("textbox", { name: /Why/ }).fill("\u202Eneeds it <!channel> \u{1F511}");
  await ticket.fill("nonsense");
  await form.getByRole("button", { name: "Ask for approval" }).click();
  await form.getByRole("textbox", { name: /Ticket number/ }).and(form.locator('[aria-invalid="true"]')).waitFor();
  await ticket.fill("HD-4711");
  await form.getByRole("button", { name: "Ask for approval" }).click();
  const card = await right.sees("alan.turing+billing@example.com");
  const words = await card.innerText();
  includes(words, "HD-4711");
  includes(words, "<!channel>");
  assert.ok(!words.includes("\u202E"), "a mark turns the card's line around");
});

async function chooseAccount(left, window, name) {
  await left.say("/reset-password max.planck@example.com new laptop");
  await left.press(await left.sees("max.planck@example.com"), "request.complete");
  const form = left.dialog("Reset a password");
  await form.getByRole("radio").first().waitFor();
  await checkAccess(window, "the form to choose an account");
  assert.equal(await form.getByRole("radio").count(), 2);
  await form.getByRole("radio", { name }).check();
  await form.getByRole("button", { name: "Ask for approval" }).click();
}

it.test("of two accounts with one address the requester chooses, and the card says which", async () => {
  const { window, left, right } = await atWork();
  await chooseAccount(left, window, /Username-Password-Authentication/);
  const card = await (await right.sees("max.planck@example.com")).innerText();
  includes(card, "Username-Password-Authentication");
  includes(card, "Other accounts with this address: password account in partners");
});

it.test("a password that the chosen account's policy refuses bothers no team lead", async () => {
  const { window, left, right } = await atWork();
  const before = await right.messages("max.planck@example.com").count();
  await left.press(await left.sees("max.planck@example.com"), "request.cancel");
  await left.sees("Cancelled");
  await chooseAccount(left, window, /partners/);
  includes(await left.dialog("Nothing was changed").innerText(), "no digit (0-9)");
  assert.equal(await right.messages("max.planck@example.com").count(), before);
});

it.test("a password is shown in one window, again after Escape, and no more once it is closed for good", async () => {
  const { window, left, right } = await atWork();
  const secret = "$Ada!Lovelace$!";
  await left.say("/reset-password ada.lovelace@example.com locked out");
  await approved(right, "ada.lovelace@example.com");
  await left.go("dm");
  await left.press(await left.sees("Show password once"), "handover.show");
  const shown = left.dialog("Password, for you alone");
  await shown.getByText(secret, { exact: true }).waitFor();
  await checkAccess(window, "the password");
  assert.equal(await right.root.getByText(secret).count(), 0, "the other window shows it");
  assert.ok(!JSON.stringify(await it.demo.person(people.lead)).includes(secret), "another person was told");
  for (const part of ["ledger", "auth0"])
    assert.ok(!JSON.stringify(await it.demo[part]()).includes(secret), `it stands in what ${part} shows`);
  await left.sees("Show password again");
  await window.page.keyboard.press("Escape");
  await shown.waitFor({ state: "detached" });
  await left.press(await left.sees("Show password again"), "handover.show");
  await shown.getByText(secret, { exact: true }).waitFor();
  await shown.getByRole("button", { name: "Close for good" }).click();
  await shown.waitFor({ state: "detached" });
  await left.sees("and is gone");
  assert.equal(await left.root.locator('[data-action="handover.show"]').count(), 0, "it can be asked for again");
  assert.ok(!JSON.stringify(await it.demo.person(people.agent)).includes(secret), "it is still there when closed");
});

it.test("two presses at once show the password once, and the other is told so", async () => {
  const { left, right } = await atWork();
  await left.say("/reset-password grace.hopper@example.com");
  await approved(right, "grace.hopper@example.com");
  await left.go("dm");
  const message = await left.sees("Show password once");
  await message.locator('[data-action="handover.show"]').waitFor();
  const { channels } = await it.demo.person(people.agent);
  const offers = ({ blocks }) => JSON.stringify(blocks ?? []).includes("handover.show");
  const { id, messages } = channels.find((channel) => channel.messages.some(offers));
  const { ts } = messages.findLast(offers);
  const press = () =>
    it.demo.post("/page/api/act", { as: people.agent, do: "press", channel: id, ts, action_id: "handover.show" });
  // Slow, so that the second press comes while the first one's window is being opened.
  await it.demo.post("/page/api/trouble", { kind: "slack_slow" });
  await press();
  await until("the first press opens a window", async () => {
    const request = await it.demo.request("grace.hopper@example.com");
    return request.document.handover.state === "opening";
  });
  await press();
  await left.dialog("Password, for you alone").waitFor();
  await left.sees(/Nothing was (shown|done)/);
  const { modals } = await it.demo.person(people.agent);
  assert.equal(modals.length, 1, "two windows are open");
});

it.test("a denial carries its reason to the requester, as it was typed and as nothing else", async () => {
  const { left, right } = await atWork();
  await left.say("/reset-password mary.somerville@example.com");
  await right.deny(await right.sees("mary.somerville@example.com"), "\u202E<!channel> not verified \u{1F511}");
  await (await right.sees("mary.somerville@example.com")).getByText("Denied").waitFor();
  await left.go("dm");
  const told = await (await left.sees("mary.somerville@example.com")).innerText();
  includes(told, "<!channel> not verified \u{1F511}");
  assert.ok(!told.includes("\u202E"), "a mark turns the message's line around");
});

it.test("names that are missing are asked for, an emoji among them, and stand on the card", async () => {
  const { window, left, right } = await atWork();
  await left.say("/reset-password info@acme.com new mailbox");
  await left.press(await left.sees("info@acme.com"), "request.complete");
  const form = left.dialog("Reset a password");
  await form.getByRole("textbox", { name: /First name/ }).fill("Emmy");
  await form.getByRole("textbox", { name: /Last name/ }).fill("Noether \u{1F52C}");
  await checkAccess(window, "the form that asks for names");
  await form.getByRole("button", { name: "Ask for approval" }).click();
  includes(await (await right.sees("info@acme.com")).innerText(), "Emmy Noether \u{1F52C}");
});

it.test("a name of 300 characters is refused in words, and breaks no line of the page", async () => {
  const { left } = await atWork();
  await left.say("/reset-password wolfe@example.com");
  const line = await left.sees("wolfe@example.com");
  await line.getByText("Refused").waitFor();
  const isWider = await line.evaluate((element) => element.scrollWidth > element.clientWidth + 1);
  assert.ok(!isWider, "the line is wider than its place");
});

it.test("a first password is made for somebody new, once it is approved", async () => {
  const { left, right } = await atWork();
  await left.become(people.implementer);
  await left.go("helpdesk");
  await left.say("/create-password rosalind.franklin@example.com Rosalind Franklin");
  await approved(right, "rosalind.franklin@example.com");
  const { users } = await it.demo.auth0();
  assert.ok(users.some((user) => user.email === "rosalind.franklin@example.com"), "no account was made");
});

it.test("a freeze stops requests at once, and two people release it", async () => {
  const { left, right } = await atWork();
  await right.go("helpdesk");
  await right.say("/password-freeze somebody calls as our customers");
  await right.sees("Frozen");
  await left.say("/reset-password john.doe@example.com");
  includes(await (await left.sees("Frozen")).innerText(), "somebody calls as our customers");
  await right.go("password-approvals");
  await right.press(await right.sees("somebody calls as our customers"), "freeze.release", "Release freeze");
  await right.sees("one more approver");
  await right.become(people.second);
  await right.go("password-approvals");
  await right.press(await right.sees("somebody calls as our customers"), "freeze.release", "Release freeze");
  await right.sees("Released");
  await left.say("/reset-password john.doe@example.com");
  await left.sees("Found John Doe");
});

it.test("the Home tells agent and team lead what is theirs, and the help opens", async () => {
  const { window, left, right } = await atWork();
  await left.go("home");
  await left.root.getByText("Your requests").waitFor();
  await right.go("home");
  await right.root.getByText("Waiting for a team lead").waitFor();
  await checkAccess(window, "the Home");
  await left.go("helpdesk");
  await left.say("/password-help ");
  await until("the help is there", async () => /How it goes/.test(await left.root.innerText()));
});
