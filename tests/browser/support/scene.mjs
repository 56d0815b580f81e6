// What a file of tests shares: one demo and one browser, started before the first test and ended after the last.
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";

import { openWindow, startBrowser } from "./browser.mjs";
import { startDemo } from "./demo.mjs";

class Scene {
  #windows = [];

  async start() {
    [this.demo, this.browser] = await Promise.all([startDemo(), startBrowser()]);
  }

  // A new window that is checked and closed after the test.
  async window(options) {
    const window = await openWindow(this.browser, this.demo.url, options);
    this.#windows.push(window);
    return window;
  }

  async closeWindows() {
    const all = this.#windows.splice(0);
    for (const window of all) await window.close();
  }

  async stop() {
    await this.browser?.close();
    if (this.demo) assert.equal(await this.demo.stop(), 0, "the demo does not end cleanly");
  }
}

export function scene() {
  const it = new Scene();
  before(() => it.start());
  afterEach(() => it.closeWindows());
  after(() => it.stop());
  return it;
}
