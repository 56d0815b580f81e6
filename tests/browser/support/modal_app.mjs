#!/usr/bin/env node
// An app that answers /reset-password with modals: what the page shows of them is tried with it in the bot's place.
//   countersign-demo --bot modal_app.mjs      (started as: modal_app.mjs serve --config FILE)
// What is typed after the command chooses what is done with the form when it comes back; see `answers`.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";

const file = process.argv[process.argv.indexOf("--config") + 1];
const config = readFileSync(file, "utf8");
const setting = (name) => config.match(new RegExp(`^${name} = "(.*)"$`, "m"))[1];
const token = readFileSync(join(dirname(file), setting("bot_token_file")), "utf8").trim();

const plain = (text) => ({ type: "plain_text", text });
const mrkdwn = (text) => ({ type: "mrkdwn", text });

function form(purpose) {
  return {
    type: "modal", callback_id: "form", private_metadata: purpose, notify_on_close: true,
    title: plain("Reset a password"), submit: plain("Ask a team lead"), close: plain("Cancel"),
    blocks: [
      { type: "section", block_id: "words", text: mrkdwn(`This form will *${purpose}*.`) },
      {
        type: "actions", block_id: "more",
        elements: [{ type: "button", action_id: "look_up", text: plain("Look the account up") }],
      },
      {
        type: "input", block_id: "email", label: plain("E-mail address"),
        element: { type: "email_text_input", action_id: "value" },
      },
    ],
  };
}

function notice(title, words) {
  return {
    type: "modal", title: plain(title), close: plain("Close"),
    blocks: [{ type: "section", block_id: "said", text: mrkdwn(words) }],
  };
}

const typed = (view) => view.state.values.email?.value?.value;

const answers = {
  refuse: (view) => ({ response_action: "errors", errors: { email: `Nobody has the address ${typed(view)}.` } }),
  turn: (view) => ({ response_action: "update", view: notice("Asked", `A team lead is asked about ${typed(view)}.`) }),
  stack: () => ({ response_action: "push", view: notice("Are you sure?", "This lies over the form.") }),
  end: () => ({ response_action: "clear" }),
};

async function call(method, body) {
  const answer = await fetch(setting("api_url") + method, {
    method: "POST", body: JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json; charset=utf-8" },
  });
  const said = await answer.json();
  if (!said.ok) console.error(method, said);
  return said;
}

// "load": a form is there at once with a word that it loads, and is filled in then.
async function open(trigger_id, purpose) {
  if (purpose !== "load") return call("views.open", { trigger_id, view: form(purpose) });
  const { view } = await call("views.open", { trigger_id, view: notice("One moment", "Loading…") });
  return call("views.update", { view_id: view.id, view: form("turn") });
}

async function write(users, text) {
  const { channel } = await call("conversations.open", { users });
  await call("chat.postMessage", { channel: channel.id, text });
}

async function interact(payload) {
  const { type, view, user } = payload;
  if (type === "view_submission") return answers[view.private_metadata](view);
  if (type === "view_closed") await write(user.id, "You closed the form.");
  if (type === "block_actions") {
    const found = form(view.private_metadata);
    found.blocks[0].text = mrkdwn("Found *Ada Lovelace*.");
    await call("views.update", { view_id: view.id, hash: view.hash, view: found });
  }
  return undefined;
}

async function handle(request, body) {
  if (request.url === "/readyz") return { ready: true };
  const fields = new URLSearchParams(body);
  if (request.url === "/slack/interactions") return interact(JSON.parse(fields.get("payload")));
  if (request.url === "/slack/commands") void open(fields.get("trigger_id"), fields.get("text"));
  return undefined;
}

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => { body += part; });
  request.on("end", async () => {
    const said = await handle(request, body);
    response.writeHead(200, said ? { "content-type": "application/json" } : {});
    response.end(said ? JSON.stringify(said) : "");
  });
});
const [host, port] = setting("listen").split(":");
server.listen(Number(port), host);
process.on("SIGTERM", () => process.exit(0));
