// Every view of the page by name: how it comes about. Whoever builds one looks at it, axe-core judges it, and the
// README's pictures are made of some.
//   words     what is seen
//   happen    what happened in the demo before (by the page's own interface, without a browser)
//   show      brings a window there
//   part      what to draw of it; the window when there is none
//   whole     draw what is below the window's edge, too
//   window    options of the window
//   picture   it is one of the README's
import { until } from "./deadline.mjs";
import { people } from "./demo.mjs";
import { peopleViews } from "./people_views.mjs";

const helpdesk = "C0HELPDESK";
const approvals = "C0APPROVAL";
const email = "ada.lovelace@example.com";

async function act(demo, as, what) {
  const answer = await demo.post("/page/api/act", { as, ...what });
  if (!answer.ok) throw new Error(`${what.do}: ${answer.error}`);
}

async function settled(demo, state) {
  await until(`the request is ${state}`, async () => (await demo.request(email))?.state === state);
}

// A request waits for its decision.
async function asked(demo) {
  const state = async () => (await demo.request(email))?.state;
  const underway = ["looking_up", "approved", "executing", "checking"];
  await until("nothing is under way", async () => !underway.includes(await state()));
  if ((await state()) === "pending") return;
  const text = `${email} locked out after holiday`;
  await act(demo, people.agent, { do: "command", channel: helpdesk, command: "/reset-password", text });
  await settled(demo, "pending");
  await until("the card is there", () => card(demo));
}

// The card of the newest request, with its buttons.
async function card(demo) {
  const { id } = await demo.request(email);
  const { channels } = await demo.person(people.lead);
  const { messages } = channels.find((channel) => channel.id === approvals);
  return messages.find(({ blocks }) => [id, "request.approve"].every((part) => JSON.stringify(blocks).includes(part)));
}

async function press(demo, as, action_id) {
  await act(demo, as, { do: "press", channel: approvals, ts: (await card(demo)).ts, action_id });
}

async function approved(demo) {
  await asked(demo);
  await press(demo, people.lead, "request.approve");
  await settled(demo, "changed");
  // Reminders, and what ends a request or a hand-over, wait for their time.
  const later = ["expire", "handover_expire", "remind", "escalate"];
  await until("the bot is at rest", async () =>
    (await demo.ledger()).jobs.every((job) => job.finished_at !== null || later.includes(job.kind)));
}

async function told_too_late(demo) {
  await approved(demo);
  await asked(demo);
  await press(demo, people.agent, "request.approve");
}

async function outage(demo) {
  await asked(demo);
  await demo.post("/page/api/trouble", { kind: "auth0_outage" });
  await press(demo, people.lead, "request.approve");
  await until("the bot has tried", async () => (await demo.ledger()).jobs.some((job) => job.attempts > 0));
}

// The address of a view: what is not named is as a visitor finds it who skipped the tour.
function at(more) {
  const all = { left: people.agent, left_at: "helpdesk", right: people.lead, right_at: "password-approvals", tour: "off" };
  return `/?${new URLSearchParams({ ...all, ...more })}`;
}

const workspace = (more) => async (window) => {
  await window.open(at({ tab: "workspace", ...more }));
  await window.page.locator("[data-pane]").first().waitFor();
};

const showing = (more, selector) => async (window) => {
  await window.open(at(more));
  await window.page.locator(selector).first().waitFor();
};

const approve = '[data-action="request.approve"]';

export const views = {
  empty: { words: "the workspace before anything happened", show: workspace({}) },
  workspace: {
    words: "a request, seen by the agent and by a team lead", happen: asked, show: showing({}, approve), picture: true,
  },
  card: {
    words: "the card that waits", happen: asked, show: showing({}, approve), part: `[data-message]:has(${approve})`,
  },
  confirm: {
    words: "the dialog that asks back", happen: asked,
    show: async (window) => {
      await showing({}, approve)(window);
      await window.page.locator(approve).click();
      await window.page.getByRole("dialog").waitFor();
    },
  },
  done: {
    words: "the outcome: card and direct message", happen: approved, show: workspace({ left_at: "dm" }),
  },
  audit: { words: "the audit channel", happen: approved, show: workspace({ right_at: "password-audit" }) },
  late: { words: "private answers in the approvals channel", happen: told_too_late, show: workspace({ left_at: "password-approvals" }) },
  typing: {
    words: "the commands that are offered while typing", show: async (window) => {
      await workspace({})(window);
      await window.page.locator('[data-pane="left"] [data-composer]').pressSequentially("/");
      await window.page.getByRole("listbox").waitFor();
    },
  },
  real: {
    words: "what is real here and what is not", show: async (window) => {
      await workspace({})(window);
      await window.page.getByText("What is real here?").click();
    },
  },
  home: { words: "the conversation with the app and its home", show: workspace({ left_at: "home", right_at: "dm" }) },
  ...peopleViews({ at, approved, asked }),
  auth0: { words: "the Auth0 tenant after a reset", happen: approved, show: showing({ tab: "auth0" }, "[data-trouble]"), picture: true },
  outage: { words: "the Auth0 tenant during an outage", happen: outage, show: showing({ tab: "auth0" }, "[data-trouble]") },
  ledger: {
    words: "the bot's ledger after a reset", happen: approved, show: showing({ tab: "ledger" }, "main"), picture: true,
  },
  tour: { words: "the tour's first step", show: showing({ tour: "1" }, "[data-tour]") },
  preview: { words: "the page on which blocks are tried", show: showing({ preview: "" }, "main") },
  gallery: {
    words: "all of Block Kit that is drawn", show: async (window) => {
      await window.open("/?gallery");
      await window.page.locator("[data-sample]").first().waitFor();
    }, whole: true,
  },
  modal: {
    words: "a modal on the page on which blocks are tried", show: async (window) => {
      await views.preview.show(window);
      await window.page.getByRole("button", { name: "Modal", exact: true }).click();
      await window.page.getByRole("dialog").waitFor();
    },
  },
  narrow: { words: "the workspace in a narrow window", happen: asked, show: workspace({}), window: { viewport: { width: 420, height: 860 } } },
};

// A picture of the view into `file`.
export async function draw(window, view, file) {
  await window.page.evaluate(() => document.fonts.ready);
  const options = { path: file, animations: "disabled", caret: "hide" };
  if (view.part) await window.page.locator(view.part).first().screenshot(options);
  else await window.page.screenshot({ ...options, fullPage: view.whole === true });
}
