// A browser that reaches nothing but this machine, and windows that remember what went wrong in them.
import assert from "node:assert/strict";

import { patience } from "./deadline.mjs";
import { chromium } from "./packages.mjs";

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-domain-reliability",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--force-color-profile=srgb", "--font-render-hinting=none",
];

// Playwright gives each start an empty folder of its own for the user's data.
export function startBrowser() {
  return chromium.launch({ executablePath: process.env.COUNTERSIGN_CHROMIUM, headless: true, args: flags });
}

// A window of its own, as of a different user of the machine. `url` is the demo's.
export async function openWindow(browser, url, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 850 }, locale: "en-US", timezoneId: "UTC", reducedMotion: "reduce", ...options,
  });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  return new Window(context, page, url);
}

export class Window {
  constructor(context, page, url) {
    this.context = context;
    this.page = page;
    this.url = url;
    this.complaints = [];
    this.strangers = [];
    this.expected = [];
    context.on("request", (request) => this.#look(request));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.#complain(message.text());
    });
    page.on("pageerror", (error) => this.#complain(error.stack ?? String(error)));
  }

  // An error in the console that the test brings about on purpose.
  expect(pattern) { this.expected.push(pattern); }

  // "?..." or "#..." after the demo's address.
  async open(rest = "") {
    await this.page.goto(new URL(rest, this.url).href, { waitUntil: "load" });
  }

  #look(request) {
    const asked = new URL(request.url());
    if (asked.protocol !== "data:" && asked.origin !== new URL(this.url).origin) this.strangers.push(asked.href);
  }

  #complain(words) {
    if (!this.expected.some((pattern) => pattern.test(words))) this.complaints.push(words);
  }

  // Fails when the page asked anybody else, or complained in the console (a CSP violation is such a complaint).
  async check() {
    assert.equal(this.strangers.join("\n"), "", "the page asked other hosts");
    assert.equal(this.complaints.join("\n"), "", "the console has complaints");
  }

  close() { return this.context.close(); }
}
