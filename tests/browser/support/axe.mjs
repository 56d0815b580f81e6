// axe-core's judgement of what a window shows now.
import assert from "node:assert/strict";

import { axeSource } from "./packages.mjs";

// Everything that axe knows for certain, WCAG 2.2 AA and its best practices.
export async function checkAccess(window, what) {
  const { page } = window;
  await window.check();
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const options = { resultTypes: ["violations"], preload: false };
  const { violations } = await page.evaluate((given) => globalThis.axe.run(document, given), options);
  // axe-core tries inline styles, which the page's policy refuses aloud.
  window.complaints.length = 0;
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target}: ${failureSummary}`));
  assert.equal(found.join("\n"), "", `${what}: axe-core found violations`);
}
