// axe-core's judgement of what a window shows now.
import assert from "node:assert/strict";

import { axeSource } from "./packages.mjs";

// Everything that axe knows for certain, WCAG 2.2 AA and its best practices.
export async function checkAccess(window, what) {
  const { page } = window;
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target}: ${failureSummary}`));
  assert.deepEqual(found, [], `${what}: axe-core found violations`);
}
