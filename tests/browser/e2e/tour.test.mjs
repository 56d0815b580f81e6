// The guided tour.
import assert from "node:assert/strict";

import { until } from "../support/deadline.mjs";
import { scene } from "../support/scene.mjs";

const it = scene();
const steps_max = 60;

const tour = (page) => page.locator("[data-tour]");
const button = (page, name) => tour(page).getByRole("button", { name });

it.test("the tour comes to its end by letting it do everything, and every step of it happens", async () => {
  const window = await it.window();
  const { page } = window;
  await window.open("/?tour");
  await tour(page).waitFor();
  const seen = [];
  for (let step = 0; step < steps_max && (await tour(page).isVisible()); ++step) {
    const now = await tour(page).innerText();
    assert.ok(!seen.includes(now), `the tour stands still at: ${now}`);
    seen.push(now);
    const does = button(page, "Do it for me");
    if (await does.isVisible() && await does.isEnabled()) await does.click();
    else await button(page, /^(Next|Finish|Done|End)/).click();
    await until("the tour goes on", async () =>
      !(await tour(page).isVisible()) || (await tour(page).innerText()) !== now);
  }
  assert.equal(await tour(page).isVisible(), false, `the tour has no end: ${seen.length} steps`);
  const { requests } = await it.demo.ledger();
  assert.ok(requests.some((request) => request.state === "changed"), "nothing was reset");
  assert.ok(seen.length >= 8, `only ${seen.length} steps`);
});

it.test("the tour can be skipped, and is not shown again in that browser", async () => {
  const window = await it.window();
  const { page } = window;
  await window.open("/");
  await button(page, "Skip the tour").click();
  await tour(page).waitFor({ state: "detached" });
  await window.open("/");
  await page.locator("[data-pane]").first().waitFor();
  assert.equal(await tour(page).count(), 0);
});
