// The main story and its refusals, played as the people of the demo company play them.
import assert from "node:assert/strict";

import { until } from "../support/deadline.mjs";
import { people } from "../support/demo.mjs";
import { enter, includes, showTab, words } from "../support/pane.mjs";
import { scene } from "../support/scene.mjs";

const it = scene();

const sets_password = (call) => call.method === "PATCH" && call.fields.includes("password");

// The agent asks for this customer; resolves to the card as the right pane sees it.
async function ask(left, right, email, why = "") {
  await left.go("helpdesk");
  await left.say(`/reset-password ${email} ${why}`.trim());
  await right.go("password-approvals");
  return right.sees(email);
}

it.test("a request is asked for, approved and carried out, and both sides see it without reloading", async () => {
  const window = await it.window();
  const [left, right] = await enter(window);
  await left.become(people.agent);
  await right.become(people.lead);

  const card = await ask(left, right, "ada.lovelace@example.com", "locked out after holiday");
  const found = await left.sees("Found Ada Lovelace");
  includes(await found.innerText(), "Only visible to you");
  includes(await card.innerText(), "asks for a password reset");
  includes(await card.innerText(), "locked out after holiday");

  const ts = await card.getAttribute("data-message");
  await right.press(card, "request.approve", "Approve reset");
  const done = await right.sees("Done");
  assert.equal(await done.getAttribute("data-message"), ts, "the outcome is another message than the card");
  const deciding = done.locator('[data-action="request.approve"], [data-action="request.deny"]');
  assert.equal(await deciding.count(), 0, "the decided card can still be decided");
  assert.equal(await right.messages().count(), 1, "there is more than the one card");

  await left.go("dm");
  includes(await (await left.sees("Done")).innerText(), "password reset for ada.lovelace@example.com");
  await right.go("password-audit");
  const audit = await (await right.sees("Done")).innerText();
  includes(audit, "a…e@example.com");
  assert.ok(!audit.includes("ada.lovelace@example.com"), "the audit channel shows the address");
});

it.test("what happened stands in the tabs of Auth0 and of the ledger", async () => {
  const window = await it.window();
  await enter(window);
  await showTab(window, "auth0");
  await until("the PATCH is listed", async () => /PATCH/.test(await words(window)));
  includes(await words(window), "ada.lovelace@example.com");
  await showTab(window, "ledger");
  await until("the request is listed as Done", async () => /\bDone\b/.test(await words(window)));
  const { chain, requests } = await it.demo.ledger();
  assert.equal(chain.ok, true);
  assert.ok(chain.rows > 0);
  assert.equal(requests[0].state, "changed");
});

it.test("a denied request changes nothing, and its requester is told by whom and why", async () => {
  const window = await it.window();
  const [left, right] = await enter(window);
  await left.become(people.agent);
  await right.become(people.second);
  const card = await ask(left, right, "john.doe@example.com");
  await right.deny(card, "The caller could not be verified");
  await (await right.sees("Denied")).getByText("Nothing was changed").waitFor();
  await left.go("dm");
  const told = await (await left.sees("Denied by")).innerText();
  includes(told, "Second team lead");
  includes(told, "The caller could not be verified");
  const { calls } = await it.demo.auth0();
  const { document } = await it.demo.request("john.doe@example.com");
  assert.ok(document, "the ledger does not know the request");
  assert.equal(calls.filter(sets_password).length, 1, "a denied request reached Auth0");
});

it.test("nobody approves their own request, not even who may decide those of others", async () => {
  const window = await it.window();
  const [left, right] = await enter(window);
  await left.become(people.second);
  await right.become(people.lead);
  const card = await ask(left, right, "grace.hopper@example.com");
  await left.go("password-approvals");
  await left.press(await left.sees("grace.hopper@example.com"), "request.approve", "Approve reset");
  await left.sees("This is your own request");
  includes(await card.innerText(), "Waiting");
  assert.equal(await right.messages("Nothing was decided").count(), 0, "another sees what was said in private");
  assert.equal((await it.demo.request("grace.hopper@example.com")).state, "pending");
  await right.press(card, "request.approve", "Approve reset");
  await (await right.sees("grace.hopper@example.com")).getByText("Done").waitFor();
});

it.test("an agent who may not decide is told so in private, and the card stays as it was", async () => {
  const window = await it.window();
  const [left, right] = await enter(window);
  await left.become(people.agent);
  await right.become(people.agent);
  const card = await ask(left, right, "alan.turing+billing@example.com");
  await right.press(card, "request.approve", "Approve reset");
  await right.sees("Only the approvers user group decides here");
  assert.equal((await it.demo.request("alan.turing+billing@example.com")).state, "pending");
  await right.become(people.lead);
  await right.deny(card, "Not now");
  await (await right.sees("alan.turing+billing@example.com")).getByText("Denied").waitFor();
});

for (const [who, person] of [["a guest", people.guest], ["a colleague in no group", people.colleague]])
  it.test(`a command of ${who} is refused in private and leaves no request`, async () => {
    const window = await it.window();
    const [left, right] = await enter(window);
    const before = (await it.demo.ledger()).requests.length;
    await left.become(person);
    await left.go("helpdesk");
    await right.go("helpdesk");
    await left.say("/reset-password ada.lovelace@example.com");
    includes(await (await left.sees("Nothing was requested")).innerText(), "Only visible to you");
    assert.equal(await right.messages("Nothing was requested").count(), 0, "others see it");
    assert.equal((await it.demo.ledger()).requests.length, before);
  });

it.test("a guest who sees the card cannot approve it", async () => {
  const window = await it.window();
  const [left, right] = await enter(window);
  await left.become(people.agent);
  await right.become(people.guest);
  const card = await ask(left, right, "mary.somerville@example.com");
  await right.press(card, "request.approve", "Approve reset");
  await right.sees("Nothing was decided");
  assert.equal((await it.demo.request("mary.somerville@example.com")).state, "pending");
});

it.test("Slack does not let somebody from another company use the app in a shared channel", async () => {
  const window = await it.window();
  window.expect(/status of 409/);
  const [left] = await enter(window);
  const before = (await it.demo.ledger()).requests.length;
  await left.become(people.outsider);
  assert.equal(await left.root.locator('[data-channel="password-approvals"]').count(), 0, "an outsider sees the cards");
  await left.go("shared-with-partner");
  await left.say("/reset-password ada.lovelace@example.com");
  await left.notice(/./).waitFor();
  assert.equal((await it.demo.ledger()).requests.length, before);
});

it.test("an address that nobody has is refused in plain words before anybody is asked", async () => {
  const window = await it.window();
  const [left, right] = await enter(window);
  await left.become(people.agent);
  await right.become(people.lead);
  await right.go("password-approvals");
  const before = await right.messages().count();
  await left.go("helpdesk");
  await left.say("/reset-password nobody@example.com");
  await left.sees("Auth0 has no account with this e-mail address");
  assert.equal(await right.messages().count(), before, "somebody was asked");
});
