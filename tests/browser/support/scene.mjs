// What a file of tests shares: one demo and one browser, started before the first test and ended after the last.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { openWindow, startBrowser } from "./browser.mjs";
import { startDemo } from "./demo.mjs";
import { scratch } from "./packages.mjs";

const failures = join(scratch, "failed");

class Scene {
  #windows = [];

  async start(how) {
    [this.demo, this.browser] = await Promise.all([startDemo(how), startBrowser()]);
  }

  // A new window, for one test.
  async window(options) {
    const window = await openWindow(this.browser, this.demo.url, options);
    this.#windows.push(window);
    return window;
  }

  // A test whose windows are checked and closed after it. Of one that fails they are drawn first.
  test(name, play) {
    return test(name, async (context) => {
      try {
        await play(context);
        for (const window of this.#windows) await window.check();
      } catch (problem) {
        await this.#drawAll(name);
        throw problem;
      } finally {
        await this.demo.calm();
        for (const window of this.#windows.splice(0)) await window.close();
      }
    });
  }

  async #drawAll(name) {
    mkdirSync(failures, { recursive: true });
    let number = 0;
    for (const window of this.#windows) {
      const file = join(failures, `${name.replaceAll(/\W+/g, "-").slice(0, 60)}-${++number}.png`);
      const drawn = await window.page.screenshot({ path: file }).then(() => `drawn: ${file}`, String);
      console.log(`# ${drawn}`);
    }
  }

  async stop() {
    await this.browser?.close();
    if (this.demo) assert.equal(await this.demo.stop(), 0, "the demo does not end cleanly");
  }
}

// How the demo is started: see startDemo.
export function scene(how = {}) {
  const it = new Scene();
  before(() => it.start(how));
  after(() => it.stop());
  return it;
}
