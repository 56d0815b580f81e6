// What holds for the page as a whole: where it comes from, what it weighs, what it never says.
import assert from "node:assert/strict";

import { people } from "../support/demo.mjs";
import { enter, showTab } from "../support/pane.mjs";
import { scene } from "../support/scene.mjs";

const it = scene();
const first_load_bytes_max = 600_000;

it.test("the first load weighs little and asks nobody but the demo", async (t) => {
  const window = await it.window();
  const session = await window.context.newCDPSession(window.page);
  await session.send("Network.enable");
  let bytes = 0;
  let files = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => { bytes += encodedDataLength; files += 1; });
  await enter(window);
  t.diagnostic(`page weight: ${bytes} bytes in ${files} answers`);
  assert.ok(bytes > 0 && bytes < first_load_bytes_max, `${bytes} bytes`);
});

it.test("no answer lets the page run what was not shipped with it, or others read or frame it", async () => {
  for (const path of ["/", "/page/app.js", "/page/api/workspace"]) {
    const { headers } = await fetch(new URL(path, it.demo.url));
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/, path);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.equal(headers.get("access-control-allow-origin"), null, path);
  }
});

it.test("another web page can neither act here nor read by a name that it points at this machine", async () => {
  const act = { as: people.lead, do: "say", channel: "C0HELPDESK", text: "hello" };
  const foreign = await fetch(new URL("/page/api/act", it.demo.url), {
    method: "POST", headers: { "content-type": "application/json", origin: "http://evil.example" },
    body: JSON.stringify(act),
  });
  assert.equal(foreign.status, 403);
  const form = await fetch(new URL("/page/api/act", it.demo.url), {
    method: "POST", headers: { "content-type": "text/plain" }, body: JSON.stringify(act),
  });
  assert.equal(form.status, 403);
});

it.test("the page can be read in a narrow window without scrolling sideways", async () => {
  const window = await it.window({ viewport: { width: 400, height: 800 } });
  await enter(window);
  for (const tab of ["workspace", "auth0", "ledger"]) {
    await showTab(window, tab);
    const over = await window.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${tab} is ${over} pixels wider than the window`);
  }
});

it.test("a person's name or message cannot become markup", async () => {
  const window = await it.window();
  const [left] = await enter(window);
  await left.become(people.agent);
  await left.go("helpdesk");
  await left.say('<img src=x onerror="document.title=1"> <b>bold</b> &amp;');
  const message = await left.sees("<b>bold</b> &amp;");
  assert.equal(await message.locator("img[src=x], b").count(), 0);
});
