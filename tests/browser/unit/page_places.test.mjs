// Where one is, what stands in a list of messages, and what is offered while one types.
import assert from "node:assert/strict";
import test from "node:test";

import { channel_at, channels_of, conversation_of, place_for } from "../../demo/page/web/panes/places.js";
import { as_command, command_of, suggestions } from "../../demo/page/web/panes/suggestions.js";
import { timeline } from "../../demo/page/web/panes/timeline.js";

const noon = new Date(2026, 10, 24, 12).getTime() / 1000;
const message = (seconds, user, more = {}) => ({ ts: `${noon + seconds}.000100`, user, is_ephemeral: false, ...more });
const drawn = (messages, first_new) =>
  timeline(messages, first_new).map((entry) =>
    entry.kind === "message"
      ? `${entry.message.user}${entry.is_reply ? " replies" : ""}${entry.follows ? " follows" : ""}`
      : entry.kind,
  );

test("messages of one author within five minutes stand together, cards and private lines by themselves", () => {
  assert.deepEqual(drawn([message(0, "a"), message(10, "a"), message(20, "b"), message(30, "a")]), [
    "day",
    "a",
    "a follows",
    "b",
    "a",
  ]);
  assert.deepEqual(drawn([message(0, "a"), message(301, "a")]), ["day", "a", "a"]);
  assert.deepEqual(drawn([message(0, "a"), message(10, "a", { blocks: [{}] })]), ["day", "a", "a"]);
  assert.deepEqual(drawn([message(0, "a"), message(10, "a", { is_ephemeral: true })]), ["day", "a", "a"]);
});

test("another day is said once, and before its first message", () => {
  assert.deepEqual(drawn([message(0, "a"), message(24 * 3600, "a"), message(24 * 3600 + 5, "a")]), [
    "day",
    "a",
    "day",
    "a",
    "a follows",
  ]);
});

test("a reply stands below what it answers, and one whose root is gone by its time", () => {
  const root = message(0, "a");
  const later = message(400, "b");
  const reply = message(500, "c", { thread_ts: root.ts });
  assert.deepEqual(drawn([root, later, reply]), ["day", "a", "c replies", "b"]);
  assert.deepEqual(drawn([later, reply]), ["day", "b", "c"]);
});

test("new is marked between what was read and what was not, never above everything", () => {
  const [first, second] = [message(0, "a"), message(10, "a")];
  assert.deepEqual(drawn([first, second], second.ts), ["day", "a", "new", "a"]);
  assert.deepEqual(drawn([first, second], first.ts), ["day", "a", "a follows"]);
});

const workspace = {
  app: { bot_user_id: "UBOT" },
  commands: [
    { command: "/reset-password", usage_hint: "email [reason]", description: "" },
    { command: "/audit", usage_hint: "", description: "" },
  ],
  shortcuts: [
    { type: "global", callback_id: "ask", name: "Ask for a reset", description: "" },
    { type: "message", callback_id: "m", name: "Ask", description: "" },
  ],
  examples: [
    { title: "An ordinary customer", email: "ada@example.com", says: "" },
    { title: "Nobody", email: "no@example.com", says: "" },
  ],
};
const keys = (text) => suggestions(workspace, text).items.map((item) => item.key);

test("a slash offers commands and global shortcuts, narrowed by what follows it", () => {
  assert.deepEqual(keys("/"), ["/reset-password", "/audit", "ask"]);
  assert.deepEqual(keys("/re"), ["/reset-password", "ask"]);
  assert.deepEqual(keys("/au"), ["/audit"]);
  assert.deepEqual(keys("hello /"), []);
  assert.equal(suggestions(workspace, "/").eager, true);
});

test("after a command that takes an address customers are offered, until there is one; Enter then still sends", () => {
  assert.deepEqual(keys("/reset-password "), ["ada@example.com", "no@example.com"]);
  assert.deepEqual(keys("/reset-password nob"), ["no@example.com"]);
  assert.deepEqual(keys("/reset-password someone@else.example locked"), []);
  assert.deepEqual(keys("/audit "), []);
  assert.equal(suggestions(workspace, "/reset-password ").eager, false);
});

test("what starts with one slash is a command, known or not; a path or a second slash is none", () => {
  assert.deepEqual(as_command(workspace, "/audit"), { command: "/audit", text: "", known: true });
  assert.deepEqual(as_command(workspace, "/reset-password  a@b.example  why\nso"), {
    command: "/reset-password",
    text: "a@b.example  why\nso",
    known: true,
  });
  assert.equal(as_command(workspace, "/nope x").known, false);
  for (const text of ["hello", " /audit", "//", "/ audit"]) assert.equal(as_command(workspace, text), null, text);
  assert.equal(command_of(workspace, "/audit x").command, "/audit");
  assert.equal(command_of(workspace, "/audit"), null);
});

const channel = (id, name, kind, more = {}) => ({ id, name, kind, messages: [], ...more });
const snapshot = {
  user: { id: "ME" },
  channels: [
    channel("C1", "helpdesk", "public"),
    channel("C2", "secret", "private"),
    channel("D1", "", "im", { with: "UBOT" }),
    channel("D2", "", "im", { with: "OTHER" }),
  ],
};

test("who cannot see a channel is put into one that they see, and nobody is led into another's conversation", () => {
  assert.deepEqual(
    channels_of(snapshot).map((each) => each.id),
    ["C1", "C2"],
  );
  assert.equal(conversation_of(snapshot, workspace).id, "D1");
  assert.equal(conversation_of({ ...snapshot, channels: [snapshot.channels[3]] }, workspace), null);
  assert.equal(channel_at(snapshot, workspace, "secret").id, "C2");
  assert.equal(channel_at(snapshot, workspace, "home"), null);
  assert.equal(place_for(snapshot, "secret"), "secret");
  assert.equal(place_for(snapshot, "gone"), "helpdesk");
  assert.equal(place_for({ ...snapshot, channels: [] }, "gone"), "dm");
  assert.equal(place_for(snapshot, "home"), "home");
});
