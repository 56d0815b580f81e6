// deploy/auth0-actions/require-password-change.js, run as Auth0 runs it: with an event and an api object.
// Also runs with Node 18 (Debian 12).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

const root = process.env.COUNTERSIGN_ROOT;
assert.ok(root, "COUNTERSIGN_ROOT must name the repository: run tests/integration/peers/run.sh");

const { onExecutePostLogin } = createRequire(import.meta.url)(
  join(root, "deploy", "auth0-actions", "require-password-change.js"));
const cases = JSON.parse(readFileSync(join(root, "tests", "data", "auth0", "must_change_cases.json"), "utf8"));

// Runs the Action on a frozen event; what it called, in order. Anything that it may not call is not there.
async function run(event) {
  const calls = [];
  const api = {
    access: { deny: (reason) => calls.push(["deny", reason]) },
    user: { setAppMetadata: (key, value) => calls.push(["setAppMetadata", key, value]) },
  };
  await onExecutePostLogin(freeze(event), api);
  return calls;
}

function freeze(value) {
  if (value !== null && typeof value === "object") Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

const eventOf = ({ user, strategy }, transaction = { protocol: "oidc-basic-profile" }) => ({
  user: structuredClone(user),
  connection: { id: "con_1", name: "Username-Password-Authentication", strategy },
  client: { client_id: "app", name: "App" },
  transaction,
});
const caseOf = (outcome) => cases.find((one) => one.outcome === outcome);

for (const one of cases) {
  test(`${one.name}: ${one.outcome}`, async () => {
    const calls = await run(eventOf(one));
    if (one.outcome === "nothing") {
      assert.deepEqual(calls, []);
    } else if (one.outcome === "deny") {
      assert.equal(calls.length, 1);
      assert.equal(calls[0][0], "deny");
    } else {
      // The whole object, because metadata merges at the first level only.
      const marker = { ...one.user.app_metadata.countersign, must_change: false };
      assert.deepEqual(calls, [["setAppMetadata", "countersign", marker]]);
    }
  });
}

test("the refusal says what to do, and nothing about the account", async () => {
  const [[, reason]] = await run(eventOf(caseOf("deny")));
  assert.match(reason, /Forgot password\?/);
  assert.doesNotMatch(reason, /ada|rq-1|2026/);
});

for (const protocol of ["oauth2-refresh-token", "oauth2-password", "oauth2-device-code", "samlp", undefined]) {
  test(`refused in the flow ${protocol} too: a redirect is never tried`, async () => {
    const transaction = protocol && { protocol, prompt: ["none"] };
    const calls = await run(eventOf(caseOf("deny"), transaction));
    assert.deepEqual(calls.map(([name]) => name), ["deny"]);
  });
}

test("times that arrive as objects mean the same", async () => {
  for (const outcome of ["deny", "clear"]) {
    const event = eventOf(caseOf(outcome));
    event.user.last_password_reset = new Date(event.user.last_password_reset);
    const calls = await run(event);
    assert.equal(calls[0][0], outcome === "deny" ? "deny" : "setAppMetadata");
  }
});

test("an event without a connection, or a user without metadata, goes on", async () => {
  const event = eventOf(caseOf("deny"));
  delete event.connection;
  assert.deepEqual(await run(event), []);
  assert.deepEqual(await run(eventOf({ strategy: "auth0", user: { user_id: "auth0|1" } })), []);
});
