// What the demo can break, broken with the page's own buttons: nothing is lost, and the status is true.
import assert from "node:assert/strict";

import { until } from "../support/deadline.mjs";
import { enterAtWork, showTab } from "../support/pane.mjs";
import { scene } from "../support/scene.mjs";

const it = scene();

async function makeTrouble(window, tab, kind) {
  await showTab(window, tab);
  await window.page.locator(`[data-trouble="${kind}"]`).click();
  await until(`${kind} is in force`, async () => {
    const { troubles } = await it.demo.auth0();
    return troubles.some((trouble) => trouble.kind === kind);
  });
  await showTab(window, "workspace");
}

const peopleAtWork = async () => enterAtWork(await it.window());

it.test("an approval during an outage of Auth0 waits as Working and is carried out when Auth0 is back", async () => {
  const { window, left, right } = await peopleAtWork();
  await left.say("/reset-password ada.lovelace@example.com");
  const card = await right.sees("ada.lovelace@example.com");
  await makeTrouble(window, "auth0", "auth0_outage");
  await right.press(card, "request.approve", "Approve reset");
  await right.sees("Working");
  await until("the bot was refused by Auth0 and tries again", async () => {
    const { jobs } = await it.demo.ledger();
    return jobs.some((job) => job.kind === "change" && job.attempts > 0);
  });
  assert.equal(await right.messages("Done").count(), 0, "it is called Done while Auth0 is down");
  await showTab(window, "auth0");
  await window.page.locator('[data-trouble="clear"]').click();
  await showTab(window, "workspace");
  await right.sees("Done");
});

it.test("a lost answer is Checking until Auth0 has shown the change, then Done, and is not sent twice", async () => {
  const { window, left, right } = await peopleAtWork();
  await left.say("/reset-password john.doe@example.com");
  const card = await right.sees("john.doe@example.com");
  const sent = async () => (await it.demo.auth0()).calls.filter((call) => call.body?.includes('"password":')).length;
  const before = await sent();
  await makeTrouble(window, "auth0", "auth0_lost_answer");
  await right.press(card, "request.approve", "Approve reset");
  await card.getByText("Checking").waitFor();
  await card.getByText("Done").waitFor();
  assert.equal((await sent()) - before, 1, "the password was not sent exactly once");
});

it.test("a bot that is killed with a request open goes on with it, and meanwhile Slack says that the app did not answer",
  async () => {
    const { window, left, right } = await peopleAtWork();
    await left.say("/reset-password grace.hopper@example.com");
    await right.sees("grace.hopper@example.com");
    const { starts } = (await it.demo.ledger()).process;
    await showTab(window, "ledger");
    await window.page.locator('[data-trouble="bot_kill"]').click();
    await showTab(window, "workspace");
    await left.say("/reset-password alan.turing+billing@example.com");
    await left.notice("reset-password").waitFor();
    await until("the bot is back", async () => {
      const { process, ready } = await it.demo.ledger();
      return process.starts === starts + 1 && ready.status === 200;
    });
    await right.press(await right.sees("grace.hopper@example.com"), "request.approve", "Approve reset");
    await (await right.sees("grace.hopper@example.com")).getByText("Done").waitFor();
  });
