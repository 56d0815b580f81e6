// The page with every block and element, /?gallery: that Slack would take it, that everybody can use it, that hostile
// texts do nothing in it.
import assert from "node:assert/strict";

import { gallery } from "../../demo/page/web/slack/gallery.js";
import { checkAccess } from "../support/axe.mjs";
import { scene } from "../support/scene.mjs";

const it = scene();

async function open(options) {
  const window = await it.window(options);
  await window.open("?gallery");
  await window.page.locator("[data-sample]").last().waitFor();
  return window;
}

it.test("the strict stand-in takes every sample, so the gallery shows nothing that Slack would not", async () => {
  const sent = gallery.flatMap(({ title, surface, blocks, view, below = [], message }) => [
    ...(blocks ? [{ title, surface, blocks }] : []),
    ...[view, ...below].filter(Boolean).map((each) => ({ title, surface, view: each })),
    ...(message?.attachments ?? []).filter(({ blocks: inside }) => inside).map(({ blocks: inside }) => (
      { title, surface, blocks: inside })),
  ]);
  assert.ok(sent.length >= gallery.length - 2);
  for (const { title, ...what } of sent) {
    const answer = await fetch(new URL("/page/api/preview", it.demo.url), {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(what),
    });
    const { ok, errors } = await answer.json();
    assert.ok(ok, `${title}: ${errors}`);
  }
});

it.test("axe-core finds nothing wrong with any block or element, in light and in dark", async () => {
  for (const colorScheme of ["light", "dark"]) await checkAccess(await open({ colorScheme }), `gallery, ${colorScheme}`);
});

it.test("hostile texts become no element, run nothing, load nothing and widen nothing", async () => {
  const window = await open({ viewport: { width: 400, height: 800 } });
  const { page } = window;
  assert.equal(await page.locator(".sk-pane :is(script, iframe, object, img)").count(), 0);
  assert.equal(await page.locator('.sk-pane a:not([href^="http"], [href^="mailto:"])').count(), 0);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${over} pixels too wide`);
});
