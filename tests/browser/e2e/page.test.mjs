// What holds for the page as a whole: where it comes from, what it weighs, what it never says.
import assert from "node:assert/strict";
import { get } from "node:http";

import { openWindow } from "../support/browser.mjs";
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
  const { host, port } = new URL(it.demo.url);
  const read = (name) => new Promise((resolve, reject) => {
    get({ port, host: "127.0.0.1", path: "/page/api/auth0", headers: { host: name } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on("error", reject);
  });
  assert.equal(await read(host), 200);
  assert.equal(await read("evil.example"), 403);
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

it.test("who becomes somebody whom nobody watched sees what happened meanwhile", async () => {
  const window = await it.window();
  const [left, right] = await enter(window);
  await left.become(people.agent);
  await left.go("helpdesk");
  await right.become(people.second);
  await right.become(people.agent);
  await left.say("written while nobody looked");
  await left.sees("written while nobody looked");
  await right.become(people.second);
  await right.go("helpdesk");
  await right.sees("written while nobody looked");
});

it.test("a password on the page would be noticed", async () => {
  const window = await openWindow(it.browser, it.demo.url);
  const [left] = await enter(window);
  await left.go("helpdesk");
  await window.check();
  await left.say("it is $Ada!Lovelace$! now");
  await left.sees("it is");
  await assert.rejects(window.check(), /a password was told/);
  await window.close();
});
