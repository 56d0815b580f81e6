// What people meet beyond a card and its end: forms, the hand-over, the freeze, the Home, the help. As in views.mjs.
import { until } from "./deadline.mjs";
import { people } from "./demo.mjs";
import { Pane } from "./pane.mjs";

const helpdesk = "C0HELPDESK";

async function act(demo, as, what) {
  const answer = await demo.post("/page/api/act", { as, ...what });
  if (!answer.ok) throw new Error(`${what.do}: ${answer.error}`);
}

const command = (as, text) => async (demo) => {
  const space = text.indexOf(" ");
  const parts = space < 0 ? { command: text, text: "" } : { command: text.slice(0, space), text: text.slice(space + 1) };
  await act(demo, as, { do: "command", channel: helpdesk, ...parts });
};

// A modal stays where it is until it is closed, whoever looks: the second window finds it open.
async function inModal(window, side, title, open) {
  const pane = new Pane(window, side);
  const dialog = pane.dialog(title);
  await window.page.locator("[data-pane]").first().waitFor();
  if (!(await dialog.waitFor({ timeout: 1000 }).then(() => true, () => false))) await open(pane);
  await dialog.waitFor();
}

const tall = { viewport: { width: 1360, height: 1200 } };

// `at` makes the address of a window, `approved` plays a reset to its end.
export function peopleViews({ at, approved, asked }) {
  const opening = (places, side, title, open) => async (window) => {
    await window.open(at(places));
    await inModal(window, side, title, open);
  };
  return {
    form: {
      words: "the form to ask with", happen: command(people.agent, "/reset-password"), window: tall,
      show: opening({}, "left", "Reset a password", (pane) => pane.say("/reset-password ")),
    },
    choosing: {
      words: "the choice among accounts", happen: command(people.agent, "/reset-password max.planck@example.com"), window: tall,
      show: opening({}, "left", "Reset a password", async (pane) =>
        pane.press(await pane.sees("max.planck@example.com"), "request.complete")),
    },
    denying: {
      words: "the form that asks why", happen: asked,
      show: opening({}, "right", "Deny this request?", async (pane) => pane.press(await pane.sees("Waiting"), "request.deny")),
    },
    details: {
      words: "the details of a request", happen: asked, window: tall,
      show: opening({}, "right", "Request details", async (pane) => pane.press(await pane.sees("Waiting"), "request.details")),
    },
    handover: {
      words: "the password, shown once", happen: approved, picture: true,
      show: opening({ left_at: "dm" }, "left", "Password, for you alone", async (pane) =>
        pane.press(await pane.sees("Show password once"), "handover.show")),
    },
    freeze: {
      words: "the freeze, told to all", happen: command(people.lead, "/password-freeze somebody calls as our customers"),
      show: async (window) => {
        await window.open(at({}));
        await new Pane(window, "right").sees("somebody calls as our customers");
      },
    },
    homes: {
      words: "the Home of an agent and of a team lead", happen: asked, window: tall,
      show: async (window) => {
        await window.open(at({}));
        for (const [side, words] of [["left", "Your requests"], ["right", "Waiting for a team lead"]]) {
          const pane = new Pane(window, side);
          await pane.go("home");
          await pane.root.getByText(words).first().waitFor();
        }
      },
    },
    help: {
      words: "the help", happen: command(people.agent, "/password-help"),
      show: async (window) => {
        await window.open(at({}));
        await until("the help is there", async () => /How it goes/.test(await window.page.locator("body").innerText()));
      },
    },
  };
}
