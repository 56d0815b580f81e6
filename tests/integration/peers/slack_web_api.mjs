// Drives Slack's official Web API client against the Slack stand-in: `node slack_web_api.mjs PATH/TO/slack_peer_host`.
// Prints one line a check; exits 1 when one fails.
import { WebClient } from "@slack/web-api";
import { startHost } from "./start_host.mjs";

const host = await startHost(process.argv[2]);
const { token, user, channel, group: usergroup } = host;
const slackApiUrl = `${host.url}/api/`;
const email = "grace@example.com";

const once = { slackApiUrl, retryConfig: { retries: 0 } };
const slack = new WebClient(token, once);
let failures = 0;

function expect(condition, what) {
  if (!condition) throw new Error(what);
}

async function check(name, work) {
  try {
    await work();
    console.log(`ok ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED ${name}: ${error?.data?.error ?? error?.message ?? error}`);
  }
}

// The client throws an error that carries Slack's code.
async function refused(work, code) {
  try {
    await work();
  } catch (error) {
    expect(error.data?.error === code, `expected ${code}, found ${error.data?.error ?? error.message}`);
    return error;
  }
  throw new Error(`expected ${code}, but it succeeded`);
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const button = { type: "button", action_id: "approve", value: "1", text: { type: "plain_text", text: "Approve" } };
const blocks = [
  { type: "section", text: { type: "mrkdwn", text: "*Reset* for <@U061F7AUR>" } },
  { type: "actions", block_id: "decide", elements: [button] },
];
const metadata = { event_type: "access_desk_audit", event_payload: { id: "7f3a2c" } };
const view = (text) => ({ type: "home", blocks: [{ type: "section", text: { type: "mrkdwn", text } }] });
let ts;

await check("auth.test names the bot", async () => {
  const answer = await slack.auth.test();
  expect(answer.user_id && answer.bot_id && answer.team_id, "ids are missing");
  expect(answer.response_metadata?.scopes?.includes("chat:write"), "x-oauth-scopes is not understood");
});
await check("a wrong token is invalid_auth", () => refused(() => new WebClient("xoxb-wrong", once).auth.test(), "invalid_auth"));
await check("an unknown method is unknown_method", () => refused(() => slack.apiCall("chat.postEverything"), "unknown_method"));
await check("chat.postMessage takes blocks and metadata as the client encodes them", async () => {
  const answer = await slack.chat.postMessage({ channel, text: "Reset", blocks, metadata });
  expect(answer.message.blocks.length === 2, "the blocks are not there");
  ts = answer.ts;
});
await check("invalid blocks name their place", async () => {
  const wrong = [{ type: "header", text: { type: "mrkdwn", text: "x" } }];
  const error = await refused(() => slack.chat.postMessage({ channel, text: "x", blocks: wrong }), "invalid_blocks");
  expect(error.data.response_metadata.messages[0].includes("json-pointer:/blocks/0"), "no JSON pointer");
});
await check("a message must say something", () => refused(() => slack.chat.postMessage({ channel, text: "" }), "no_text"));
await check("chat.update with a text alone drops the blocks", async () => {
  const answer = await slack.chat.update({ channel, ts, text: "Done" });
  expect(!answer.message.blocks?.length, "the blocks are still there");
});
await check("an unknown message cannot be updated", () =>
  refused(() => slack.chat.update({ channel, ts: "1.000001", text: "x" }), "message_not_found"));
await check("conversations.history finds the message by its metadata", async () => {
  const answer = await slack.conversations.history({ channel, include_all_metadata: true, limit: 50 });
  expect(answer.messages.some((each) => each.metadata?.event_payload?.id === "7f3a2c"), "it is not there");
});
await check("conversations.history hides the payload unless asked", async () => {
  const answer = await slack.conversations.history({ channel, limit: 50 });
  const found = answer.messages.find((each) => each.metadata);
  expect(found && !found.metadata.event_payload, "the payload is shown");
});
await check("the client pages through conversations.members", async () => {
  const members = [];
  for await (const page of slack.paginate("conversations.members", { channel, limit: 1 })) members.push(...page.members);
  expect(members.length >= 2 && members.includes(user), `only ${members}`);
});
await check("conversations.info and join", async () => {
  expect((await slack.conversations.info({ channel })).channel.is_private === true, "not private");
  await refused(() => slack.conversations.join({ channel }), "method_not_supported_for_channel_type");
});
await check("conversations.open gives the same direct conversation twice", async () => {
  const first = await slack.conversations.open({ users: user });
  const second = await slack.conversations.open({ users: user });
  expect(first.channel.id === second.channel.id && second.already_open, "two conversations");
  await slack.chat.postMessage({ channel: first.channel.id, text: "Done" });
});
await check("chat.postEphemeral, and its ts cannot be updated", async () => {
  const answer = await slack.chat.postEphemeral({ channel, user, text: "psst" });
  await refused(() => slack.chat.update({ channel, ts: answer.message_ts, text: "x" }), "message_not_found");
});
await check("users.info and users.lookupByEmail agree", async () => {
  const byId = await slack.users.info({ user });
  const byEmail = await slack.users.lookupByEmail({ email });
  expect(byId.user.id === byEmail.user.id && byId.user.profile.email === email, "they differ");
  await refused(() => slack.users.info({ user: "U0NOBODY" }), "user_not_found");
});
await check("usergroups.list and usergroups.users.list", async () => {
  const groups = await slack.usergroups.list({ include_users: true });
  const members = await slack.usergroups.users.list({ usergroup });
  const group = groups.usergroups.find((each) => each.id === usergroup);
  expect(JSON.stringify(group?.users) === JSON.stringify(members.users), "they differ");
});
await check("views.publish with an old hash conflicts", async () => {
  const first = await slack.views.publish({ user_id: user, view: view("one") });
  await slack.views.publish({ user_id: user, view: view("two"), hash: first.view.hash });
  await refused(() => slack.views.publish({ user_id: user, view: view("three"), hash: first.view.hash }), "hash_conflict");
});
await check("an invalid trigger is refused", () => {
  const modal = { type: "modal", title: { type: "plain_text", text: "Reset" }, blocks: [] };
  return refused(() => slack.views.open({ trigger_id: "1.2.abc", view: modal }), "invalid_trigger_id");
});
await check("a trigger opens one modal, which can be updated", async () => {
    const trigger_id = await (await fetch(`${host.url}/control/trigger`)).text();
    const modal = { type: "modal", title: { type: "plain_text", text: "Reset" }, blocks };
    const opened = await slack.views.open({ trigger_id, view: modal });
    await slack.views.update({ view_id: opened.view.id, hash: opened.view.hash, view: modal });
    await refused(() => slack.views.open({ trigger_id, view: modal }), "exchanged_trigger_id");
  });
await check("too many messages to a channel are rate limited, and the client reads Retry-After", async () => {
  await pause(3000);
  const impatient = new WebClient(token, { ...once, rejectRateLimitedCalls: true });
  const post = (n) => impatient.chat.postMessage({ channel, text: `${n}` });
  const posts = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(post));
  const limited = posts.filter((each) => each.status === "rejected").map((each) => each.reason);
  expect(posts.some((each) => each.status === "fulfilled"), "none went through");
  expect(limited.length > 0 && limited.every((each) => each.retryAfter >= 1), "no Retry-After");
});
await check("the patient client waits and gets through", async () => {
  const patient = new WebClient(token, { slackApiUrl, retryConfig: { retries: 3 } });
  await patient.chat.postMessage({ channel, text: "at last" });
});
await check("chat.delete", async () => {
  await slack.chat.delete({ channel, ts });
  await refused(() => slack.chat.delete({ channel, ts }), "message_not_found");
});

host.stop();
process.exit(failures ? 1 : 0);
