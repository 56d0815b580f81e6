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

// A page that is closed takes the answers that it still waited for with it.
const bodyOf = (response) => response.text().catch(() => "");

// What the procedure's standard format makes of each customer's names.
async function standardPasswords(url) {
  const { users } = await (await fetch(new URL("/page/api/auth0", url))).json();
  return users.filter((user) => user.given_name && user.family_name)
    .map(({ given_name: given, family_name: family }) => `$${given}!${family}$!`);
}

// The one view that may hold a password, and the one dialog that draws it.
const handover = { callback: "handover.view", dialog: "Password, for you alone" };

// What the page was told, without the views that hand a password over.
function withoutHandover(answer) {
  if (!answer.includes(handover.callback)) return answer;
  const told = JSON.parse(answer);
  if (told.modals) told.modals = told.modals.filter((view) => view.callback_id !== handover.callback);
  return JSON.stringify(told);
}

// What the page draws, without the dialog that hands a password over.
function drawnWithoutHandover(page) {
  return page.evaluate((title) => {
    const drawn = document.documentElement.cloneNode(true);
    for (const dialog of drawn.querySelectorAll('[role="dialog"]'))
      if (dialog.textContent.includes(title)) dialog.remove();
    return drawn.outerHTML;
  }, handover.dialog);
}

function around(text, part) {
  const at = text.indexOf(part);
  return text.slice(Math.max(0, at - 80), at + part.length + 40);
}

export class Window {
  constructor(context, page, url) {
    this.context = context;
    this.page = page;
    this.url = url;
    this.complaints = [];
    this.strangers = [];
    this.expected = [];
    this.answers = [];
    context.on("request", (request) => this.#look(request));
    context.on("response", (response) => {
      if (new URL(response.url()).pathname.startsWith("/page/api/")) this.answers.push(bodyOf(response));
    });
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

  // Fails when the page asked anybody else, complained in the console (a CSP violation is such a complaint), or was
  // told a customer's password in anything but the window that hands it over.
  async check() {
    assert.equal(this.strangers.join("\n"), "", "the page asked other hosts");
    assert.equal(this.complaints.join("\n"), "", "the console has complaints");
    const told = [await drawnWithoutHandover(this.page), ...(await Promise.all(this.answers)).map(withoutHandover)].join("\n");
    for (const password of await standardPasswords(this.url))
      assert.ok(!told.includes(password), `a password was told: ...${around(told, password)}...`);
  }

  close() { return this.context.close(); }
}
