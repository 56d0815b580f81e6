// Two team leads in two windows press at the same moment.
import assert from "node:assert/strict";

import { until } from "../support/deadline.mjs";
import { people } from "../support/demo.mjs";
import { enter } from "../support/pane.mjs";
import { scene } from "../support/scene.mjs";

const it = scene();

async function leadAtTheCard(person, email) {
  const [pane] = await enter(await it.window());
  await pane.become(person);
  await pane.go("password-approvals");
  const card = await pane.sees(email);
  await card.locator('[data-action="request.approve"]').click();
  const confirm = pane.page.getByRole("dialog").getByRole("button", { name: "Approve reset", exact: true });
  await confirm.waitFor();
  return { pane, confirm };
}

it.test("of two approvals pressed at the same moment one decides, and the other is told by whom", async () => {
  const email = "ada.lovelace@example.com";
  const [agent] = await enter(await it.window());
  await agent.become(people.agent);
  await agent.go("helpdesk");
  await agent.say(`/reset-password ${email}`);
  await agent.sees("A team lead is asked");

  const first = await leadAtTheCard(people.lead, email);
  const second = await leadAtTheCard(people.second, email);
  // Nearer to each other than a driver's clicks come: each window presses when the clock they share says so.
  const moment = Date.now() + 500;
  await Promise.all([first, second].map(({ confirm }) => confirm.evaluate((button, at) => new Promise((pressed) => {
    setTimeout(() => pressed(button.click()), at - Date.now());
  }), moment)));
  await Promise.all([first.pane.sees("Done"), second.pane.sees("Done")]);

  const late = await until("one of them is told", async () => {
    const told = [];
    for (const { pane } of [first, second]) told.push(await pane.messages("Your click changed nothing").count());
    return told[0] + told[1] > 0 && told;
  });
  assert.deepEqual([...late].sort(), [0, 1], "not exactly one was told that it came too late");
  const { calls } = await it.demo.auth0();
  assert.equal(calls.filter((call) => call.method === "PATCH" && call.fields.includes("password")).length, 1, "the password was not changed exactly once");
  const winner = late[0] === 0 ? "Team lead" : "Second team lead";
  const loser = late[0] === 0 ? second.pane : first.pane;
  await (await loser.sees("Your click changed nothing")).getByText(`@${winner}`, { exact: true }).waitFor();
});
